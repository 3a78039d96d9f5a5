"""The page of search: what was understood, in which order, and where the search is at fault."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from markupsafe import escape

from bookwheel.actions.create_tag import create_tag
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.errors import QueryError
from bookwheel.index.syntax import parse
from bookwheel.models import Paper
from bookwheel.web.pages.help import examples
from bookwheel.web.pages.search import fault
from people import Person

pytestmark = pytest.mark.django_db

SCRIPT = {"HX-Request": "true"}


def test_an_empty_search_shows_what_can_be_typed(alice: Person) -> None:
    html = alice.client.get("/search").text
    assert "What you can type" in html
    assert 'href="/search?q=au%3Ahinton"' in html


@pytest.mark.parametrize("typed", [typed for typed, _finds in examples()])
def test_every_example_works(alice: Person, library: list[Paper], typed: str) -> None:
    assert alice.client.get(f"/search?q={quote(typed)}").status_code in (200, 302)


def test_it_says_what_was_understood_and_marks_the_words(
    alice: Person, library: list[Paper]
) -> None:
    html = alice.client.get("/search?q=learning+cat:cs.LG").text
    assert f"{escape(parse('learning cat:cs.LG').understood)} · " in html
    assert re.search(r" · \d+ papers · [\d.]+ ms · ", html)
    assert "<mark>Learning</mark>" in html or "<mark>learning</mark>" in html
    assert 'value="learning cat:cs.LG"' in html


def test_with_script_only_what_was_found_is_sent(alice: Person, library: list[Paper]) -> None:
    answer = alice.client.get("/search?q=learning", headers=SCRIPT)
    assert "<html" not in answer.text
    assert '<li class="card"' in answer.text
    assert "HX-Request" in answer["Vary"]


def test_a_fault_is_marked_at_its_place(alice: Person) -> None:
    answer = alice.client.get("/search?q=graph+%22neural")
    assert answer.status_code == 400
    assert "graph <mark>&#34;</mark>neural" in answer.text
    assert "not closed" in answer.text
    assert alice.client.get("/search?q=graph+%22neural", headers=SCRIPT).status_code == 200


@pytest.mark.parametrize("position", [-5, 0, 3, 99])
def test_a_fault_holds_the_whole_search(position: int) -> None:
    parts = fault("abc", QueryError("No.", position))
    assert (parts["before"] + parts["at"] + parts["after"]).rstrip() == "abc"


@pytest.mark.parametrize("typed", ["{id}", "https://arxiv.org/pdf/{id}v2", "arXiv:{id}"])
def test_a_pasted_identifier_leads_to_the_paper(
    alice: Person, library: list[Paper], typed: str
) -> None:
    arxiv_id = library[0].arxiv_id
    address = f"/search?q={quote(typed.format(id=arxiv_id))}"
    assert alice.client.get(address)["Location"] == f"/abs/{arxiv_id}"
    assert alice.client.get(address, headers=SCRIPT)["HX-Redirect"] == f"/abs/{arxiv_id}"


def test_orders_are_links(alice: Person, library: list[Paper]) -> None:
    tag_paper(alice.reader, library[0], "my tag")
    html = alice.client.get("/search?q=learning&days=365&page=2").text
    assert 'href="/search?q=learning&amp;days=365&amp;sort=date"' in html
    assert 'href="/search?q=learning&amp;days=365&amp;sort=tag%3Amy+tag"' in html
    html = alice.client.get("/search?q=learning&sort=tag:my+tag").text
    assert 'aria-current="true">my tag</a>' in html
    assert "▲" in html


def test_a_tag_without_papers_gives_no_order(alice: Person, library: list[Paper]) -> None:
    create_tag(alice.reader, "empty")
    assert "tag%3Aempty" not in alice.client.get("/search?q=learning").text


def test_categories_narrow(alice: Person, library: list[Paper]) -> None:
    html = alice.client.get("/search?q=learning").text
    assert 'href="/search?q=learning&amp;cat=cs.LG"' in html
    narrow = alice.client.get("/search?q=learning&cat=cs.LG").text
    assert 'aria-current="true">cs.LG</a>' in narrow
    assert '<input type="hidden" name="cat" value="cs.LG">' in narrow


def test_sorting_by_a_tag_that_is_not_there_is_404(alice: Person, library: list[Paper]) -> None:
    assert alice.client.get("/search?q=learning&sort=tag:nothing").status_code == 404
