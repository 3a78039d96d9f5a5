"""The library as a notebook sees it: one process of its own, asked once, looked at often."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from library import fill, records, write_index
from processes import run

pytestmark = pytest.mark.slow

SCRIPT = """
import asyncio, json, sys
import bookwheel

folder, other, liked, hidden = sys.argv[1:]


def refused(ask):
    try:
        ask()
    except bookwheel.BookwheelError as error:
        return [type(error).__name__, str(error)]


def hits(found):
    return [[one.paper.arxiv_id, one.score, one.parts] for one in found]


async def cells():  # a notebook runs its cells in an event loop
    w = bookwheel.open(folder)
    vectors = w.encode(["graph neural networks", "of the"])
    return {
        "shown": repr(w),
        "papers": len(w),
        "paper": w.paper(f"https://arxiv.org/abs/{liked}v3").title,
        "search": hits(w.search("speech recognition", k=5)),
        "by date": hits(w.search("language", sort="date")),
        "by id": hits(w.search(liked)),
        "ranked": hits(w.rank(likes=[liked, liked + "v1"], hides=[hidden], k=400)),
        "similar": hits(w.similar(liked, k=3)),
        "vectors": [list(vectors.shape), float(vectors[0] @ vectors[0]), bool(vectors[1].any())],
        "bad search": refused(lambda: w.search('"speech')),
        "bad identifier": refused(lambda: w.paper("speech")),
        "unknown paper": refused(lambda: w.rank(likes=[liked, "2512.99999"])),
        "again": repr(bookwheel.open(folder)),
        "other folder": refused(lambda: bookwheel.open(other)),
        "after that": [len(w), len(w.search("speech"))],
        "without path": str(bookwheel.open().path),
    }


print(json.dumps(asyncio.run(cells())))
"""
LIKED = next(each for each in records() if "speech" in each["title"].lower())
HIDDEN = next(each for each in records() if "image" in each["title"].lower())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all papers in its database and its index."""
    made = tmp_path_factory.mktemp("notebook") / "data"
    assert run(made, "status").returncode == 0
    fill(made, records())
    write_index(made / "index", records())
    return made


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    """What the cells gave."""
    arguments = [folder, folder.parent / "other", LIKED["arxiv_id"], HIDDEN["arxiv_id"]]
    command = [sys.executable, "-W", "error", "-c", SCRIPT, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_folder_is_opened_and_shows_itself(told: dict[str, Any], folder: Path) -> None:
    assert told["shown"] == told["again"] == f"<bookwheel.Wheel {folder}: {len(records())} papers>"
    assert told["papers"] == len(records())
    assert told["without path"] == str(folder)


def test_a_paper_is_found_by_its_identifier(told: dict[str, Any]) -> None:
    assert told["paper"] == LIKED["title"]
    assert told["by id"] == [[LIKED["arxiv_id"], 0, {}]]


def test_hits_have_scores_that_their_parts_sum_to(told: dict[str, Any]) -> None:
    assert len(told["search"]) == 5
    for _, score, parts in told["search"] + told["ranked"]:
        assert sum(parts.values()) == pytest.approx(score, abs=1e-4)
    assert set(told["search"][0][2]) == {"lexical", "vector"}
    assert set(told["ranked"][0][2]) == {"terms", "authors", "categories", "years", "vector"}


def test_by_date_the_newest_comes_first(told: dict[str, Any]) -> None:
    days = {each["arxiv_id"]: each["announced"] for each in records()}
    found = [days[identifier] for identifier, *_ in told["by date"]]
    assert found == sorted(found, reverse=True)


def test_ranking_leaves_out_what_it_learned_from(told: dict[str, Any]) -> None:
    ranked = [identifier for identifier, *_ in told["ranked"]]
    known = {each["arxiv_id"] for each in records()}
    assert set(ranked) == known - {LIKED["arxiv_id"], HIDDEN["arxiv_id"]}
    assert len(ranked) == len(set(ranked))
    assert len(told["similar"]) == 3
    assert LIKED["arxiv_id"] not in [identifier for identifier, *_ in told["similar"]]


def test_texts_become_vectors_of_length_one(told: dict[str, Any]) -> None:
    shape, length, known = told["vectors"]
    assert (shape, known) == ([2, 1024], False)
    assert length == pytest.approx(1, abs=1e-5)


def test_errors_are_of_the_tree_and_say_what_to_do(told: dict[str, Any]) -> None:
    assert told["bad search"][0] == "QueryError"
    assert told["bad identifier"][0] == "IdentifierError"
    assert told["unknown paper"] == [
        "NotFoundError", "Not held here: 2512.99999. `bookwheel import` adds papers.",
    ]  # fmt: skip


def test_another_folder_is_refused_and_nothing_changes(told: dict[str, Any], folder: Path) -> None:
    kind, message = told["other folder"]
    assert kind == "DataFolderError"
    assert message.startswith(f"This process already reads {folder}.")
    assert told["after that"] == [len(records()), 10]
    assert not (folder.parent / "other").exists()
