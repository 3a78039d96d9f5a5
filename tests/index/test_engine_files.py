"""Engines over few, odd or damaged files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bookwheel.errors import IndexDamagedError, IndexMissingError
from bookwheel.index import manifest
from bookwheel.index.engine import Engine
from bookwheel.index.manifest import Manifest
from bookwheel.index.query import Filters, Query
from bookwheel.index.syntax import parse
from library import forget_encoders, opened, other_encoder, records, write_index

SEARCHES = ("", "learning", '"neural network"', "-learning", "cat:cs", "au:li", "zzzz", "ti:a OR b")


def paper(number: int, **fields: object) -> dict[str, Any]:
    values = {
        "id": number,
        "changed": number,
        "arxiv_id": f"2501.{number:05}",
        "title": "Learning with a neural network",
        "abstract": "We learn.",
        "authors": [["Li", "Wei", ""]],
        "categories": "cs.LG",
        "versions": [[1, "2025-01-01T00:00:00+00:00"]],
        "first_date": date(2025, 1, 1),
        "announced": None,
    }
    return values | fields


def answers(engine: Engine) -> dict[str, int]:
    """How many papers each kind of question finds; every score must be a number."""
    taste = engine.taste(engine.columns.papers[:1].tolist(), engine.columns.papers[1:2].tolist())
    asked = {"newest": Query(), "random": Query(sort="random"), "taste": Query(taste=taste)}
    asked |= {f"search {text}": Query(search=parse(text)) for text in SEARCHES}
    asked |= {f"date {text}": Query(search=parse(text), sort="date") for text in SEARCHES}
    asked |= {f"by taste {text}": Query(search=parse(text), taste=taste) for text in SEARCHES}
    asked["filtered"] = Query(filters=Filters(1, 2, ("cs",), np.array([1]), np.array([2])))
    found = {}
    for name, query in asked.items():
        hits = engine.search(query)
        assert np.isfinite(hits.scores).all()
        assert np.isfinite(taste.probability(hits.scores)).all()
        assert np.abs(hits.scores).max(initial=0) < 1e5
        found[name] = hits.total
    return found


def test_no_papers_answer_nothing(tmp_path: Path) -> None:
    engine = opened(tmp_path, [])
    assert set(answers(engine).values()) == {0}
    assert engine.missing_words() == 0


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_papers_answer_without_a_warning(tmp_path: Path, count: int) -> None:
    found = answers(opened(tmp_path, records()[:count]))
    assert found["newest"] == found["random"] == found["taste"] == found["search "] == count
    assert found["search zzzz"] == 0


def test_the_same_paper_over_and_over(tmp_path: Path) -> None:
    found = answers(opened(tmp_path, [paper(number) for number in range(1, 6)]))
    assert found["search learning"] == found["search -learning"] + 5 == 5


def test_papers_without_abstract_words_or_authors(tmp_path: Path) -> None:
    odd = [
        paper(1),
        paper(2, abstract="", authors=[]),
        paper(3, title="", abstract="", authors=[], categories=""),
        paper(4, title="中文 $$ \\\\ 🦉", abstract="\x00 \u200b", categories="no.such"),
        paper(5, title="A" * 100_000, abstract="learning " * 20_000),
        paper(6, authors=[["", "", ""], ["Collaboration", "", ""]]),
    ]
    engine = opened(tmp_path, odd)
    assert answers(engine)["newest"] == 6
    for number in range(1, 7):
        hits = engine.search(Query(taste=engine.taste([number])))
        assert np.isfinite(hits.scores).all()
    found = engine.search(Query(search=parse("au:collaboration")))
    assert found.papers.tolist() == [6]


def test_a_collaboration_of_thousands(tmp_path: Path) -> None:
    many = [[f"Name{at}", "A.", ""] for at in range(3000)]
    few = [
        paper(10 + at, authors=many[at : at + 2], title=f"On {word}", abstract=f"{word} {word}")
        for at, word in enumerate(("galaxies", "graphs", "proteins", "laws"))
    ]
    twin = paper(2, authors=many, title="Muons again")
    engine = opened(tmp_path, [paper(1, authors=many, title="The muon"), twin, *few])
    hits = engine.search(Query(taste=engine.taste([1]), filters=Filters(without=np.array([1]))))
    assert hits.papers[0] == 2
    assert hits.parts["authors"][0] > 10 * hits.parts["authors"][1:].max() > 0
    assert engine.search(Query(search=parse("au:name2999"))).total == 2


# Files


def test_nothing_is_missing_and_something_lost_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        Engine.open(tmp_path)
    write_index(tmp_path / "whole", records()[:5], other_encoder())
    found = manifest.load(tmp_path / "whole")
    for name in (*found.names() - {manifest.NAME},):
        shutil.copytree(tmp_path / "whole", tmp_path / name)
        forget_encoders()
        lost = tmp_path / name / name
        shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
        with pytest.raises(IndexDamagedError, match="--rebuild"):
            Engine.open(tmp_path / name)


@pytest.mark.parametrize("change", [{"segments": ()}, {"rows": 9}])
def test_files_that_do_not_fit_together_are_damage(
    tmp_path: Path, change: dict[str, object]
) -> None:
    write_index(tmp_path, records()[:5])
    manifest.swap(tmp_path, replace(manifest.load(tmp_path), **change))  # type: ignore[arg-type]
    with pytest.raises(IndexDamagedError, match="disagree"):
        Engine.open(tmp_path)


def test_a_swap_while_opening_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_index(tmp_path, records()[:5])
    before = manifest.load(tmp_path)
    write_index(tmp_path, records()[5:9])
    load: Callable[[Path], Manifest] = manifest.load
    told = iter([before])
    monkeypatch.setattr(manifest, "load", lambda folder: next(told, None) or load(folder))
    assert Engine.open(tmp_path).rows == 9
