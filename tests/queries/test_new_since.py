"""What is new of authors and searches since the reader looked, and whose papers count."""

from __future__ import annotations

from datetime import date

import pytest

from bookwheel.actions.correct_author import correct_author
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.mark_seen import mark_seen
from bookwheel.actions.save_search import save_search
from bookwheel.actions.unfollow_author import undo, unfollow_author
from bookwheel.models import Paper
from bookwheel.queries.announced import contents
from bookwheel.queries.engine import engine
from bookwheel.queries.following import followed
from bookwheel.queries.new_since import new_since
from feeds import days_of
from people import Person


@pytest.fixture
def paper(library: list[Paper]) -> Paper:
    """A paper of the newest listing."""
    newest = days_of(library)[0]
    return next(paper for paper in library if paper.announced == newest)


def test_nothing_is_new_at_first_and_then_what_came_after(alice: Person, paper: Paper) -> None:
    family, given, _suffix = paper.authors[0]
    follow_author(alice.reader, family, given)
    save_search(alice.reader, f"id:{paper.arxiv_id} OR xyzzy")
    assert new_since(alice.reader).total == 0
    alice.reader.followed_authors.update(seen=date(2000, 1, 1))
    alice.reader.saved_searches.update(seen=date(2000, 1, 1))
    new = new_since(alice.reader)
    assert (list(new.authors.values()), list(new.searches.values())) == ([1], [1])
    assert "2<span" in alice.client.get("/following").text
    mark_seen(alice.reader, alice.reader.saved_searches.get())
    assert new_since(alice.reader).total == 1
    mark_seen(alice.reader)
    assert new_since(alice.reader).total == 0


def test_a_correction_is_used_at_once(alice: Person, paper: Paper, library: list[Paper]) -> None:
    family, given, _suffix = paper.authors[0]
    follow_author(alice.reader, family, given, paper=paper)
    author = alice.reader.followed_authors.get()
    found = contents(engine(), paper.listed)
    assert followed(engine(), alice.reader, found).authors[paper.pk] == (author,)
    correct_author(author, paper, theirs=False)
    assert paper.pk not in followed(engine(), alice.reader, found).authors
    alice.reader.followed_authors.update(seen=date(2000, 1, 1))
    assert new_since(alice.reader).total == 0
    html = alice.client.get(f"/following/{author.pk}?of=others").text
    assert paper.arxiv_id in html
    assert paper.arxiv_id not in alice.client.get(f"/following/{author.pk}").text.split("<main")[1]


def test_who_is_followed_again_is_who_they_were(alice: Person, paper: Paper) -> None:
    family, given, _suffix = paper.authors[0]
    follow_author(alice.reader, family, given, paper=paper)
    author = alice.reader.followed_authors.get()
    author.alert = "mail"
    author.save()
    change = unfollow_author(alice.reader, author)
    assert change
    undo(alice.reader, change.before)
    again = alice.reader.followed_authors.get()
    assert again.alert == "mail"
    assert again.authorships.get().theirs
