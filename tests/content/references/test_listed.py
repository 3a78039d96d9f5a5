"""Printed lists and `.bbl` files: where entries begin and end, and what stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.content.references.listed import read_bibliography

BBL = r"""\begin{thebibliography}{10}
\bibitem[Vaswani et~al.(2017)]{vaswani}
Ashish Vaswani, Noam Shazeer, et~al.
\newblock {A}ttention is all you need.
\newblock \emph{arXiv preprint arXiv:1706.03762}, 2017.

\bibitem{he}
K.~He. \newblock Deep residual learning, pages 1770--1778, 2016.
\end{thebibliography}
Not a reference: 1998."""


def test_a_bbl() -> None:
    read = read_bibliography(BBL)
    assert read.form == "bbl"
    told = [(one.key, one.arxiv_id, one.year, one.line) for one in read.entries]
    assert told == [("vaswani", "1706.03762", 2017, 2), ("he", "", 2016, 7)]
    assert "Attention is all you need." in read.entries[0].source
    assert read.entries[1].source.endswith("2016.")


@pytest.mark.parametrize(
    "text",
    [
        "[1] A. One. First title. 2001.\n[2] B. Two. Second\n title. 2002.",
        "1. A. One. First title. 2001.\n2. B. Two. Second\n title. 2002.",
        "A. One. First title. 2001.\n\nB. Two. Second\n title. 2002.",
        "A. One. First title. 2001.\nB. Two. Second title. 2002.",
    ],
)
def test_a_printed_list(text: str) -> None:
    read = read_bibliography(text)
    told = [(one.source, one.year) for one in read.entries]
    assert told == [("A. One. First title. 2001.", 2001), ("B. Two. Second title. 2002.", 2002)]


def test_other_formats_go_to_their_readers() -> None:
    assert read_bibliography("@misc{a, title={B}}").form == "bibtex"
    assert read_bibliography('[{"title": "B", "type": "book"}]').form == "csl"


@given(st.text(alphabet=st.sampled_from("\\bibitem{}[]1. \n\r\tA@%$é\0"), max_size=200))
def test_any_text_is_read(text: str) -> None:
    read = read_bibliography(text)
    assert all(one.line >= 1 for one in read.entries)
