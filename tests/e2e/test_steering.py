"""Begin an interest and steer it, in a browser."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from browser import PHONE, Page

pytestmark = pytest.mark.e2e


@pytest.fixture
def speech(page: Page) -> str:
    """An interest that was begun with a sentence."""
    page.open("/")
    page.one('.welcome a[href="/begin"]').click()
    page.one("input[name=name]").send_keys("speech")
    page.one("textarea[name=sentence]").send_keys("interested in speech recognition, but not music")
    page.one("form.say button.main").click()
    page.one("#cards")
    assert page.path == "/tag/speech/begin"
    return "/tag/speech/learned"


def titles(page: Page) -> list[str]:
    return [one.text for one in page.all(".card h3")]


def test_cold_start_with_a_sentence_and_cards(page: Page, speech: str) -> None:
    assert page.one("#best")
    for number in (1, 2, 3):
        shown = page.one(".pair h3").text
        page.one(".pair button").click()
        page.until(lambda shown=shown: page.one(".pair h3").text != shown)
        page.said("Noted.")
        assert f"{number} of 10" in page.one("section[aria-labelledby=cards] .lead").text
    page.one('.lead a[href="/tag/speech"]').click()
    page.until(lambda: page.path == "/tag/speech")
    assert "speech" in titles(page)[0].lower()


def test_a_mute_takes_hold_at_once_and_is_undone(page: Page, speech: str) -> None:
    page.open("/tag/speech")
    before = titles(page)
    page.open(speech)
    page.mark()
    page.one('button[value$="words mute:speech"]').click()
    page.said("Steered.")
    row = page.one("tr.said.mute")
    assert row.text.startswith("speech")
    assert page.one('tr.said.mute button[aria-pressed="true"]').text.startswith("mute")
    assert page.same
    page.open("/tag/speech")
    assert titles(page) != before
    page.open(speech)
    page.one('tr.said.mute button[aria-pressed="true"]').click()
    page.until(lambda: not page.all("tr.said.mute"))
    page.open("/tag/speech")
    assert titles(page) == before


def test_undo_in_the_toast_restores_the_list(page: Page, speech: str) -> None:
    page.open("/tag/speech")
    before = titles(page)
    page.open(speech)
    page.one('button[value$="words mute:speech"]').click()
    page.said("Steered.")
    page.one("#toasts button").click()
    page.until(lambda: not page.all("tr.said.mute"))
    page.open("/tag/speech")
    assert titles(page) == before


def test_the_dial_turns_by_keyboard_and_history_leads_back(page: Page, speech: str) -> None:
    page.open(speech)
    page.script("document.querySelector('.dial input:checked').focus()")
    page.press(Keys.ARROW_RIGHT)
    page.said("Steered.")
    page.until(lambda: page.one(".dial input:checked").get_attribute("value") == "1")
    assert "Breadth: +1" in page.one(".steps li").text
    page.one(".steps button").click()
    page.until(lambda: page.one(".dial input:checked").get_attribute("value") == "0")


def test_what_is_never_wanted_leaves_the_list(page: Page, speech: str) -> None:
    page.open(speech)
    page.one("select[name=kind] option[value='never_words.add']").click()
    page.one("input[name=name]").send_keys("speech")
    page.one("section[aria-labelledby=add] button").click()
    page.until(lambda: "“speech”" in page.one(".nevers").text)
    page.open("/tag/speech")
    assert titles(page)
    assert all("speech" not in title.lower() for title in titles(page))


def test_on_a_phone_everything_has_room(page: Page, speech: str) -> None:
    page.resize(*PHONE, phone=True)
    for path in (speech, "/tag/speech/begin", "/begin"):
        page.open(path)
        wide = page.script("return document.documentElement.scrollWidth")
        assert wide <= PHONE[0], path
        assert page.violations() == []
