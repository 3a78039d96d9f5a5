"""The guide to the search language says what is true."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bookwheel.errors import QueryError
from bookwheel.index.figure_language import is_for_figures, parse_figures
from bookwheel.index.grammar import DEEPEST, MOST
from bookwheel.index.lexer import FIELD_NAMES
from bookwheel.index.syntax import LONGEST, parse

GUIDE = (Path(__file__).parents[2] / "docs/search.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `(.+?)` \|", GUIDE, re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 20


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_are_understood(example: str) -> None:
    if is_for_figures(example):
        figures = parse_figures(example, today=date(2026, 11, 23))
        assert figures.words or figures.phrases
        return
    search = parse(example, today=date(2026, 11, 23))
    assert search.understood
    is_plain = example == "graph neural networks"
    assert bool(search.required or search.paper) == (not is_plain)


@pytest.mark.parametrize("name", FIELD_NAMES)
def test_every_field_is_described(name: str) -> None:
    assert f"`{name}:" in GUIDE


def test_the_details() -> None:
    assert [word.text for word in parse("fast graph OR tree search").wanted] == ["fast", "search"]
    with pytest.raises(QueryError):
        parse("foo:bar")
    assert parse('"foo:bar"').required
    assert len(parse("foo: bar").wanted) == 2
    assert f"{LONGEST:,} characters and {DEEPEST} levels, and at most {MOST} cond" in GUIDE
    assert parse("a " * 400 + "-b " * 40).required
