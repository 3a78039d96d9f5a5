"""Conversations with models in a browser: streams, stops, versions, faults, links, own files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from browser import PHONE, Page
from cut_line import cut_line
from e2e.conftest import Site
from made_pdfs import paper
from scripted_models import FAULTS, GOOD, HELD, OTHER, Scripted, scripted_models

pytestmark = pytest.mark.e2e
QUESTION = "What do deep neural networks learn from data?"
BROUGHT = """
const held = new DataTransfer();
held.items.add(new File([new Uint8Array(arguments[1])], arguments[0]));
for (const kind of ["dragover", "drop"])
  document.querySelector("#talk").dispatchEvent(
    new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held }));
"""
SELECTED = """
const text = document.querySelector(".body .text").firstChild;
const start = text.data.indexOf(arguments[0]);
getSelection().setBaseAndExtent(text, start, text, start + arguments[0].length);
document.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
"""
KEPT = "return document.querySelector('.reason input[name=reason]')?.defaultValue"
PASTED = """
const held = new DataTransfer();
held.setData("text/plain", arguments[0]);
document.querySelector("#text").dispatchEvent(
  new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: held }));
"""


@pytest.fixture(scope="module")
def server(site: Site) -> Iterator[Scripted]:
    """Models of a scripted server beside the site."""
    listed = site.folder / "models.toml"
    with scripted_models() as script:
        listed.write_text(script.listed())
        yield script
    listed.unlink()


@pytest.fixture
def script(server: Scripted, page: Page) -> Iterator[Scripted]:
    """The server, holding `held` until it is released."""
    server.go_on.clear()
    page.open("/ask")
    yield server
    server.release()


def begin(page: Page, model: str = "", text: str = QUESTION) -> None:
    """Ask, and do not wait for the answer."""
    Select(page.one("#composer [name=model]")).select_by_value(model)
    page.one("#text").send_keys(text, Keys.ENTER)


def ask(page: Page, model: str = "", text: str = QUESTION) -> None:
    """Ask, and wait until the answer is whole."""
    before = len(page.all(".turn.told"))
    begin(page, model, text)
    page.until(lambda: len(page.all(".turn.told")) > before)
    whole(page)


def whole(page: Page) -> None:
    """Wait until nothing is being written."""
    page.until(lambda: page.all(".turn.told") and not page.all("[data-running], .turn.running"))


def said(page: Page) -> str:
    """What the last answer says."""
    return "".join(each.text for each in page.all(".turn.told")[-1:])


def press(page: Page, selector: str) -> None:
    """Click something that may stand under the composer."""
    found = page.one(selector)
    page.script("arguments[0].scrollIntoView({ block: 'center' })", found)
    found.click()


def test_a_stream_survives_a_reload(page: Page, script: Scripted) -> None:
    begin(page, HELD)
    page.until(lambda: "What the papers say" in said(page))
    page.driver.refresh()
    page.until(lambda: "What the papers say" in said(page))
    assert page.all(".turn.running .steps li")
    script.release()
    whole(page)
    assert "What the papers say" in said(page)
    assert page.all(".turn.done .sources-list li")


def test_a_stream_survives_a_lost_connection(page: Page, script: Scripted, site: Site) -> None:
    with cut_line(int(site.address.rpartition(":")[2])) as line:
        page.driver.get(f"{line.address}/ask")
        begin(page, HELD)
        page.until(lambda: "What the papers say" in said(page))
        page.mark()
        assert line.cut()
        script.release()
        whole(page)
        assert page.same and "And no more" in said(page)
        assert len(page.all(".turn.told .parts .said.struck")) == 2  # none twice, none missing
    log = page.driver.get_log("browser")
    assert any("/events" in entry["message"] for entry in log)  # the browser saw it


def test_stop_keeps_what_came(page: Page, script: Scripted) -> None:
    begin(page, HELD)
    page.until(lambda: "What the papers say" in said(page))
    page.press(Keys.ESCAPE)
    page.until(lambda: page.all(".turn.stopped"))  # though the model is still held
    assert "What the papers say" in said(page)
    assert page.one(".stopped-note").text == "Stopped."


def test_what_is_sent_meanwhile_waits_its_turn(page: Page, script: Scripted) -> None:
    begin(page, HELD)
    page.until(lambda: "What the papers say" in said(page))
    page.one("#text").send_keys("And what do they forget?", Keys.ENTER)
    assert "And what do they forget?" in page.one("#queued").text
    assert len(page.all(".turn.question")) == 1
    script.release()
    page.until(lambda: len(page.all(".turn.question")) == 2)
    whole(page)
    assert not page.one("#queued").is_displayed()


def test_again_with_another_model_and_back(page: Page, script: Scripted) -> None:
    ask(page, GOOD)
    press(page, ".turn.told .does details summary")
    press(page, f".does .popover button[value$=' {OTHER}']")
    page.until(lambda: page.all(".turn.told .versions"))
    whole(page)
    assert "Another model" in said(page)
    assert "2/2" in page.one(".turn.told .versions").text
    press(page, ".turn.told .versions a")
    page.until(lambda: "What the papers say" in said(page))


def test_a_model_titles_the_conversation(page: Page, script: Scripted) -> None:
    ask(page, GOOD)
    page.until(lambda: page.one(".talk-head h1").text == "How networks learn")
    assert page.one(".shelf [aria-current]").text == "How networks learn"
    assert page.driver.title.startswith("How networks learn")


def test_a_number_opens_the_passage(page: Page, script: Scripted) -> None:
    ask(page)
    words = page.one(".said q").text
    page.one(".said .cite").click()
    page.until(lambda: page.path.startswith("/abs/"))
    marked = " ".join(each.text for each in page.all(".passage"))
    assert " ".join(words.strip("“”").split())[:30] in " ".join(marked.split())


def test_share_and_end_the_link(page: Page, script: Scripted) -> None:
    ask(page)
    page.one(".talk-head details summary").click()
    page.one("#share").click()
    link = page.one(".shared-link input").get_attribute("value")
    here = page.path
    page.driver.get(link)
    assert QUESTION in page.one(".asked").text
    assert not page.all("#composer") and page.violations() == []
    page.open(here)
    page.one(".shared-link button").click()
    page.said("The link has ended.")
    page.driver.get(link)
    assert "no such page" in page.one("main").text
    page.driver.get_log("browser")  # it says 404


def test_delete_and_undo(page: Page, script: Scripted) -> None:
    ask(page)
    page.one(".talk-head details summary").click()
    page.one("#delete").click()
    page.said("1 conversation deleted.")
    assert not page.all(".shelf [aria-current]")
    page.one("#toasts button, .toast button").click()
    page.until(lambda: page.all(".shelf ul li a .name"))
    assert QUESTION in page.one(".shelf ul li a .name").text


def test_a_temporary_conversation_is_in_no_list(page: Page, script: Scripted) -> None:
    page.one("a.temporary").click()
    page.until(lambda: page.path.endswith("temporary=1"))
    ask(page)
    assert "Temporary" in page.one(".talk-head").text
    assert not page.all(".shelf ul li a .name")


def test_a_pdf_is_dropped_asked_and_opened(page: Page, script: Scripted) -> None:
    page.script(BROUGHT, "My paper.pdf", list(paper()))
    page.until(lambda: page.all("#attached .chip"))
    ask(page, text="How much sooner do readers find what they seek?")
    assert "in My paper.pdf" in page.one(".question .scope").text
    page.one(".said .cite").click()
    page.until(lambda: page.path.startswith("/own/"))
    assert page.one(".passage").is_displayed() and page.violations() == []
    page.open("/own")
    assert "My paper.pdf" in page.one(".own-list").text
    assert page.violations() == []


def test_a_long_paste_becomes_a_file(page: Page, script: Scripted) -> None:
    page.script(PASTED, "Zebrafish sleep little. They hardly do. " * 120)
    page.until(lambda: page.all("#attached .chip.here"))
    assert page.one("#text").get_attribute("value") == ""
    page.one("[data-detach]").click()
    assert not page.all("#attached .chip")


def test_selected_words_are_asked_about(page: Page, script: Scripted) -> None:
    page.script(
        BROUGHT, "radium.txt", list(b"Radium glows in the dark. Nobody knows for how long.")
    )
    page.until(lambda: page.all("#attached .chip.here"))
    page.open("/own")
    page.one(".own-list a").click()
    page.script(SELECTED, "glows in the dark")
    page.one("#marker .ask").click()
    page.until(lambda: page.path.startswith("/ask"))
    assert page.one("#composer .about").text == "glows in the dark"
    ask(page, text="For how long?")
    assert page.one(".question .about").text == "glows in the dark"
    assert "radium.txt" in page.one(".question .scope").text


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_quotations_and_a_way_on(fault: str, page: Page, script: Scripted) -> None:
    ask(page, fault)
    assert page.one(".turn.failed .trouble button").text == "Try again"
    assert page.all(".turn.failed .cite")
    assert page.one("#text").is_enabled()


def test_what_can_be_asked_for_is_offered(page: Page, script: Scripted) -> None:
    page.one("#text").send_keys("/")
    page.until(lambda: len(page.all("#completions [role=option]")) > 4)
    page.one("#text").send_keys("comp", Keys.ENTER)
    page.until(lambda: page.one("#text").get_attribute("value") == "Compare ")


def test_what_was_wrong_can_be_said(page: Page, script: Scripted) -> None:
    ask(page)
    press(page, ".rating button:last-child")
    page.one(".reason input[name=reason]").send_keys("Too old", Keys.ENTER)
    page.until(lambda: page.script(KEPT) == "Too old")


def test_the_menu_offers_what_belongs_to_a_conversation(page: Page, script: Scripted) -> None:
    ask(page)
    page.one(".talk-head details summary").click()
    assert len(page.all(".talk-head .popover form")) == 3
    assert not page.all(".talk-head .popover form:first-child ul")


def test_a_fault_on_a_phone(page: Page, script: Scripted) -> None:
    page.resize(*PHONE, phone=True)
    assert page.script("return document.documentElement.scrollWidth") == PHONE[0]
    ask(page, "refuses")
    assert page.script("return document.documentElement.scrollWidth") == PHONE[0]
    assert page.violations() == []
