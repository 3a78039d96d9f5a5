"""The door to HTML: what comes out, and what can never come out."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from bookwheel.content.clean import clean
from bookwheel.content.html import abstract_to_html, text_to_html
from bookwheel.content.texread import read
from hostile import HOSTILE, HUGE
from safe_html import Reading

WORDS = ("graph", "amp", "lt", "alert", "script", "don't", "x")


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("R&D < 5", "R&amp;D &lt; 5"),
        (r"\emph{not \textbf{so}} x", "<em>not </em><em><strong>so</strong></em> x"),
        (r"{\em every} {\bf 12}", "<em>every</em> <strong>12</strong>"),
        (r"\texttt{--a~b} \verb|{x|", "<code>--a~b</code> <code>{x</code>"),
        (r"19\textsuperscript{th}", "19<sup>th</sup>"),
        ("$x<y$", '<span class="math">x&lt;y</span>'),
        (r"\(x\)", '<span class="math">x</span>'),
        ("$$x$$", '<span class="math display">x</span>'),
        (
            r"\begin{align*}a\end{align*}",
            r'<span class="math display">\begin{align*}a\end{align*}</span>',
        ),
        ("costs $5 and $6", "costs $5 and $6"),
        (
            r"\href{https://a.b/c\_d}{here}.",
            '<a href="https://a.b/c_d" rel="noopener nofollow">here</a>.',
        ),
        (
            "(https://a.b/~c?d=e&f).",
            '(<a href="https://a.b/~c?d=e&amp;f" rel="noopener nofollow">https://a.b/~c?d=e&amp;f</a>'
            ").",
        ),
        (
            r"\url{http://a.b}",
            '<a href="http://a.b" rel="noopener nofollow">http://a.b</a>',
        ),
        (r"\href{javascript:alert(1)}{here}", "here"),
        (r"\href{https://good.example@evil.example}{here}", "here"),
        ("ftp://a.b www.a.b", "ftp://a.b www.a.b"),
    ],
)
def test_text(text: str, html: str) -> None:
    assert text_to_html(text) == html


def test_words_of_a_search_are_marked_outside_formulas_and_addresses() -> None:
    assert text_to_html("Graphs on $graph$ at https://graph.example", ["graph"]) == (
        '<mark>Graphs</mark> on <span class="math">graph</span> at '
        '<a href="https://graph.example" rel="noopener nofollow">https://graph.example</a>'
    )


def test_links_can_be_left_out() -> None:
    assert text_to_html("see https://a.b", links=False) == "see https://a.b"


def test_an_abstract_has_paragraphs() -> None:
    text = "First\nline.\n  Second $x\n  y$.\n\n\nThird."
    assert abstract_to_html(text) == (
        '<p>First\nline.</p><p>Second <span class="math">x\n  y</span>.</p><p>Third.</p>'
    )


def test_an_empty_abstract_is_empty() -> None:
    assert abstract_to_html(" \n ") == ""


def test_results_are_trusted_by_templates() -> None:
    assert isinstance(text_to_html("<b>"), Markup)
    assert isinstance(abstract_to_html("<b>"), Markup)


def check(text: str) -> None:
    shown = "".join(piece.text for piece in read(text))
    for words in ((), WORDS):
        assert folded(Reading(text_to_html(text, words)).text) == folded(shown)
        Reading(abstract_to_html(text, words))
    paragraphs = Reading(abstract_to_html(text)).text
    assert "".join(paragraphs.split()) == "".join(shown.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless(text: str) -> None:
    check(text)
    check(f"before {text} after")
    check(f"${text}$ {{{text}}}")


@pytest.mark.parametrize("text", HUGE, ids=lambda text: repr(text[:12]))
def test_long_text_takes_no_longer_than_it_must(text: str) -> None:
    Reading(text_to_html(text, WORDS))


TEX = r"""
$ $$ \ \\ \( \) \[ \] { } {} \emph{ \textbf{ {\em \href{https://a.b}{ \href{javascript:x}{
\url{ \verb| | \footnote{ \cite{x} \'e \c{c} \b{eta} \alpha \own{ \begin{align} \end{align} ~ --
--- `` '' ` '
https://a.b/c <b> </p> & &lt; " \text{ \textcolor{red}{ \par graph 5 , . ^ _ é 图"""
ASSEMBLED = st.lists(st.sampled_from([*TEX.split(), " ", "\n", "\n  "])).map("".join)


@given(ASSEMBLED | st.text() | st.lists(st.sampled_from(HOSTILE)).map("".join))
@example(r"\href{https://a.b}{\url{https://c.d} https://e.f $x$}")
def test_any_text_is_harmless(text: str) -> None:
    check(text)


@given(st.text(st.characters(exclude_characters="\\{}$~`'-", exclude_categories=["Cs"])))
def test_text_without_tex_is_shown_as_it_is(text: str) -> None:
    assert Reading(text_to_html(text)).text == clean(text)
