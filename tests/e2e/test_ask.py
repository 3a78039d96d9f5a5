"""A conversation in a browser, and the same site asked by another program."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

import openai
import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import PHONE, Page
from e2e.conftest import Site

pytestmark = pytest.mark.e2e
KEY = "bw_abcdefgh_" + "x" * 43


def ask(page: Page, text: str) -> None:
    """Type a question, press Enter and wait until the answer is whole."""
    before = len(page.all(".turn.done"))
    page.one("#text").send_keys(text, Keys.ENTER)
    page.until(lambda: len(page.all(".turn.done")) > before and not page.all("[data-running]"))


def test_ask_read_edit_and_go_back(page: Page) -> None:
    page.open("/ask")
    assert page.focused.get_attribute("id") == "text"
    page.mark()
    ask(page, "What do neural networks learn?")
    assert page.path.startswith("/ask/")
    assert page.same
    ActionChains(page.driver).move_to_element(page.one(".cite")).perform()
    page.until(lambda: page.one("#hover").is_displayed())
    assert page.one("#hover mark").text
    page.script("document.querySelector('.question .edit').open = true")
    box = page.one(".question .edit textarea")
    box.clear()
    box.send_keys("What are galaxies made of?", Keys.ENTER)
    page.until(lambda: page.all(".question .versions"))
    page.until(lambda: not page.all("[data-running]"))
    page.one(".question .versions a").click()
    page.until(lambda: "neural" in page.one(".asked").text)
    page.driver.refresh()
    assert page.one(".turn.done .cite")
    assert page.violations() == []


def test_sources_stand_beside_and_keys_work(page: Page) -> None:
    page.resize(1500, 900)
    page.open("/ask")
    ask(page, "What do neural networks learn?")
    page.script("document.querySelector('.sources').scrollIntoView({ block: 'center' })")
    page.one(".sources > summary").click()
    page.until(lambda: page.one("#panel").is_displayed())
    assert page.one("#panel .open").get_attribute("href").count("/read?")
    page.press(Keys.ESCAPE)
    page.until(lambda: not page.one("#panel").is_displayed())
    page.script("document.querySelector('.copy').scrollIntoView({ block: 'center' })")
    page.one(".copy").click()
    page.said("Copied as Markdown.")
    ActionChains(page.driver).key_down(Keys.SHIFT).send_keys(Keys.ESCAPE).key_up(
        Keys.SHIFT
    ).perform()
    assert page.focused.get_attribute("id") == "text"


def test_a_draft_waits_and_a_tag_is_offered(page: Page) -> None:
    page.open("/ask")
    page.one("#text").send_keys("What of @neural")
    page.one("#completions [data-value]").click()
    written = page.one("#text").get_attribute("value")
    assert "@2" in written or "/" in written
    page.until(lambda: page.script(DRAFT) == written)
    page.open("/ask")
    assert page.one("#text").get_attribute("value") == written


DRAFT = """
const request = new XMLHttpRequest();
request.open('GET', '/ask', false); request.send();
const page = new DOMParser().parseFromString(request.responseText, 'text/html');
return page.getElementById('text').value;
"""


def test_it_fits_a_phone(page: Page) -> None:
    page.resize(*PHONE, phone=True)
    page.open("/ask")
    ask(page, "What do neural networks learn?")
    assert page.script("return document.documentElement.scrollWidth") == PHONE[0]
    assert page.violations() == []


@pytest.fixture
def client(page: Page, site: Site) -> Iterator[openai.OpenAI]:
    """The official client, with a key of the reader."""
    page.open("/ask")  # the reader of this machine is there from now on
    connection = sqlite3.connect(site.folder / "bookwheel.sqlite3", timeout=20)
    with connection:
        connection.execute("DELETE FROM bookwheel_apikey")
        connection.execute(
            "INSERT INTO bookwheel_apikey "
            "(reader_id, name, handle, digest, scopes, created, minute, used) "
            "SELECT id, 'test', 'abcdefgh', ?, 'ask', '2026-01-01', 0, 0 "
            "FROM bookwheel_reader LIMIT 1",
            [hashlib.sha256(KEY.encode()).hexdigest()],
        )
    connection.close()
    with openai.OpenAI(base_url=f"{site.address}/v1", api_key=KEY, max_retries=0) as made:
        yield made


def test_the_official_client_asks(client: openai.OpenAI, site: Site) -> None:
    assert "bookwheel:library" in [model.id for model in client.models.list()]
    assert client.models.retrieve("bookwheel:library").owned_by == "bookwheel"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("bookwheel:tag:nothing")
    messages = [{"role": "user", "content": "What do neural networks learn?"}]
    whole = client.chat.completions.create(model="bookwheel", messages=messages)
    told = whole.choices[0].message
    assert told.annotations
    for note in told.annotations:
        place = note.url_citation
        assert told.content[place.start_index : place.end_index].startswith("[")
        assert note.quotation["text"]
    stream = client.chat.completions.create(
        model="bookwheel", messages=messages, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert said == told.content
    assert chunks[-1].usage.completion_tokens == 0
    with pytest.raises(openai.BadRequestError, match="no model"):
        client.chat.completions.create(model="gpt-9", messages=messages)
    stranger = openai.OpenAI(base_url=f"{site.address}/v1", api_key="bw_no", max_retries=0)
    with stranger, pytest.raises(openai.AuthenticationError):
        stranger.models.list()
