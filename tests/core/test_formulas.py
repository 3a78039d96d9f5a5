"""Where formulas stand, and where a dollar is only money."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.formulas import LONGEST, Formula, formulas
from hostile import HOSTILE, HUGE


def tex(text: str) -> list[str]:
    return [formula.tex for formula in formulas(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no formula", []),
        ("$x$ and $y$", ["x", "y"]),
        (r"\(x\) and \[y\]", ["x", "y"]),
        ("a $$x^2$$ b", ["x^2"]),
        ("$a$$b$", ["a", "b"]),
        ("$ x $", [" x "]),
        (r"$\$5$ \$6 $x$", [r"\$5", "x"]),
        (r"$35K$ of $2k\to 128k$", ["35K", r"2k\to 128k"]),
        (r"$\sim$0.90 and 8$\times$7B", [r"\sim", r"\times"]),
        ("$5$ and $6$", ["5", "6"]),
        ("$2k + 1 $", ["2k + 1 "]),
        (r"$1, 2, \ldots, n$", [r"1, 2, \ldots, n"]),
        (r"\begin{align*}a&=b\end{align*}", [r"\begin{align*}a&=b\end{align*}"]),
        (r"\begin{itemize}x\end{itemize}", []),
        ("costs $5", []),
        ("costs $5 and $6 each", []),
        ("between $5-$10 or $0.8--$1.5", []),
        ("from $1.52 million, then $1.49 million", []),
        ("cost $5 where $x=3$", ["x=3"]),
        (r"paid ($3 per query) for \(n\)", ["n"]),
        ("$$", []),
        ("$$ $$", []),
        (r"\( \)", []),
        (r"\(x \[y", []),
        ("$a\n\nb$", []),
        ("$" + "x" * LONGEST + "$ $y$", ["y"]),
    ],
)
def test_formulas_are_found(text: str, found: list[str]) -> None:
    assert [formula for formula in tex(text) if len(formula) < LONGEST] == found


def test_places_and_display() -> None:
    assert formulas(r"a $x$ \[y\]") == [
        Formula(2, 5, "x", display=False),
        Formula(6, 11, "y", display=True),
    ]


@given(
    st.text()
    | st.text("$\\()[]{}ab1 \n")
    | st.lists(st.sampled_from([*HOSTILE, "$", "\\(", "\\)"])).map("".join)
)
def test_formulas_lie_in_the_text_in_order(text: str) -> None:
    done = 0
    for formula in formulas(text):
        assert done <= formula.start < formula.end <= len(text)
        assert formula.tex.strip()
        assert formula.tex in text[formula.start : formula.end]
        done = formula.end


@pytest.mark.parametrize("text", HUGE, ids=lambda text: repr(text[:12]))
def test_long_texts(text: str) -> None:
    assert all(len(formula.tex) <= LONGEST for formula in formulas(text))
