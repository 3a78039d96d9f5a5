"""Counters that a paper makes for itself are counted, printed and referred to."""

from __future__ import annotations

from contextlib import suppress

import pytest

from bookwheel.content.fulltext.tex import read_tex
from bookwheel.content.fulltext.tex_counters import roman
from bookwheel.core.document import Block, Kind
from bookwheel.errors import FullTextError


def blocks(preamble: str, body: str) -> list[Block]:
    source = f"\\documentclass{{article}}{preamble}\\begin{{document}}{body}\\end{{document}}"
    return [block for _, block in read_tex(source.encode()).blocks()]


def test_theorems_of_an_own_counter_have_numbers_and_are_referred_to() -> None:
    preamble = (
        r"\newcounter{Own}[section]\renewcommand{\theOwn}{\thesection.\arabic{Own}}"
        r"\newenvironment{Claims}{\refstepcounter{Own}{\bf(\theOwn)} }{\par}"
    )
    body = (
        r"\section{A}\begin{Claims}One.\end{Claims}\begin{Claims}\label{two}Two.\end{Claims}"
        r"\section{B}\begin{Claims}As \ref{two} says.\end{Claims}"
    )
    assert [block.text for block in blocks(preamble, body)] == [
        "(1.1) One.",
        "(1.2) Two.",
        "(2.1) As 1.2 says.",
    ]


def test_a_list_has_the_labels_that_it_asks_for() -> None:
    body = (
        r"\newcounter{n}\begin{list}{(\roman{n})}{\usecounter{n}\setlength{\itemsep}{0pt}}"
        r"\item First\item[*] Star\item Second\end{list}"
    )
    assert [(block.kind, block.label, block.text) for block in blocks("", body)] == [
        (Kind.ITEM, "(i)", "First"),
        (Kind.ITEM, "*", "Star"),
        (Kind.ITEM, "(ii)", "Second"),
    ]


def test_counters_are_set_and_of_unknown_ones_nothing_is_printed() -> None:
    body = (
        r"\newcounter{k}\setcounter{k}{3}\addtocounter{k}{-1}\stepcounter{k}\stepcounter{page}"
        r"\setcounter{k2}{5}\addtocounter{k}{\value{x}}Now \Alph{k}, \alph{k}, \thek\arabic{page}."
    )
    assert [block.text for block in blocks("", body)] == ["Now C, c, 3."]


def test_programming_is_not_text() -> None:
    body = r"Before. \ExplSyntaxOn \keys_set:nn { stm / mktitle } { nologo } \ExplSyntaxOff After."
    assert [block.text for block in blocks("", body)] == ["Before. After."]
    (block,) = blocks("", r"Before. \ExplSyntaxOn never ends.")
    assert block.text == "Before. never ends."


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "i"), (4, "iv"), (19, "xix"), (49, "xlix"), (0, "0"), (400, "400")]
)
def test_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral


@pytest.mark.parametrize(
    "body",
    [
        r"\renewcommand{\thec}{\refstepcounter{c}\thec}\thec",
        r"\def\a{\stepcounter{c}\thec\a}\a",
        r"\begin{list}{\begin{list}{\item}{}\item\end{list}}{}\item x\end{list}",
    ],
)
def test_counters_without_end_end(body: str) -> None:
    with suppress(FullTextError):
        assert blocks(r"\newcounter{c}", f"Words. {body}")[0].text.startswith("Words.")
