"""Formulas in the lines of a PDF, and what a text points to."""

from __future__ import annotations

import pytest

from bookwheel.content.fulltext.pdf_cites import pointers
from bookwheel.content.fulltext.pdf_fonts import font
from bookwheel.content.fulltext.pdf_glyphs import Run
from bookwheel.content.fulltext.pdf_lines import Line, lines_of
from bookwheel.content.fulltext.pdf_math import marked
from bookwheel.core.document import Mark, Reference

_TIMES, _ITALIC, _SIGNS, _ROMAN = "NimbusRomNo9L-Regu", "CMMI10", "CMSY10", "CMR10"


def _line(*runs: tuple[str, str, int]) -> Line:
    """Runs of text, font and level, one after the other; "_" is a space."""
    made, left = [], 100.0
    for text, name, level in runs:
        size = 7.0 if level else 10.0
        left += 3.0 * text.startswith("_")
        shown = text.strip("_")
        lefts = [left + 0.5 * size * place for place in range(len(shown))]
        rights = [place + 0.5 * size for place in lefts]
        base = 300.0 - (4.0 if level > 0 else -1.5 if level < 0 else 0)
        made.append(Run(shown, lefts, rights, base, size, font(name)))
        left = rights[-1] + 3.0 * text.endswith("_")
    (line,) = lines_of(made, 0)
    return line


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([("the states", _TIMES, 0), ("_h", _ITALIC, 0), ("t", _ITALIC, -1), ("_of it", _TIMES, 0)],
         "the states $h_{t}$ of it"),
        ([("stacks of", _TIMES, 0), ("_N_", _ITALIC, 0), ("= 6", _ROMAN, 0), ("_folds", _TIMES, 0)],
         "stacks of $N= 6$ folds"),
        ([("is", _TIMES, 0), ("_Norm(", _ROMAN, 0), ("x", _ITALIC, 0), (")", _ROMAN, 0),
          (", where it", _TIMES, 0)],
         r"is $\mathrm{Norm}(x)$, where it"),
        ([("a class", _ROMAN, 0), ("_x_", _ITALIC, 0), ("∈", _SIGNS, 0), ("_H", _ITALIC, 0),
          (". Then", _ROMAN, 0)],
         "a class $x∈H$. Then"),
        ([("only words here", _TIMES, 0)], "only words here"),
    ],
)  # fmt: skip
def test_formulas_stand_between_dollar_signs(runs: list[tuple[str, str, int]], text: str) -> None:
    found = marked(_line(*runs))
    assert found.text == text
    assert len(found.places) == len(text)
    assert [found.text[start : end : end - start - 1] for start, end in found.formulas] == (
        ["$$"] if "$" in text else []
    )


def test_accents_join_their_letters() -> None:
    line = _line(("Poincar", _ROMAN, 0), ("´", _ROMAN, 0))
    last = line.parts[-1].run
    letter = Run("e", list(last.lefts), list(last.rights), last.base, last.size, last.font)
    runs = [line.parts[0].run, last, letter]
    assert [one.text for one in lines_of(runs, 0)] == ["Poincaré"]


def test_a_text_points_to_references_and_parts() -> None:
    references = [
        Reference("b1", "G. Hinton and R. Salakhutdinov. Reducing the dimension. 2006."),
        Reference("b2", "Kushilevitz and Nisan, 1997.", label="[KN97]"),
    ]
    text = "Hinton et al. (2006) and [KN97, Theorem 3] in Figures 2 and 3, not [0, 1) or $x$."
    found = [
        (text[span.start : span.end], span.mark, span.target)
        for span in pointers(text, references, [(text.index("$"), text.index("$") + 3)])
    ]
    assert found == [
        ("Hinton et al. (2006", Mark.CITE, "b1"),
        ("KN97", Mark.CITE, "b2"),
        ("3", Mark.REF, "t3"),
        ("2", Mark.REF, "f2"),
        ("3", Mark.REF, "f3"),
        ("$x$", Mark.MATH, ""),
    ]
