"""Every list of papers: what is on it, and that its cost does not grow with its papers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import library
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.set_preferences import set_preferences
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.models import Mark, Paper
from people import Person

pytestmark = pytest.mark.django_db
QueryCounter = Callable[..., Any]

CARD = re.compile(r'<li class="card" id="p-([^"]+)">')


@dataclass(frozen=True)
class Shelf:
    """Papers that can be listed, and one more that alice likes and keeps under her tags."""

    papers: list[Paper]
    kept: Paper


def alike(count: int) -> list[dict[str, Any]]:
    """Papers near enough to each other that a card names the liked one."""
    return [one for one in library.records() if one["categories"].startswith("cs.CV")][:count]


@pytest.fixture(scope="session", params=[1, 3], ids=["one", "three"])
def shelf_folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, Path]:
    """How many papers, and a folder with the index of them and of the one that is kept."""
    folder = tmp_path_factory.mktemp("shelf")
    library.write_index(folder / "index", alike(request.param + 1))
    return request.param, folder


@pytest.fixture
def shelf(alice: Person, shelf_folder: tuple[int, Path], configure: Callable[..., None]) -> Shelf:
    """The shelf in force. The kept paper has the tags `vision` and `graphs`."""
    count, folder = shelf_folder
    configure(data=folder)
    kept, *papers = library.store(alike(count + 1))
    mark_paper(alice.reader, kept, Mark.Kind.LIKE)
    for tag in ("vision", "graphs"):
        tag_paper(alice.reader, kept, tag)
    return Shelf(papers, kept)


def cards(html: str) -> list[str]:
    """Identifiers of the papers on a page, in order."""
    return CARD.findall(html)


@pytest.mark.parametrize(
    ("address", "queries", "kept_too"),
    [
        ("/best", 16, False),
        ("/new", 12, True),
        ("/tag/vision", 17, True),
        ("/tags/any?tag=vision&tag=graphs", 18, True),
        ("/search?q=learning+models+of", 13, True),
        ("/search?q=learning+models+of&sort=tag:vision", 18, True),
        ("/similar/{kept}", 13, False),
        ("/random?seed=7", 12, True),
        ("/library", 13, None),
    ],
)
def test_lists_cost_the_same_whatever_is_on_them(
    alice: Person,
    shelf: Shelf,
    django_assert_num_queries: QueryCounter,
    address: str,
    queries: int,
    kept_too: bool | None,
) -> None:
    address = address.format(kept=shelf.kept.arxiv_id)
    alice.client.get(address)  # opens the index
    with django_assert_num_queries(queries):
        html = alice.client.get(address).text
    others = set() if kept_too is None else {paper.arxiv_id for paper in shelf.papers}
    kept = set() if kept_too is False else {shelf.kept.arxiv_id}
    assert set(cards(html)) == others | kept


def test_a_newcomer_is_told_how_to_begin_and_sees_the_newest(
    alice: Person, library: list[Paper]
) -> None:
    html = alice.client.get("/").text
    assert "has learned nothing of you yet" in html
    assert cards(html)[0] == max(library, key=lambda paper: (paper.announced, paper.pk)).arxiv_id


def test_papers_that_are_kept_are_not_offered_again(alice: Person, library: list[Paper]) -> None:
    mark_paper(alice.reader, library[0], Mark.Kind.LIKE)
    html = alice.client.get("/best").text
    assert len(cards(html)) == 25
    assert library[0].arxiv_id not in cards(html)
    assert "has learned nothing" not in html


def test_new_has_a_heading_for_each_day(alice: Person, library: list[Paper]) -> None:
    html = alice.client.get("/new").text
    shown = Paper.objects.in_bulk(cards(html), field_name="arxiv_id")
    days = [shown[arxiv_id].announced for arxiv_id in cards(html)]
    assert days == sorted(days, reverse=True)
    assert html.count('<h2 class="day">') == len(set(days))


def test_pages_are_links_that_keep_the_filters(alice: Person, library: list[Paper]) -> None:
    html = alice.client.get("/new?cat=cs&page=2").text
    assert '<link rel="prev" href="/new?cat=cs">' in html
    assert '<link rel="next" href="/new?cat=cs&amp;page=3">' in html
    assert "Page 2 of" in html
    first = alice.client.get("/new?cat=cs").text
    assert not set(cards(html)) & set(cards(first))


def test_the_filter_bar_is_filled_in_and_carries_what_it_does_not_show(
    alice: Person, library: list[Paper]
) -> None:
    html = alice.client.get("/random?seed=7&cat=cs.LG&hide=mine&days=365").text
    assert '<input type="hidden" name="seed" value="7">' in html
    assert '<input type="hidden" name="days" value="365">' in html
    assert 'name="cat" value="cs.LG"' in html
    assert 'name="hide" value="mine" checked' in html
    assert 'href="/random?seed=7&amp;hide=mine&amp;days=365"' in html


def test_only_first_versions(alice: Person, library: list[Paper]) -> None:
    html = alice.client.get("/new?only=v1").text
    shown = Paper.objects.filter(arxiv_id__in=cards(html))
    assert {len(paper.versions) for paper in shown} == {1}


def test_what_is_liked_and_hidden_shows(alice: Person, library: list[Paper]) -> None:
    liked, hidden = library[0], library[1]
    mark_paper(alice.reader, liked, Mark.Kind.LIKE)
    mark_paper(alice.reader, hidden, Mark.Kind.HIDE)
    html = alice.client.get("/library").text
    assert cards(html) == [liked.arxiv_id]
    assert 'aria-pressed="true" form="do" name="paper"' in html
    assert hidden.arxiv_id not in alice.client.get("/new?page=1").text
    html = alice.client.get(f'/search?q=ti:"{hidden.title.split(":")[0]}"').text
    assert "Hidden." in html  # who searches for it finds it, folded


def test_random_draws_a_seed_and_repeats_it(alice: Person, library: list[Paper]) -> None:
    answer = alice.client.get("/random?cat=cs")
    assert answer.status_code == 302
    address = answer["Location"]
    assert re.fullmatch(r"/random\?cat=cs&seed=\d+", address)
    assert cards(alice.client.get(address).text) == cards(alice.client.get(address).text)


@pytest.mark.parametrize(
    ("density", "abstract", "sentence"),
    [("titles", False, False), ("sentences", True, True), ("cards", True, False)],
)
def test_density_is_remembered(
    alice: Person, library: list[Paper], density: str, abstract: bool, sentence: bool
) -> None:
    set_preferences(alice.reader, density=density)
    html = alice.client.get("/new").text
    assert f'<ol class="cards {density}">' in html
    assert ('class="abs"' in html) == abstract
    assert ('<details class="abs"' in html) == sentence


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/library", "Nothing kept yet"),
        ("/new?since=1990-01-01&until=1990-01-02", "The filters leave nothing."),
        ("/new?page=999", "There is nothing on this page"),
        ("/search?q=%2Bxyzzyqwerty+ti%3Axyzzyqwerty", "No paper fits"),
    ],
)
def test_an_empty_list_says_why_and_what_next(
    alice: Person, library: list[Paper], address: str, said: str
) -> None:
    html = alice.client.get(address).text
    assert cards(html) == []
    assert said in html


def test_without_any_papers_there_is_a_next_step(alice: Person) -> None:
    assert "bookwheel import" in alice.client.get("/new").text


def test_a_tag_of_somebody_else_is_not_there(
    alice: Person, charlie: Person, library: list[Paper]
) -> None:
    tag_paper(alice.reader, library[0], "vision")
    for address in ("/tag/vision", "/tags/any?tag=vision", "/library?tag=vision"):
        assert alice.client.get(address).status_code == 200
        assert charlie.client.get(address).status_code == 404
