from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bookwheel.cli import main
from bookwheel.models import Paper
from bookwheel.queries import found


def search(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["search", *arguments])


def test_hits_are_printed_one_a_line(library: list[Paper]) -> None:
    shown = search("speech recognition", "-k", "3")
    assert shown.exit_code == 0
    expected = found.search("speech recognition", k=3)
    assert shown.stdout.splitlines() == [
        f"{hit.score:7.2f}  {hit.paper.arxiv_id:<16} {hit.paper.title}" for hit in expected
    ]


def test_json_has_exactly_this_shape(library: list[Paper]) -> None:
    shown = search("speech recognition", "--json")
    given = json.loads(shown.stdout)
    assert list(given) == ["hits"]
    assert len(given["hits"]) == 10
    titles = {paper.arxiv_id: paper.title for paper in library}
    for hit in given["hits"]:
        assert list(hit) == ["id", "title", "score", "parts"]
        assert hit["title"] == titles[hit["id"]]
        assert set(hit["parts"]) == {"lexical", "vector"}
        assert sum(hit["parts"].values()) == pytest.approx(hit["score"], abs=1e-4)
    scores = [hit["score"] for hit in given["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_by_date_and_by_identifier(library: list[Paper]) -> None:
    newest = json.loads(search("cat:cs.CV", "--sort", "date", "--json", "-k", "1").stdout)
    expected = [paper for paper in library if "cs.CV" in paper.categories.split()][-1]
    assert newest == {
        "hits": [{"id": expected.arxiv_id, "title": expected.title, "score": 0.0, "parts": {}}]
    }
    by_id = json.loads(search(f"arxiv.org/pdf/{library[3].arxiv_id}", "--json").stdout)
    assert [hit["id"] for hit in by_id["hits"]] == [library[3].arxiv_id]


def test_days_back_are_understood(
    library: list[Paper], time_machine: object, configure: Callable[..., None]
) -> None:
    time_machine.move_to(date(2026, 6, 1))  # type: ignore[attr-defined]
    given = json.loads(search("date:1d", "--json", "-k", "1000").stdout)
    days = {paper.arxiv_id: f"{paper.announced}" for paper in library}
    assert {days[hit["id"]] for hit in given["hits"]} == {"2026-06-01"}


def test_nothing_found_is_no_error(library: list[Paper]) -> None:
    shown = search("qqqqqq")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "Nothing found.\n")
    assert json.loads(search("qqqqqq", "--json").stdout) == {"hits": []}


def test_a_search_that_makes_no_sense_shows_the_place(library: list[Paper]) -> None:
    shown = search('graph "neural')
    assert shown.exit_code == 1
    message, text, mark = shown.stderr.splitlines()
    assert message.startswith("Error: ")
    assert text[mark.index("^")] == '"'


@pytest.mark.parametrize("count", ["0", "-3", "1001", "many"])
def test_a_number_of_hits_that_is_none_is_refused(library: list[Paper], count: str) -> None:
    assert search("graph", "-k", count).exit_code == 2


def test_without_an_index_it_says_what_to_do(
    db: None, tmp_path: Path, configure: Callable[..., None]
) -> None:
    configure(data=tmp_path)
    shown = search("graph")
    assert (shown.exit_code, shown.stderr) == (
        1, "Error: There is no index yet. `bookwheel index` builds it.\n",
    )  # fmt: skip
