"""Lists of papers as Atom, RSS and JSON Feed.

Source: RFC 4287, RSS 2.0 of the RSS Advisory Board, JSON Feed 1.1.
Leaves out: which papers (`queries/feed_links.py`) and conditional requests (the page).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import orjson

from bookwheel.content.clean import clean
from bookwheel.content.plain import to_text

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
register_namespace("atom", _ATOM)
register_namespace("dc", _DC)
_NEVER = datetime(1991, 8, 14, tzinfo=UTC)  # arXiv's first day


@dataclass(frozen=True, slots=True)
class Item:
    """One paper; TeX in its text is as it was given."""

    address: str  # names it for ever
    link: str
    title: str
    abstract: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A list; `address` is where it is fetched, `home` the page that shows the same."""

    title: str
    address: str
    home: str
    items: tuple[Item, ...]

    @property
    def updated(self) -> datetime:
        """When something in it last changed."""
        return max((item.updated for item in self.items), default=_NEVER)


def to_atom(feed: Feed) -> bytes:
    """Write Atom."""
    root = Element("feed", xmlns=_ATOM)
    _put(root, "id", feed.address)
    _put(root, "title", _text(feed.title))
    _put(root, "updated", feed.updated.isoformat())
    SubElement(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    SubElement(root, "link", rel="alternate", type="text/html", href=feed.home)
    _put(SubElement(root, "author"), "name", "Bookwheel")
    for item in feed.items:
        entry = SubElement(root, "entry")
        _put(entry, "id", item.address)
        _put(entry, "title", _text(item.title))
        _put(entry, "updated", item.updated.isoformat())
        _put(entry, "published", item.published.isoformat())
        SubElement(entry, "link", rel="alternate", type="text/html", href=item.link)
        for name in item.authors:
            _put(SubElement(entry, "author"), "name", _text(name))
        for category in item.categories:
            SubElement(entry, "category", term=category)
        _put(entry, "summary", _text(item.abstract))
    return _written(root)


def to_rss(feed: Feed) -> bytes:
    """Write RSS 2.0. Its readers take titles and descriptions for HTML: text is escaped twice."""
    root = Element("rss", version="2.0")
    channel = SubElement(root, "channel")
    _put(channel, "title", escape(_text(feed.title)))
    _put(channel, "link", feed.home)
    _put(channel, "description", escape(_text(feed.title)))
    _put(channel, "lastBuildDate", format_datetime(feed.updated))
    self_link = {"rel": "self", "type": "application/rss+xml", "href": feed.address}
    SubElement(channel, f"{{{_ATOM}}}link", self_link)
    for item in feed.items:
        entry = SubElement(channel, "item")
        _put(entry, "title", escape(_text(item.title)))
        _put(entry, "link", item.link)
        _put(entry, "guid", item.address).set("isPermaLink", "false")
        _put(entry, "pubDate", format_datetime(item.published))
        _put(entry, f"{{{_DC}}}creator", ", ".join(map(_text, item.authors)))
        for category in item.categories:
            _put(entry, "category", category)
        _put(entry, "description", escape(_text(item.abstract)))
    return _written(root)


def to_json(feed: Feed) -> bytes:
    """Write JSON Feed."""
    items = [
        {
            "id": item.address,
            "url": item.link,
            "title": _text(item.title),
            "content_text": _text(item.abstract),
            "authors": [{"name": _text(name)} for name in item.authors],
            "tags": list(item.categories),
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
        }
        for item in feed.items
    ]
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _text(feed.title),
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "items": items,
    }
    return orjson.dumps(said, option=orjson.OPT_INDENT_2)


def _text(text: str) -> str:
    """Text that XML and JSON can hold, without TeX; what looks like markup stays text."""
    return clean(to_text(text))


def _put(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name)
    made.text = text
    return made


def _written(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
