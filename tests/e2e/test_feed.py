"""A morning with the feed in a browser: through a day by keyboard, undo, follow, catch up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from browser import PHONE, Page

pytestmark = pytest.mark.e2e


@pytest.fixture
def day(page: Page) -> str:
    """A day whose papers are all for the reader, who likes one of them."""
    page.open("/settings")
    page.one("select[name=line] option").click()
    page.script("document.querySelector('select[name=line] option').value = '0'")
    page.one("section[aria-labelledby=feed] button").click()
    page.one("select[name=line] option[selected][value='0.00']")
    page.open("/new?until=2026-05-12")
    page.one(".card [data-key=s]").click()
    page.said("Liked.")
    page.open("/day/2026-05-12")
    return "/day/2026-05-12"


def done(page: Page) -> str:
    said: str = page.one("#done").text
    return said


def current(page: Page) -> str:
    name: str = page.script("return document.activeElement.closest('.card')?.id ?? ''")
    return name


def test_through_a_day_by_keyboard(page: Page, day: str) -> None:
    page.mark()
    count = len(page.all(".card"))
    assert count >= 5
    assert done(page) == f"1 of {count} done"
    page.press("j", "j", "m")
    page.said("Marked read.")
    second = current(page)
    page.until(lambda: done(page) == f"2 of {count} done")
    assert page.one("#progress").get_attribute("value") == "2"
    page.press("j", "l")
    page.said("For later.")
    page.until(lambda: done(page) == f"3 of {count} done")
    page.press("j", "d")
    page.said("Hidden.")
    page.until(lambda: done(page) == f"4 of {count} done")
    page.press("u")
    page.said("Undone.")
    page.until(lambda: done(page) == f"3 of {count} done")
    page.press("k", "k", "m")
    page.said("Unread again.")
    page.until(lambda: done(page) == f"2 of {count} done")
    assert current(page) == second
    assert page.same


def test_the_rest_of_a_day_is_read_with_one_key_and_back(page: Page, day: str) -> None:
    count = len(page.all(".card"))
    page.press("M")
    page.said("The rest of the day is marked read.")
    assert done(page) == f"{count} of {count} done"
    assert page.all("[data-key=M]") == []
    page.press("u")
    page.until(lambda: page.all("[data-key=M]"))
    assert done(page) == f"1 of {count} done"


def test_from_day_to_day_by_keyboard(page: Page, day: str) -> None:
    page.press("[")
    page.until(lambda: page.path.startswith("/day/") and page.path < day)
    page.press("]")
    page.until(lambda: page.path == day)
    page.one(".views [href='/best']").click()
    page.until(lambda: page.path == "/best")
    page.one(".card")


def test_times_are_written_as_this_browser_has_them(page: Page, day: str) -> None:
    page.driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tokyo"})
    page.open(day)
    page.open(day)  # the first page tells the server
    assert "announced Tuesday, 09:00" in page.one(".day-head").text
    page.driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": ""})


def test_an_author_is_followed_from_a_paper_and_comes_first(page: Page, day: str) -> None:
    last = page.all(".card")[-1].get_attribute("id")
    page.open(f"/abs/{last.removeprefix('p-')}")
    page.script("document.querySelectorAll('.tagger')[1].open = true")
    page.one(".tagger[open] li button").click()
    page.said("You follow ")
    page.open(day)
    first = page.one(".card")
    assert first.get_attribute("id") == last
    assert "you follow" in first.text
    page.open("/following")
    page.one(".plain-list button").click()
    page.said("You no longer follow ")
    assert page.all(".plain-list li") == []


def test_a_search_is_saved_while_typing_and_marks_its_papers(page: Page, day: str) -> None:
    page.open("/search")
    page.one("#q").send_keys("cat:cs.CV")
    page.until(lambda: page.all(".keep button"))
    page.one(".keep button").click()
    page.said("Search saved.")
    page.open(f"{day}?from=searches")
    assert {"your search cat:cs.CV" in card.text for card in page.all(".card")} == {True}
    page.open("/following")
    assert page.one(".plain-list a").text == "cat:cs.CV"


def test_a_paper_that_is_looked_at_becomes_read(page: Page, day: str) -> None:
    name = page.all(".card")[2].get_attribute("id").removeprefix("p-")
    page.open(f"/abs/{name}")
    page.until(
        lambda: page.script(
            "return performance.getEntriesByName(location.origin + '/do/opened').length"
        )
    )
    page.open(day)
    assert page.all(f"[id='p-{name}'] .act.read")


def test_an_absence_is_caught_up_with(page: Page, site: Any, day: str) -> None:
    page.open("/")
    database = site.folder / "bookwheel.sqlite3"
    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        connection.execute(
            "UPDATE bookwheel_lastvisit SET seen = '2026-05-05 08:00:00', newest = '2026-05-05'"
        )
    page.open("/")
    assert page.one(".missed").text.startswith("Since you were last here, Tuesday 5 May")
    page.one(".missed a").click()
    page.until(lambda: page.path == "/catch-up/2026-05-05")
    assert "the best 50 of" in page.one(".lead").text
    assert len(page.all(".card")) == 25
    page.press("M")
    page.said("All of these days are marked read.")
    page.open(day)
    assert page.all("[data-key=M]") == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, day: str, colours: str) -> None:
    page.prefer("prefers-color-scheme", colours)
    found = {}
    for path in (day, f"{day}?show=below", "/best", "/top", "/following", "/catch-up/2026-05-05"):
        page.open(path)
        if violations := page.violations():
            found[path] = violations
    page.prefer("prefers-color-scheme", "light")
    assert found == {}


def test_on_a_phone_it_fits_and_fingers_can_hit_everything(page: Page, day: str) -> None:
    page.resize(*PHONE, phone=True)
    page.open(day)
    assert page.script("return document.documentElement.scrollWidth") <= PHONE[0]
    wanted = ".act button, .days a, .views a, .progress button, .feed .filters a, .plain-list a"
    sizes = {one.text: one.size for one in page.all(wanted) if one.is_displayed()}
    assert {name: size for name, size in sizes.items() if min(size.values()) < 40} == {}
