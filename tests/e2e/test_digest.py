"""A digest as a mail program shows it: light and dark, wide and on a phone."""

from __future__ import annotations

import pytest

from browser import PHONE, Page

pytestmark = pytest.mark.e2e
GROUND = "return getComputedStyle(document.body).backgroundColor"
TOO_WIDE = "return document.documentElement.scrollWidth > innerWidth"


def shade(colour: str) -> int:
    """How light a colour is, of 765."""
    return sum(int(part) for part in colour.strip("rgb()").split(","))


def test_it_is_dark_where_the_reader_is(page: Page) -> None:
    page.open("/settings/digest/preview.html")
    assert page.all("h3 a")
    assert shade(page.script(GROUND)) > 700
    page.prefer("prefers-color-scheme", "dark")
    assert shade(page.script(GROUND)) < 100
    assert shade(page.script("return getComputedStyle(document.querySelector('h3 a')).color")) > 400
    page.prefer("prefers-color-scheme", "light")


def test_it_fits_a_phone(page: Page) -> None:
    page.resize(*PHONE, phone=True)
    page.open("/settings/digest/preview.html")
    assert not page.script(TOO_WIDE)


def test_a_digest_is_chosen_and_looked_at(page: Page) -> None:
    page.open("/settings/digest")
    page.one("input[name=on]").click()
    page.one("form.choices button.main").click()
    page.said("Digest set.")
    assert page.one("input[name=on]").is_selected()
    assert "sends no mail" in page.one(".notice").text
