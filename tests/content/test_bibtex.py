"""BibTeX entries: exact for a paper, and closed for a hostile one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.content.bibtex import bibliography, bibtex, entry_key
from hostile import HOSTILE


@dataclass(frozen=True)
class Cited:
    """A paper with what an entry needs."""

    arxiv_id: str = "1706.03762"
    title: str = "Attention Is All You Need"
    authors: list[list[str]] = field(default_factory=lambda: [["Vaswani", "Ashish", ""]])
    categories: str = "cs.CL cs.LG"
    first_date: date = date(2017, 6, 12)
    doi: str = ""
    journal_ref: str = ""


ORDER = "title author year eprint archivePrefix primaryClass doi note url"


def value(entry: str, name: str) -> str:
    found = re.search(rf"^  {name} += {{(.*)}},$", entry, re.MULTILINE)
    return found[1] if found else ""


def test_an_entry() -> None:
    paper = Cited(
        authors=[
            ["Vaswani", "Ashish", ""],
            ["van den Oord", "A.", "Jr"],
            ["ATLAS Collaboration", "", ""],
        ],
        doi="doi:10.1000/a_b",
        journal_ref="Phys. Rev. D 77 (2008) 100 & more",
    )
    assert bibtex(paper) == (
        r"""@misc{vaswani2017attention,
  title         = {Attention Is All You Need},
  author        = {Vaswani, Ashish and van den Oord, Jr, A. and {ATLAS Collaboration}},
  year          = {2017},
  eprint        = {1706.03762},
  archivePrefix = {arXiv},
  primaryClass  = {cs.CL},
  doi           = {10.1000/a_b},
  note          = {Phys. Rev. D 77 (2008) 100 \& more},
  url           = {https://arxiv.org/abs/1706.03762},
}"""
    )


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("On BERT, GPT-4 and a U-Net", "On {BERT}, {GPT}-4 and a {U}-Net"),
        (r"Erd\H{o}s at 5\% of $\mathcal{O}(n^2)$", r"Erdős at 5\% of $\mathcal{O}(n^2)$"),
        (
            r"{\em E. coli}, C_2 and {a, b}",
            r"\emph{{E}. coli}, C\_2 and \textbraceleft{}a, b\textbraceright{}",
        ),
        (
            r"$\input{x}$ \input{x}",
            r"inputx \textbackslash{}input\textbraceleft{}x\textbraceright{}",
        ),
        (r"$^^5cinput$ and $a\%b$ and $a%b$", r"\textasciicircum{}⁵cinput and $a\%b$ and a\%b"),
        ("a } b { c", r"a \textbraceright{} b \textbraceleft{} c"),
        ("R&D #1 ~5 x^2 a~b", r"{R}\&{D} \#1 \textasciitilde{}5 x\textasciicircum{}2 a~b"),
    ],
)
def test_titles(title: str, tex: str) -> None:
    assert value(bibtex(Cited(title=title)), "title") == tex


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (Cited(), "vaswani2017attention"),
        (
            Cited(authors=[[r"Erd\H{o}s", "Paul", ""]], title="On the $n$-body problem"),
            "erdos2017n",
        ),
        (Cited(authors=[["van den Oord", "A.", ""]]), "vandenoord2017attention"),
        (Cited(authors=[], title="Of the"), "arxiv170603762"),
        (Cited(authors=[["王", "伟", ""]], title="图"), "arxiv170603762"),
        (Cited(authors=[["王", "伟", ""]]), "2017attention"),
    ],
)
def test_keys(paper: Cited, key: str) -> None:
    assert entry_key(paper) == key


def test_equal_keys_are_told_apart() -> None:
    text = bibliography([Cited()] * 29)
    keys = re.findall(r"^@misc{(.*),$", text, re.MULTILINE)
    assert keys[:3] == [f"vaswani2017attention{end}" for end in ("", "a", "b")]
    assert len(set(keys)) == 29


def test_a_name_that_would_be_two_is_kept_together() -> None:
    entry = bibtex(Cited(authors=[["Smith and Jones", "", ""], ["Doe, J.", "X", ""], ["", "", ""]]))
    assert value(entry, "author") == "{Smith and Jones} and {Doe, J.}, X"


def check(text: str) -> None:
    entry = bibtex(Cited(text, text, [[text, text, text]], text, date(2017, 6, 12), text, text))
    depth = 0
    for place, brace in ((m.start(), m[0]) for m in re.finditer("[{}]", entry)):
        depth += 1 if brace == "{" else -1
        assert depth > 0 or place == len(entry) - 1
    assert depth == 0
    names = [line.split(" = ")[0].strip() for line in entry.splitlines()[1:-1]]
    assert names == [name for name in ORDER.split() if name in names]
    assert not re.search(r"\\(input|write|def|csname|include|href|url|catcode)", entry)
    assert not re.search(r"(?<!\\)%", entry)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_cannot_leave_its_field(text: str) -> None:
    check(text)
    check(f"${text}$")


@given(
    st.text()
    | st.text(r"\{}$%^&#_~@,=\"ainput5 ")
    | st.lists(st.sampled_from(HOSTILE)).map("".join)
)
def test_any_text_cannot_leave_its_field(text: str) -> None:
    check(text)
