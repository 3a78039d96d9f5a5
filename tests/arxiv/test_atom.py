"""Answers of arXiv's search: recorded ones, and damage."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bookwheel.arxiv import atom
from bookwheel.errors import AbsentError, SourceError

RECORDED = Path(__file__).parents[3] / "shared" / "data" / "arxiv-responses" / "atom-api"
recorded = pytest.mark.skipif(not RECORDED.exists(), reason="recorded answers are not here")


def body(start: str) -> bytes:
    [path] = RECORDED.glob(f"{start}*.json")
    return json.loads(path.read_bytes())["body"].encode()


@recorded
def test_one_paper():
    entry = atom.read_one(body("id_1605.08386"))
    paper = entry.paper
    assert paper.arxiv_id == "1605.08386"
    assert paper.versions[0].number == 1
    assert paper.first_date <= paper.last_date
    assert paper.title == "Heat-bath random walks with Markov bases"
    assert [author.family for author in paper.authors] == ["Stanley", "Windisch"]
    assert paper.categories[0] == "math.CO"


@recorded
def test_old_identifiers():
    entry = atom.read_one(body("id_quant-ph_0201082v1"))
    assert (entry.paper.arxiv_id, entry.version) == ("quant-ph/0201082", 1)
    assert entry.paper.first_date == date(2002, 1, 18)


@recorded
def test_pages_of_results():
    whole = atom.read(body("q_testing_s0_m100"))
    parts = [atom.read(body(f"q_testing_s{at}_m10_")) for at in (0, 10, 20, 30, 40, 50)]
    assert len(whole) == 100
    assert [len(part) for part in parts] == [10] * 6
    assert [one.paper.arxiv_id for one in parts[0]] == [one.paper.arxiv_id for one in whole[:10]]
    assert all(one.paper.first_date <= one.paper.last_date for one in whole)


@recorded
def test_no_such_paper():
    for start in ("id_0000.0000", "id_abc", "id_0808.05394_s0"):
        with pytest.raises(AbsentError):
            atom.read_one(body(start))


@pytest.mark.parametrize("text", [b"", b"<html/>", b"<feed><entry><id>x</id></entry></feed>"])
def test_damage(text):
    with pytest.raises(SourceError):
        atom.read_one(text)
