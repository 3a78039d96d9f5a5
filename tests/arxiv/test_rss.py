"""Feeds of announcements: whole, damaged, of days without an announcement."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.arxiv import rss
from bookwheel.errors import SourceError

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel><title>cs.LG updates</title>
<docs>http://www.rssboard.org/rss-specification</docs>
<pubDate>Fri, 09 Feb 2024 00:00:00 -0500</pubDate>"""
ITEM = """<item><title>On wheels</title><link>https://arxiv.org/abs/2402.05147</link>
<description>arXiv:2402.05147v1 Announce Type: new
Abstract: We turn $x &lt; y$.</description>
<guid isPermaLink="false">oai:arXiv.org:2402.05147v1</guid><category>cs.LG</category>
<category>stat.ML</category><pubDate>Fri, 09 Feb 2024 00:00:00 -0500</pubDate>
<arxiv:announce_type>new</arxiv:announce_type>
<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
<dc:creator>Ada Lovelace, Charles Babbage</dc:creator></item>"""
END = "</channel></rss>"


def test_an_item():
    listing = rss.read((HEAD + ITEM + END).encode())
    assert listing.day == date(2024, 2, 9)
    assert listing.announced == [("2402.05147", date(2024, 2, 9), "new")]
    [paper] = listing.papers
    assert (paper.title, paper.abstract) == ("On wheels", "We turn $x < y$.")
    assert [author.family for author in paper.authors] == ["Lovelace", "Babbage"]
    assert paper.categories == ("cs.LG", "stat.ML")
    assert paper.versions[0].created == "2024-02-08T18:59:59Z"  # the cutoff in New York


def test_other_kinds_announce_and_bring_no_paper():
    for kind in ("cross", "replace", "replace-cross"):
        body = HEAD + ITEM.replace(">new<", f">{kind}<") + END
        listing = rss.read(body.encode())
        assert (listing.announced[0].kind, listing.papers) == (kind, [])


def test_a_day_without_an_announcement():
    listing = rss.read((HEAD + END).encode())
    assert (listing.day, listing.announced) == (date(2024, 2, 9), [])


def test_bad_items_are_told_and_passed_over():
    bad = ITEM.replace(">new<", ">old<"), ITEM.replace("oai:arXiv.org:2402.05147v1", "x")
    listing = rss.read((HEAD + bad[0] + ITEM + bad[1] + END).encode())
    assert len(listing.announced) == 1
    assert [one.line for one in listing.problems] == [0, 2]


@pytest.mark.parametrize("body", [b"", b"<html/>", (HEAD + ITEM).encode(), b"<!DOCTYPE rss><rss/>"])
def test_damage(body):
    with pytest.raises(SourceError):
        rss.read(body)


@given(st.binary(max_size=200), st.integers(0, 1500), st.integers(0, 30))
def test_any_damage(junk, at, length):
    body = (HEAD + ITEM + END).encode()
    try:
        rss.read(body[:at] + junk + body[at + length :])
    except SourceError:
        return
