"""Help, settings and statistics; and what holds for the frame around every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bookwheel
from bookwheel.models import Paper
from bookwheel.web.pages import stats
from bookwheel.web.pages.help import keys
from people import Person, visitor

__all__ = ["visitor"]
pytestmark = pytest.mark.django_db
SCRIPT = Path(bookwheel.__file__).parent / "static" / "bookwheel.js"


def test_the_key_sheet_has_all_keys_and_no_others() -> None:
    source = SCRIPT.read_text()
    table = re.search(r"const KEYS = \{(.*?)\n  \};", source, re.DOTALL)
    places = re.search(r"const PLACES = \{(.*?)\};", source)
    assert table and places
    single = re.findall(r'^    (?:(\w)|"(.)"):', table[1], re.MULTILINE)
    looped = "".join(re.findall(r'for \(const key of "(.+?)"\) KEYS', source))
    known = (
        {a or b for a, b in single}
        | set(looped)
        | {f"g {key}" for key in re.findall(r"(\w): ", places[1])}
    )
    sheet = set()
    for pressed, _does in keys():
        sheet |= {" ".join(pressed)} if pressed[0] == "g" else set(pressed) - {"Enter"}
    assert sheet == known


def test_help_has_the_sheet_that_the_script_shows(alice: Person) -> None:
    html = alice.client.get("/help").text
    assert '<section id="keys">' in html
    assert '<h2 id="keys-title">' in html


def test_the_language_can_be_chosen(alice: Person) -> None:
    answer = alice.client.post("/do/language", {"language": "zh-hans", "next": "/settings"})
    assert answer["Location"] == "/settings"
    html = alice.client.get("/settings").text
    assert '<html lang="zh-hans"' in html
    assert 'value="zh-hans" lang="zh-hans" selected' in html


def test_statistics_are_a_plot_and_a_table(alice: Person, library: list[Paper]) -> None:
    html = alice.client.get("/stats?days=365").text
    assert '<svg class="plot"' in html
    assert html.count("<title>") > 10  # of the page and of each bar
    assert "The same as a table" in html
    assert 'href="/new?cat=cs.AI"' in html


def test_statistics_say_how_far_a_new_index_is(
    alice: Person, library: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "with another encoder" not in alice.client.get("/stats").text
    monkeypatch.setattr(stats, "encoded", lambda: (12_000, 377_904))
    assert "another encoder: 12,000 of 377,904 papers are done" in alice.client.get("/stats").text


def test_statistics_count_every_paper_once_by_month(alice: Person, library: list[Paper]) -> None:
    html = alice.client.get("/stats?days=all").text
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    counts = [int(text) for text in re.findall(r'<td class="number">(\d+)</td>', body)]
    assert sum(counts) == len(library)


def test_statistics_without_papers(alice: Person) -> None:
    assert "There are no papers yet" in alice.client.get("/stats").text


@pytest.mark.parametrize("address", ["/", "/new", "/tags", "/search?q=x", "/help", "/settings"])
def test_every_page_has_landmarks_and_one_title(
    alice: Person, library: list[Paper], address: str
) -> None:
    html = alice.client.get(address).text
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert '<a class="skip" href="#main">' in html
    assert 'role="search"' in html
    assert '<div class="toasts" id="toasts" role="status">' in html


def test_no_page_has_script_or_style_of_its_own() -> None:
    """The content security policy would stop it, and a test in a browser might not come by."""
    templates = Path(bookwheel.__file__).parent / "templates"
    found = re.compile(r"<style|<script(?! src=)|\son[a-z]+=|\sstyle=|javascript:")
    pages = [path for path in templates.rglob("*.html") if path.parent.name != "mail"]
    bad = [path.name for path in pages if found.search(path.read_text())]
    assert bad == []


def test_pages_for_nobody_have_no_rail_of_tags(visitor: object, configure: object) -> None:
    configure(host="0.0.0.0")
    html = visitor.get("/account/login").text
    assert 'role="search"' not in html
    assert "rail-tags" not in html
