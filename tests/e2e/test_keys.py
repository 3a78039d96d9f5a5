"""All by keyboard."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from browser import Page

pytestmark = pytest.mark.e2e


def current(page: Page) -> str:
    """Identifier of the paper that has the focus."""
    name: str = page.script("return document.activeElement.closest('.card')?.id ?? ''")
    return name


def test_move_like_hide_undo(page: Page) -> None:
    page.open("/new")
    page.mark()
    ids = [card.get_attribute("id") for card in page.all(".card")]
    page.press("j")
    assert current(page) == ids[0]
    page.press("j", "j", "k")
    assert current(page) == ids[1]
    page.press("s")
    page.said("Liked.")
    assert current(page) == ids[1]
    page.press("u")
    page.said("Undone.")
    page.press("d")
    page.said("Hidden.")
    assert current(page) == ids[1]
    page.press("u")
    page.said("Undone.")
    page.press("j")
    assert current(page) == ids[2]
    assert page.same


def test_tag_and_escape(page: Page) -> None:
    page.open("/new")
    page.press("j", "t")
    assert page.focused.get_attribute("name") == "tag"
    page.press("s", Keys.ESCAPE)  # in the box a letter is a letter
    assert page.focused.get_attribute("data-key") == "t"
    assert page.all(".tagger[open]") == []
    page.press("t", Keys.CONTROL + "a", "robots", Keys.ENTER)
    page.said("Tagged.")
    assert page.one(".tagged").text.startswith("robots")


def test_unfold_why_and_open(page: Page) -> None:
    page.open("/new")
    page.press("j", "s")
    page.said("Liked.")
    page.open("/best")
    page.press("j", "x")
    assert page.all("details.abs[open]")
    page.press("w")
    page.one(".why .sum tfoot")
    there = current(page).removeprefix("p-")
    page.press("o")
    page.until(lambda: page.path == f"/abs/{there}")
    page.press("s")
    page.said("Liked.")


def test_copy_bibtex(page: Page) -> None:
    page.open("/new")
    page.press("j", "y")
    page.said("BibTeX copied.")


def test_search_and_places(page: Page) -> None:
    page.open("/new")
    page.press("/")
    assert page.focused == page.one("#q")
    page.press("g", "h")
    assert page.one("#q").get_attribute("value") == "gh"
    for key, path in (("l", "/library"), ("t", "/tags"), ("n", "/new"), ("h", "/")):
        page.open("/help")
        page.press("g", key)
        page.until(lambda path=path: page.path == path)


def test_the_sheet_of_keys_opens_and_gives_the_focus_back(page: Page) -> None:
    page.open("/new")
    page.press("j")
    before = current(page)
    page.press("?")
    page.until(lambda: page.one("dialog").is_displayed())
    assert "next, previous paper" in page.one("dialog").text
    assert page.violations() == []
    page.press(Keys.ESCAPE)
    page.until(lambda: not page.one("dialog").is_displayed())
    assert current(page) == before


def test_the_first_tab_leads_to_the_content(page: Page) -> None:
    page.open("/new")
    page.press(Keys.TAB)
    assert page.focused.text == "To the content"
    page.press(Keys.ENTER)
    page.until(lambda: page.focused.get_attribute("id") == "main")
