"""Reading in a browser: like, hide, tag, search, mathematics, colours, a phone."""

from __future__ import annotations

import pytest

from browser import PHONE, Page

pytestmark = pytest.mark.e2e


def test_a_like_shows_at_once_and_can_be_undone(page: Page) -> None:
    page.open("/new")
    page.mark()
    page.one(".card [data-key=s]").click()
    page.said("Liked.")
    assert page.one(".card [data-key=s]").get_attribute("aria-pressed") == "true"
    assert page.focused == page.one(".card [data-key=s]")
    page.one("#toasts button").click()
    page.said("Undone.")
    assert page.one(".card [data-key=s]").get_attribute("aria-pressed") == "false"
    assert page.same


def test_a_hidden_paper_collapses_in_place(page: Page) -> None:
    page.open("/new")
    page.mark()
    before = [card.get_attribute("id") for card in page.all(".card")]
    height = page.one(".card").size["height"]
    page.one(".card [data-key=d]").click()
    page.said("Hidden.")
    assert [card.get_attribute("id") for card in page.all(".card")] == before
    assert page.one(".card").size["height"] < height / 2
    page.one(".card .gone button").click()
    page.said("Shown again.")
    assert page.one(".card").size["height"] == height
    assert page.same


def test_the_tag_chooser_offers_known_tags(page: Page) -> None:
    page.open("/new")
    page.mark()
    first, second = page.all(".card")[:2]
    page.script("arguments[0].querySelector('.tagger').open = true", first)
    page.one(".tagger[open] input[name=tag]").send_keys("robots\n")
    page.said("Tagged.")
    assert page.one(".rail .tags").text == "robots"
    page.script("arguments[0].querySelector('.tagger').open = true", second)
    page.one(".tagger[open] li button").click()
    page.until(lambda: len(page.all(".tagged")) == 2)
    assert page.same
    page.open("/tag/robots")
    assert page.one("h1").text == "robots"
    assert page.one(".why summary").text.startswith("ranked for robots")


def test_the_sum_unfolds_under_the_reasons(page: Page) -> None:
    page.open("/new")
    page.one(".card [data-key=s]").click()
    page.said("Liked.")
    page.open("/")
    page.one(".why summary").click()
    page.one(".why .sum tfoot")
    assert page.all(".why .shaded b")


def test_results_follow_the_typing_and_the_address(page: Page) -> None:
    page.open("/search")
    page.mark()
    page.one("#q").send_keys("neural networks")
    page.one("#found .card mark")
    page.until(lambda: "q=neural" in page.path)
    page.one("#q").send_keys(' "open')
    page.one("#found .place mark")
    assert page.same
    assert page.focused == page.one("#q")
    page.driver.refresh()
    assert page.one("#q").get_attribute("value") == 'neural networks "open'
    page.driver.get_log("browser")  # the reload of a search at fault is a 400, and so it is noted


def test_back_leads_to_the_page_before_the_search(page: Page) -> None:
    page.open("/help")
    page.open("/search")
    page.one("#q").send_keys("learning")
    page.until(lambda: "q=learning" in page.path)
    page.driver.back()
    page.until(lambda: page.path == "/help")


def test_a_pasted_link_goes_to_the_paper(page: Page) -> None:
    page.open("/new")
    arxiv_id = page.one(".card").get_attribute("id").removeprefix("p-")
    page.open("/search")
    page.one("#q").send_keys(f"https://arxiv.org/abs/{arxiv_id}")
    page.until(lambda: page.path == f"/abs/{arxiv_id}")


def test_the_abstract_unfolds_and_mathematics_is_set(page: Page) -> None:
    page.open("/search?q=the+of&only=v1")
    page.script("document.querySelectorAll('details.abs').forEach((one) => (one.open = true))")
    page.one(".abs .math .katex")
    assert page.all(".math:not(.done)") == []


def test_without_a_formula_katex_is_not_fetched(page: Page) -> None:
    page.open("/help")
    names = page.script("return performance.getEntriesByType('resource').map((one) => one.name)")
    assert [name for name in names if "katex" in name] == []
    assert [name for name in names if not name.startswith(page.address)] == []


def test_what_is_chosen_is_kept(page: Page) -> None:
    page.open("/new")
    page.one('.tabs button[value="titles"]').click()
    page.one("ol.cards.titles")
    page.open("/settings")
    page.one('input[name="theme"][value="dark"]').click()
    page.one("form.choices button").click()
    page.one('html[data-theme="dark"]')
    page.open("/new")
    assert page.all("ol.cards.titles")


def background(page: Page) -> str:
    """The colour of the paper."""
    colour: str = page.script("return getComputedStyle(document.body).backgroundColor")
    return colour


def test_dark_follows_the_system_and_the_readers_choice(page: Page) -> None:
    page.prefer("prefers-color-scheme", "light")
    page.open("/settings")
    light = background(page)
    page.prefer("prefers-color-scheme", "dark")
    dark = background(page)
    assert light != dark
    page.one('input[name="theme"][value="light"]').click()
    page.one("form.choices button").click()
    page.one('html[data-theme="light"]')
    assert background(page) == light
    page.prefer("prefers-color-scheme", "light")


@pytest.mark.parametrize("path", ["/new", "/search?q=graph", "/tags", "/stats", "/help"])
@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page, path: str, width: int) -> None:
    page.resize(width, PHONE[1], phone=True)
    page.open(path)
    assert page.script("return document.documentElement.scrollWidth") <= width
    rail = page.one(".rail").rect
    assert rail["y"] + rail["height"] == pytest.approx(PHONE[1], abs=1)  # along the bottom


def test_on_a_phone_fingers_can_hit_everything(page: Page) -> None:
    page.resize(*PHONE, phone=True)
    page.open("/new")
    wanted = ".act button, .act summary, .links a, .rail a, .tabs button, .pager a, .filters a"
    sizes = {
        (one.text or one.get_attribute("aria-label")): one.size
        for one in page.all(wanted)
        if one.is_displayed()
    }
    assert {name: size for name, size in sizes.items() if min(size.values()) < 40} == {}


def test_back_from_a_paper_returns_to_the_same_place(page: Page) -> None:
    page.open("/new")
    page.script("window.scrollTo(0, 900)")
    page.script("document.querySelectorAll('.card h3 a')[5].click()")
    page.one("article.paper")
    page.driver.back()
    page.one(".card")
    page.until(lambda: page.script("return window.scrollY") >= 850)


def test_an_error_of_the_server_is_said_and_nothing_is_lost(page: Page) -> None:
    page.open("/new")
    page.script("document.querySelector('.card [data-key=s]').value = '9999.99999'")
    page.one(".card [data-key=s]").click()
    page.said("There is no such page")
    assert page.all(".card [data-key=s]")
    page.driver.get_log("browser")  # the 404 is noted there
