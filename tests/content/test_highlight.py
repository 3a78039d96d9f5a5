"""Marking the words of a search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from bookwheel.content.highlight import highlight


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("A graph.", ["graph"], "A <mark>graph</mark>."),
        ("Graphs, GRAPH", ["graph"], "<mark>Graphs</mark>, <mark>GRAPH</mark>"),
        ("network", ["Networks"], "<mark>network</mark>"),
        ("paragraph graphite", ["graph"], "paragraph graphite"),
        ("Erdős, Erdos", ["erdös"], "<mark>Erdős</mark>, <mark>Erdos</mark>"),
        ("Élan", ["elan"], "<mark>Élan</mark>"),
        (
            "the rock-n-roll",
            ["rock-n-roll"],
            "the <mark>rock</mark>-<mark>n</mark>-<mark>roll</mark>",
        ),
        ("the theory of", ["theory", "of", "the"], "the <mark>theory</mark> of"),
        ("the theory of", ["of", "the"], "<mark>the</mark> theory <mark>of</mark>"),
        ("R&D <amp> lt", ["amp", "lt"], "R&amp;D &lt;<mark>amp</mark>&gt; <mark>lt</mark>"),
        ("图 graph", ["图"], "<mark>图</mark> graph"),
        ("a < b", [], "a &lt; b"),
        ("a", ["!!!"], "a"),
    ],
)
def test_words_with_the_same_stem_are_marked(text: str, words: list[str], html: str) -> None:
    assert highlight(text, words) == html


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")), st.sets(st.text()))
def test_marks_change_nothing_else(text: str, words: set[str]) -> None:
    html = highlight(text, words)
    assert isinstance(html, Markup)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert bare.unescape() == escape(text).unescape()
