"""Citations come back as they went out, and carry nothing into a spreadsheet or a page."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from bookwheel.content.citations import Cited, to_bibtex, to_csl, to_csv, to_markdown, to_ris
from bookwheel.content.references.read import read_references
from hostile import HOSTILE

PAPER = Cited(
    title="Attention $\\alpha$ Is All",
    authors=(("Vaswani", "Ashish", ""), ("Erdős", "Pál", "Jr"), ("ATLAS Collaboration", "", "")),
    arxiv_id="1706.03762",
    first_date=date(2017, 6, 12),
    dated=True,
    doi="10.1000/abc",
    journal_ref="Annals 7",
    abstract="We propose.",
    tags=("nlp", "to cite"),
)
PRIVATE = Cited(title="Ours alone", authors=(("Curie", "Marie", ""),), first_date=date(1903, 1, 1))


@pytest.mark.parametrize("write", [to_bibtex, to_ris, to_csl])
def test_what_goes_out_comes_in_again(write: object) -> None:
    found = read_references(write([PAPER, PRIVATE]))  # type: ignore[operator]
    first, second = found.entries
    assert (found.problems, first.arxiv_id, first.doi) == ((), "1706.03762", "10.1000/abc")
    assert first.title == "Attention α Is All" and first.year == 2017
    assert [name[0] for name in first.authors] == ["Vaswani", "Erdős", "ATLAS Collaboration"]
    assert (second.title, second.year, second.arxiv_id) == ("Ours alone", 1903, "")


def test_markdown() -> None:
    assert to_markdown([PAPER, Cited("a [b](javascript:x) <i>", ())]) == (
        "- [Attention α Is All](https://arxiv.org/abs/1706.03762) · Ashish Vaswani, Pál Erdős, "
        "ATLAS Collaboration (2017) `nlp` `to cite`\n"
        "- a \\[b\\]\\(javascript:x\\) \\<i\\> · \n"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\u200b=", "|", "%"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = f'{start}HYPERLINK("http://evil.example","x")'
    paper = Cited(title=text, authors=((text, "", ""),), tags=(text,), note=text, journal_ref=text)
    rows = list(csv.reader(io.StringIO(to_csv([paper]))))
    assert len(rows) == 2
    assert not [
        cell for cell in rows[1] if cell.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_in_their_place(text: str) -> None:
    name = text if text.strip() else "Nobody"
    paper = Cited(title=f"T {text}", authors=((name, "", ""),), arxiv_id="1706.03762", note=text)
    ris = to_ris([paper, PRIVATE])
    assert ris.count("TY  - ") == ris.count("\r\nER  - ") == 2
    assert len(json.loads(to_csl([paper]))) == 1
    assert len(list(csv.reader(io.StringIO(to_csv([paper]))))) == 2
    assert "<script" not in to_markdown([paper]).replace("\\<", "")
