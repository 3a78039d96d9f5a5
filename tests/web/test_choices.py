"""The filter bar's part of an address: read, and written back."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.queries.lists import Choices
from bookwheel.web.choices import Filters, changed, read_choices


@pytest.mark.parametrize(
    ("address", "choices"),
    [
        ("", Choices()),
        ("days=7&page=3", Choices(days=7, page=3)),
        ("since=2025-01-02&until=2025-02-03", Choices(since="2025-01-02", until="2025-02-03")),
        (
            "cat=CS.lg&hide=mine&only=v1",
            Choices(category="cs.LG", hide_mine=True, first_versions=True),
        ),
        ("cat=math", Choices(category="math")),
        ("days=0&page=0", Choices()),
        ("days=-1&page=x&since=yesterday&cat=nonsense&hide=all&only=v2", Choices()),
        ("days=²&page=١", Choices()),
        ("page=" + "9" * 5000, Choices()),
    ],
)
def test_what_makes_no_sense_is_left_out(address: str, choices: Choices) -> None:
    assert read_choices(QueryDict(address)) == choices


@given(st.dictionaries(st.sampled_from(["days", "since", "until", "cat", "page"]), st.text()))
def test_whatever_is_typed_can_be_read(address: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(address)
    choices = read_choices(query)
    assert choices.page >= 1
    assert choices.days is None or choices.days >= 1


@pytest.mark.parametrize(
    ("address", "changes", "there"),
    [
        ("/new", {}, "/new"),
        ("/new?page=4", {}, "/new"),
        ("/new?page=4&cat=cs", {"days": 3}, "/new?cat=cs&days=3"),
        ("/new?days=3&cat=cs", {"days": None}, "/new?cat=cs"),
        ("/search?q=a+b%26c&tag=x&tag=y", {"page": 2}, "/search?q=a+b%26c&tag=x&tag=y&page=2"),
    ],
)
def test_links_change_one_thing_and_begin_at_the_first_page(
    address: str, changes: dict[str, int | None], there: str
) -> None:
    assert changed(RequestFactory().get(address), **changes) == there


def test_a_view_has_a_span_of_its_own_until_another_is_named() -> None:
    for address, days in (("", 30), ("days=7", 7), ("days=all", None), ("days=nonsense", 30)):
        assert read_choices(QueryDict(address), days=30).days == days


def test_the_bar_says_what_is_in_force() -> None:
    request = RequestFactory().get("/new?days=7&cat=cs.LG&only=v1&q=x&page=3")
    filters = Filters(request, read_choices(request.GET))
    assert [span.text for span in filters.spans if span.current] == ["week"]
    assert filters.spans[-1].href == "/new?cat=cs.LG&only=v1&q=x&days=all"
    assert [(link.text, link.href) for link in filters.active] == [
        ("cs.LG", "/new?days=7&only=v1&q=x"),
        ("only first versions", "/new?days=7&cat=cs.LG&q=x"),
    ]
    assert filters.others == [("days", "7"), ("q", "x")]
    assert filters.clear == "/new?q=x"
