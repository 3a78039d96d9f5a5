"""axe-core finds nothing serious on any page, in light and in dark, wide and on a phone."""

from __future__ import annotations

import pytest

from browser import PHONE, Page

pytestmark = pytest.mark.e2e

PAGES = [
    "/",
    "/new",
    "/tag/robots",
    "/tag/robots/learned",
    "/tag/robots/begin",
    "/begin?author=Wang",
    "/tags",
    "/search",
    "/search?q=neural+networks",
    "/similar/{paper}",
    "/random?seed=1",
    "/library",
    "/abs/{paper}",
    "/abs/{paper}/words",
    "/abs/{paper}/why",
    "/stats",
    "/help",
    "/settings",
    "/settings/digest",
    "/webhooks",
    "/following",
    "/account/delete",
]


@pytest.fixture
def paper(page: Page) -> str:
    """A paper that is liked, and under a tag."""
    page.open("/new")
    page.press("j", "t", "robots\n")
    page.said("Tagged.")
    page.one(".card [data-key=s]").click()
    page.said("Liked.")
    found: str = page.one(".card").get_attribute("id").removeprefix("p-")
    return found


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page(page: Page, paper: str, colours: str) -> None:
    page.prefer("prefers-color-scheme", colours)
    found = {}
    for path in PAGES:
        page.open(path.format(paper=paper))
        if violations := page.violations():
            found[path] = violations
    page.prefer("prefers-color-scheme", "light")
    assert found == {}


def test_a_page_in_use(page: Page, paper: str) -> None:
    """With everything open that can be opened, and a hidden paper."""
    page.open("/")
    page.press("j", "x", "w")
    page.one(".sum tfoot")
    page.press("j", "d")
    page.said("Hidden.")
    page.press("j", "t")
    assert page.violations() == []


def test_on_a_phone(page: Page, paper: str) -> None:
    page.resize(*PHONE, phone=True)
    page.open("/")
    assert page.violations() == []
