"""What readers keep most: counted once each, never by too few, never whose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bookwheel.actions.delete_tag import delete_tag
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.config import config
from bookwheel.errors import SettingError
from bookwheel.models import Mark, Paper, Reader, Tagging
from bookwheel.queries import lists, top
from bookwheel.queries.lists import Choices
from bookwheel.queries.top import most_kept
from listings import ids
from people import Configure, Person, make_paper

LIKE, HIDE = Mark.Kind.LIKE, Mark.Kind.HIDE


@pytest.fixture
def readers(db: None) -> list[Reader]:
    return [Reader.objects.create(username=f"reader{number}") for number in range(5)]


def test_a_reader_counts_once_and_few_readers_not_at_all(
    readers: list[Reader], paper: Paper
) -> None:
    other = make_paper()
    for reader in readers[:3]:
        mark_paper(reader, paper, LIKE)
        tag_paper(reader, paper, "one")
        tag_paper(reader, paper, "two")
    for reader in readers[:2]:
        mark_paper(reader, other, LIKE)
        tag_paper(reader, other, "one")
    mark_paper(readers[2], other, HIDE)
    assert most_kept("day") == {paper.pk: 3}
    tag_paper(readers[3], other, "late")
    assert most_kept("day") == {paper.pk: 3, other.pk: 3}
    delete_tag(readers[3], readers[3].tags.get())
    assert most_kept("day") == {paper.pk: 3}


def test_the_most_kept_come_first(readers: list[Reader], paper: Paper) -> None:
    other = make_paper()
    for reader in readers:
        mark_paper(reader, paper, LIKE)
    for reader in readers[1:]:
        tag_paper(reader, other, "one")
    assert list(most_kept("week").items()) == [(paper.pk, 5), (other.pk, 4)]


def test_a_span_looks_back_so_far(readers: list[Reader], paper: Paper) -> None:
    for reader in readers[:3]:
        mark_paper(reader, paper, LIKE)
    for days, spans in ((2, {"week", "month", "year"}), (8, {"month", "year"}), (400, set())):
        Mark.objects.update(created=timezone.now() - timedelta(days=days))
        assert {span for span in ("day", "week", "month", "year") if most_kept(span)} == spans
    for reader in readers[:3]:
        tag_paper(reader, paper, "again")
    Tagging.objects.update(created=timezone.now() - timedelta(days=3))
    assert most_kept("week") and not most_kept("day")


def test_where_counting_takes_long_it_is_not_done_for_every_page(
    readers: list[Reader], paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(top, "SLOW", -1.0)
    monkeypatch.setattr(top, "_slow", {})
    for reader in readers[:3]:
        mark_paper(reader, paper, LIKE)
    assert most_kept("day") == {paper.pk: 3}
    mark_paper(readers[3], paper, LIKE)
    assert most_kept("day") == {paper.pk: 3}
    assert most_kept("week") == {paper.pk: 4}
    monkeypatch.setattr(top.time, "monotonic", lambda: 1e12)
    assert most_kept("day") == {paper.pk: 4}


def test_the_operator_says_how_many_are_enough(
    readers: list[Reader], paper: Paper, configure: Configure
) -> None:
    for reader in readers[:4]:
        mark_paper(reader, paper, LIKE)
    configure(top_least=5)
    assert most_kept("day") == {}
    configure(top_least=2)
    assert most_kept("day") == {paper.pk: 4}
    configure(top_least=0)
    assert most_kept("day") == {}


def test_one_is_never_enough(configure: Configure) -> None:
    configure(top_least=1)
    with pytest.raises(SettingError, match="BOOKWHEEL_TOP_LEAST.*use 2 or more"):
        config()


def test_the_list_leaves_out_what_the_reader_has_hidden(
    library: list[Paper], readers: list[Reader], alice: Person
) -> None:
    for reader in readers:
        mark_paper(reader, library[3], LIKE)
        mark_paper(reader, library[5], LIKE)
    for reader in readers[:3]:
        mark_paper(reader, library[7], LIKE)
    mark_paper(alice.reader, library[5], HIDE)
    found = lists.top(alice.reader, Choices(), "month")
    assert ids(found) == [library[3].arxiv_id, library[7].arxiv_id]
    assert [card.kept_by for card in found.cards] == [5, 3]
    assert lists.top(alice.reader, Choices(category="astro-ph"), "month").cards == ()
    Mark.objects.all().delete()
    assert lists.top(alice.reader, Choices(), "month").empty == "too_few_keep"
