from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import orjson
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

import dumps
from bookwheel.arxiv import snapshot
from bookwheel.arxiv.lines import Problem
from bookwheel.arxiv.sample import sample_path
from bookwheel.bench import calendar, resample
from bookwheel.core.papers import ArxivId, Paper
from bookwheel.errors import InputError

HELD = 40


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A small part of the sample."""
    with sample_path().open("rb") as file:
        text = zstandard.ZstdDecompressor().stream_reader(file).read()
    return dumps.write(tmp_path / "real.jsonl.zst", text.split(b"\n")[: HELD * 400 : 400])


def written(path: Path) -> list[Paper]:
    text = zstandard.ZstdDecompressor().stream_reader(path.open("rb")).read()
    found = list(snapshot.papers(io.BufferedReader(io.BytesIO(text))))
    assert not [one for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, Paper)]


def test_as_many_as_there_are_or_fewer_are_real_ones_drawn_evenly(
    dump: Path, tmp_path: Path
) -> None:
    real = [paper.arxiv_id for paper in written(dump)]
    for wanted in (1, 7, HELD):
        resample.write_dump(tmp_path / "drawn.zst", [dump], wanted)
        drawn = [paper.arxiv_id for paper in written(tmp_path / "drawn.zst")]
        assert len(drawn) == wanted
        places = [real.index(one) for one in drawn]
        gaps = {after - before for before, after in zip(places, places[1:], strict=False)}
        assert gaps <= {HELD // wanted, HELD // wanted + 1}


def test_more_than_there_are_come_over_all_of_arxivs_years(dump: Path, tmp_path: Path) -> None:
    resample.write_dump(tmp_path / "made.zst", [dump], 2000)
    made = written(tmp_path / "made.zst")
    assert len({paper.arxiv_id for paper in made}) == len(made) == 2000
    days = [paper.first_date for paper in made]
    assert days == sorted(days)
    assert days[0].year < 1994
    assert days[-1].year == 2026
    years = Counter(day.year for day in days)
    assert years[2024] > 3 * years[2004] > 6 * years[1994]
    for paper in made:
        key = ArxivId.parse(paper.arxiv_id).sort_key
        assert key[:2] == (paper.first_date.year, paper.first_date.month)
        assert [version.number for version in paper.versions] == [
            *range(1, len(paper.versions) + 1)
        ]


def test_what_is_made_reads_like_what_it_was_made_of(dump: Path, tmp_path: Path) -> None:
    resample.write_dump(tmp_path / "made.zst", [dump], 1000)
    real, made = written(dump), written(tmp_path / "made.zst")
    assert {paper.categories for paper in made} == {paper.categories for paper in real}
    assert {name.family for paper in made for name in paper.authors} == {
        name.family for paper in real for name in paper.authors
    }
    known = {word for paper in real for word in paper.abstract.split()}
    used = [word for paper in made for word in paper.abstract.split()]
    assert sum(word in known for word in used) > 0.98 * len(used)
    assert len({paper.abstract for paper in made}) == len(made)
    assert len(set(used) - known) > 100  # new words turn up, as they do at arXiv


def test_the_same_papers_are_made_each_time(dump: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    for name in ("one.zst", "two.zst"):
        resample.write_dump(tmp_path / name, [dump], 1500, lambda *progress: told.append(progress))
    assert (tmp_path / "one.zst").read_bytes() == (tmp_path / "two.zst").read_bytes()
    assert told[-1] == ("making papers", 1500, 1500)


def test_files_without_papers_are_refused(tmp_path: Path) -> None:
    empty = dumps.write(tmp_path / "empty.jsonl", [])
    with pytest.raises(InputError, match="There are no papers"):
        resample.write_dump(tmp_path / "made.zst", [empty], 10)
    poor = dumps.write(tmp_path / "poor.jsonl", [b"[]", b"no json", orjson.dumps({"title": "x"})])
    with pytest.raises(InputError, match="No paper in these files"):
        resample.write_dump(tmp_path / "made.zst", [poor], 10)


@given(st.integers(0, calendar.MOST))
def test_the_months_have_all_papers_and_room_for_them(papers: int) -> None:
    months = list(calendar.months(papers))
    assert sum(month.papers for month in months) == papers
    assert all(month.papers <= month.room for month in months)
    with pytest.raises(ValueError, match="identifiers suffice"):
        list(calendar.months(calendar.MOST + 1))


@pytest.mark.parametrize(("year", "month"), [(1991, 8), (2007, 3), (2007, 4), (2014, 12)])
def test_a_full_month_gives_each_identifier_once(year: int, month: int) -> None:
    full = calendar.Month(year, month, 0)
    giving = full.identifiers()
    given_out = [giving.next("hep-th") for _ in range(full.room)]
    assert len(set(given_out)) == full.room
    assert all(ArxivId.parse(one).base == one for one in given_out[:: full.room // 50])
