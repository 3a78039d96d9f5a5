"""Untrusted text as plain characters: what TeX and invisible signs become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.content.plain import to_text
from hostile import HOSTILE, UNSEEN


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Erd\H{o}s--R\'enyi", "Erdős–Rényi"),
        (
            r"P\'{o}lya, \v{S}ver\'ak, \c c, {\'E}tude, na\"{\i}ve, \"\i",
            "Pólya, Šverák, ç, Étude, naïve, ï",
        ),
        (r"S\o rensen stra\ss e \L{}\'od\'z {\AA}", "Sørensen straße Łódź Å"),
        (r"50\% \& \$5 \#1 a\_b \{0,1\} \~{} x\ y", "50% & $5 #1 a_b {0,1} ~ x y"),
        ("``quotes'' `single' don't `code`", "“quotes” ‘single’ don't `code`"),
        ("a---b -- c 6--14 --help ----", "a—b – c 6–14 --help ----"),
        ("Fig.~2 about ~50, (~5) 10~20", "Fig. 2 about ~50, (~5) 10~20"),
        (r"\alpha-decay 2{\pi} {\mu}m {\deg}C \pounds 30", "α-decay 2π μm °C £ 30"),
        (r"\b{eta}-Ga2O3, \c{hi}(3), \u{psilon}, \b{a}, \b{hi}", "β-Ga2O3, χ(3), υ, a̱, \\b{hi}"),
        (r"{G}AN {two words} {a, b}-free H^{2}_{x}", "GAN two words {a, b}-free H^{2}_{x}"),
        (r"\own{a}{b} \own\ x \frac{1}{2}", r"\own{a}{b} \own x \frac{1}{2}"),
        (r"\cite{a, b} \citep[p.~3]{c} \ref{d}", "[a, b] [c] [d]"),
        (r"x\footnote{See y.} \textcolor{red}{hot, cold}{\color{red} z}", "x (See y.) hot, cold z"),
        (r"\begin{itemize}\item a \item{b}\end{itemize}", "• a • b"),
        (r"\emph{open {deep", "open {deep"),
        ("a } b", "a } b"),
        (r"line\\break \LaTeX\ is", "line break LaTeX is"),
        ("a\n  b\t c", "a b c"),
    ],
)
def test_tex_in_text(tex: str, text: str) -> None:
    assert to_text(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\alpha^2 \le \frac{1}{n}", "α² ≤ 1/n"),
        (r"\mathcal{O}(n\log n)", "O(n log n)"),
        (r"\mathbb{R}^n", "ℝⁿ"),
        (r"\mathbb Z_{2}", "ℤ₂"),
        (r"x_{i+1}^{-1/2}", "xᵢ₊₁^(-1/2)"),
        (r"\{0,1\}^*", "{0,1}^*"),
        (r"L^{\infty}", "L^∞"),
        (r"5\,\mathrm{GHz}", "5 GHz"),
        ("H_2O", "H₂O"),
        (r"\begin{align*} a &= b \\ c \end{align*}", "a = b c"),
    ],
)
def test_formulas(tex: str, text: str) -> None:
    assert to_text(f"${tex}$") == text


@pytest.mark.parametrize(
    ("text", "seen"),
    list(
        zip(
            UNSEEN,
            [
                "title with nulls[31m and escapes",
                "safegnp.exe isolated leftright",
                "invisible soft joiner",
                "tags and selectors",
                "half \N{REPLACEMENT CHARACTER} a pair \N{REPLACEMENT CHARACTER}",
                "two lines three four five",
                "é is é",
            ],
            strict=True,
        )
    ),
)
def test_what_cannot_be_seen_is_taken_out(text: str, seen: str) -> None:
    assert to_text(text) == seen


def test_scripts_that_need_joiners_keep_them() -> None:
    for text in ("👩\N{ZERO WIDTH JOINER}💻", "می\N{ZERO WIDTH NON-JOINER}خواهم"):
        assert to_text(text) == text


@given(st.text() | st.lists(st.sampled_from(HOSTILE)).map(" ".join))
def test_any_text_is_one_line_that_can_be_encoded(text: str) -> None:
    plain = to_text(text)
    assert plain.splitlines() in ([plain], [])
    assert plain == plain.strip()
    plain.encode()
