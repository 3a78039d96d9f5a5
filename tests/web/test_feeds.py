"""Feeds: read by a feed reader that others wrote, private, conditional, closed to hostile text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from bookwheel.actions.delete_tag import delete_tag
from bookwheel.actions.make_feed_link import MOST, make_feed_link
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.content.feeds import Feed, Item, to_atom, to_json, to_rss
from bookwheel.errors import InputError, QueryError
from bookwheel.models import FeedLink, Mark, Paper
from bookwheel.queries.feed_links import token
from hostile import HOSTILE
from people import Person

WHEN = datetime(2026, 5, 1, tzinfo=UTC)


def address(link: FeedLink, form: str = "atom") -> str:
    return f"/feeds/{token(link)}.{form}"


def links_of(alice: Person, library: list[Paper]) -> list[FeedLink]:
    for paper in library[:4]:
        tag_paper(alice.reader, paper, "vision")
    mark_paper(alice.reader, library[9], Mark.Kind.LIKE)
    tag = alice.reader.tags.get(name="vision")
    family = library[7].authors[0][0]
    return [
        make_feed_link(alice.reader, "for_you"),
        make_feed_link(alice.reader, "library"),
        make_feed_link(alice.reader, "tag", tag=tag),
        make_feed_link(alice.reader, "search", text="cat:cs"),
        make_feed_link(alice.reader, "search", text=f'au:"{family}"'),
    ]


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_feed_readers_read_them(
    alice: Person, visitor: Client, library: list[Paper], form: str
) -> None:
    for link in links_of(alice, library):
        answer = visitor.get(address(link, form))
        assert answer.status_code == 200
        found = feedparser.parse(answer.content)
        assert not found.bozo and found.version in ("atom10", "rss20")
        assert found.feed.title.endswith(" · Bookwheel") and found.entries
        for entry in found.entries:
            assert entry.id.startswith("https://arxiv.org/abs/") and "/abs/" in entry.link
            assert entry.title and entry.summary and entry.author and entry.published_parsed


def test_json_feed(alice: Person, visitor: Client, library: list[Paper]) -> None:
    link = links_of(alice, library)[1]
    held = json.loads(visitor.get(address(link, "json")).content)
    assert held["version"] == "https://jsonfeed.org/version/1.1"
    assert held["feed_url"].endswith(address(link, "json"))
    assert {item["id"].removeprefix("https://arxiv.org/abs/") for item in held["items"]} == {
        paper.arxiv_id for paper in [*library[:4], library[9]]
    }


def test_unchanged_is_only_said(alice: Person, visitor: Client, library: list[Paper]) -> None:
    link = links_of(alice, library)[1]
    first = visitor.get(address(link))
    again = visitor.get(address(link), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    mark_paper(alice.reader, library[20], Mark.Kind.LIKE)
    changed = visitor.get(address(link), headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_an_address_taken_back_or_made_up_leads_nowhere(
    alice: Person, charlie: Person, visitor: Client, library: list[Paper]
) -> None:
    link = links_of(alice, library)[2]
    good = address(link)
    for wrong in (f"/feeds/{link.pk}.atom", f"/feeds/{link.pk}:x.atom", f"{good}x", "/feeds/:.rss"):
        assert visitor.get(wrong).status_code == 404
    assert charlie.client.post("/do/revoke-feed", {"which": link.pk}).status_code == 404
    assert visitor.get(good).status_code == 200
    alice.client.post("/do/revoke-feed", {"which": link.pk})
    assert visitor.get(good).status_code == 404


def test_the_page_shows_addresses_that_work(alice: Person, library: list[Paper]) -> None:
    alice.client.post("/do/make-feed", {"list": "search", "search": "cat:cs"})
    page = alice.client.get("/feeds").text
    assert address(FeedLink.objects.get()) in page
    assert alice.client.post("/do/make-feed", {"list": "search", "search": '"'}).status_code == 400
    assert alice.client.post("/do/make-feed", {"list": "nothing"}).status_code == 400


def test_a_deleted_tags_feed_is_empty(alice: Person, visitor: Client, library: list[Paper]) -> None:
    link = links_of(alice, library)[2]
    assert link.tag
    delete_tag(alice.reader, link.tag)
    assert feedparser.parse(visitor.get(address(link)).content).entries == []


def test_what_cannot_be_a_feed(alice: Person) -> None:
    for kind, text in (("tag", ""), ("all", ""), ("search", ""), ("search", "1706.03762")):
        with pytest.raises((InputError, QueryError)):
            make_feed_link(alice.reader, kind, text=text)
    FeedLink.objects.bulk_create(FeedLink(reader=alice.reader, kind="library") for _ in range(MOST))
    with pytest.raises(InputError):
        make_feed_link(alice.reader, "library")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    item = Item("urn:x", "http://localhost/", text, text, (text, "A"), ("cs.LG",), WHEN, WHEN)
    feed = Feed(f"T {text}", "http://localhost/f", "http://localhost/", (item,))
    for content in (to_atom(feed), to_rss(feed)):
        ElementTree.fromstring(content)
        found = feedparser.parse(content)
        assert not found.bozo and len(found.entries) == 1
        assert b"<script" not in content and b"<img" not in content
    shown = ElementTree.fromstring(to_rss(feed)).iterfind(".//item/*")
    html = [one.text or "" for one in shown if one.tag in ("title", "description")]
    assert len(html) == 2 and not [one for one in html if "<" in one]
    assert feedparser.parse(to_atom(feed)).feed.title_detail.type == "text/plain"
    assert len(json.loads(to_json(feed))["items"]) == 1
