from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.content.passage import Drawn, passage_html, plain_html
from bookwheel.core.document import Mark, Span
from documents import document, span
from hostile import HOSTILE

FIRST = document().sections[0].blocks[0]
ALLOWED = {
    "a": {"href", "rel", "class"},
    "mark": {"class", "id", "data-mark"},
    "span": {"class", "data-at"},
    **dict.fromkeys(["code", "em", "strong", "sup"], set()),
}


class Page(HTMLParser):
    """What a script finds: the text, with the elements that stand for a part of it filled in."""

    def __init__(self, html: str, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.whole, self.found = text, ""
        self.open: list[tuple[str, bool]] = []
        self.feed(str(html))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert set(values) <= ALLOWED[tag]
        if tag == "a":
            assert re.match("https?://|#at-", values["href"] or "")
        place = values.get("data-at")
        if place:
            start, end = map(int, place.split("-"))
            self.found += self.whole[start:end]
        self.open.append((tag, place is not None))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not any(whole for _tag, whole in self.open):
            self.found += data


def test_spans_become_elements() -> None:
    assert passage_html(FIRST.text, FIRST.spans) == (
        'Radium glows, as <span class="whole" data-at="17-25"><span class="math">E=mc^2</span>'
        '</span> says <a class="cite" href="#at-r1">[1]</a>. See <a href="#at-f1">Figure 1</a>'
        ' and a note <sup><a class="cite" href="#at-n1">1</a></sup>.'
    )


def test_what_is_marked_is_marked_across_spans_and_takes_whole_formulas() -> None:
    start, end = FIRST.text.index("glows"), FIRST.text.index("=mc") + 1
    html = passage_html(FIRST.text, FIRST.spans, [Drawn(start, end, "hl hl-0", "m7")])
    assert html.startswith('Radium <mark class="hl hl-0" id="m7" data-mark="m7">glows, as </mark>')
    assert html.count('id="m7"') == 1
    assert 'data-mark="m7"><span class="whole" data-at="17-25">' in html


def test_nested_spans_and_addresses() -> None:
    text = "See the page now."
    html = passage_html(
        text,
        [span(text, "the page", Mark.LINK, "https://a.org/?b&c"), span(text, "page", Mark.STRONG)],
    )
    assert html == (
        'See <a href="https://a.org/?b&amp;c" rel="noopener nofollow">the </a>'
        '<a href="https://a.org/?b&amp;c" rel="noopener nofollow"><strong>page</strong></a> now.'
    )
    bad = passage_html(text, [span(text, "page", Mark.LINK, "javascript:alert(1)")])
    assert bad == text


def test_formulas_of_plain_texts() -> None:
    assert plain_html("$a<b$ & c") == (
        '<span class="whole" data-at="0-5"><span class="math">a&lt;b</span></span> &amp; c'
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    for target in (text, 'x" onclick="alert(1)'):
        for mark in Mark:
            html = passage_html(text, [Span(0, len(text), mark, target)] if text else [])
            Page(html, text)
    assert Page(plain_html(text), text).found == text.replace("\r\n", "\n") or "\r" in text


@given(
    st.text(max_size=40),
    st.lists(
        st.tuples(
            st.integers(-2, 45), st.integers(-2, 45), st.sampled_from(Mark), st.text(max_size=5)
        ),
        max_size=5,
    ),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3),
)
def test_every_character_has_its_place(
    text: str, spans: list[tuple[int, int, Mark, str]], drawn: list[tuple[int, int]]
) -> None:
    made = [Span(min(a, b), max(a, b), mark, target) for a, b, mark, target in spans]
    marks = [Drawn(min(pair), max(pair), "hl", f"m{n}") for n, pair in enumerate(drawn)]
    html = passage_html(text, made, marks)
    assert Page(html, text).found == text
