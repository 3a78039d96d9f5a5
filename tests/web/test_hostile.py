"""Titles, abstracts, names and tags with HTML and hostile TeX, through every page."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

import library
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.save_search import save_search
from bookwheel.actions.set_preferences import set_preferences
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.models import Mark, Paper
from bookwheel.models.reader import Density
from hostile import HOSTILE
from people import Configure, Person

pytestmark = pytest.mark.django_db

TAG = "\"><script>alert(1)</script>' {{ 7*7 }} &amp;".replace("/", "")
NAMES = [text for text in HOSTILE if text.strip() and "\udfff" not in text]
VOID = {"meta", "link", "input", "br", "img", "hr"}
PAGES = [
    "/",
    "/day/{day}?from={text}&cat=cs",
    "/day/{day}?show=below",
    "/catch-up/2020-01-01",
    "/following",
    "/best?days=all",
    "/new?cat=cs&since=2020-01-01",
    "/tag/{tag}",
    "/tag/{tag}/learned",
    "/tags/any?tag={tag}&tag=b",
    "/tags",
    "/search?q={text}",
    "/search?q=alert&sort=tag:{tag}",
    "/search?q=%22%3Cscript%3Ealert(1)%3C/script%3E",
    "/similar/{paper}",
    "/random?seed=1&x={text}",
    "/library?tag={tag}",
    "/abs/{paper}",
    "/abs/{paper}/words",
    "/abs/{paper}/why?tag={tag}",
    "/settings",
]


class Page(HTMLParser):
    """A page as a browser reads it: fails where a text has become an element or an attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert not [name for name in values if name.startswith("on") or name == "style"]
        assert tag not in ("img", "iframe", "object", "style", "base", "math", "mtext")
        if tag == "script":
            assert (values["src"] or "").startswith("/static/")
        for name in ("href", "action", "formaction", "src"):
            if value := values.get(name):
                assert value.startswith(("/", "#", "http://", "https://")), value
                assert not value.startswith("//")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def hostile_fields() -> list[dict[str, object]]:
    """As many papers as there are hostile texts, each with one of them everywhere."""
    fields = []
    for record, text in zip(library.records(), NAMES, strict=False):
        shown = text.encode("utf-8", "replace").decode()
        fields.append(
            record
            | {
                "title": shown,
                "abstract": f"{shown} We alert on <b>{shown}</b>. {record['abstract']}",
                "comments": shown,
                "authors": [[shown, "<i>", "&"], *record["authors"]],
                "categories": f"cs.LG {record['categories']}",
            }
        )
    return fields


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the hostile papers."""
    folder = tmp_path_factory.mktemp("hostile")
    library.write_index(folder / "index", hostile_fields())
    return folder


@pytest.fixture
def hostile(alice: Person, hostile_folder: Path, configure: Configure) -> list[Paper]:
    """The hostile papers, some of them liked and under a hostile tag."""
    configure(data=hostile_folder)
    papers = library.store(hostile_fields())
    for paper in papers[:12]:
        mark_paper(alice.reader, paper, Mark.Kind.LIKE)
        tag_paper(alice.reader, paper, TAG)
    tag_paper(alice.reader, papers[0], "b")
    for family, given, _suffix in (paper.authors[0] for paper in papers[:5]):
        follow_author(alice.reader, family or "x", given)
    save_search(alice.reader, "alert")
    save_search(alice.reader, '"<script>alert(1)</script>"')
    return papers


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("address", PAGES)
def test_every_page_shows_texts_as_text(
    alice: Person, hostile: list[Paper], address: str, density: Density
) -> None:
    set_preferences(alice.reader, density=density)
    asked = address.format(
        tag=quote(TAG, safe=""),
        text=quote(NAMES[0], safe=""),
        paper=hostile[3].arxiv_id,
        day=hostile[3].announced,
    )
    answer = alice.client.get(asked)
    assert answer.status_code in (200, 400)
    Page(answer.text)


def test_every_hostile_paper_has_a_page(alice: Person, hostile: list[Paper]) -> None:
    for paper in hostile:
        Page(alice.client.get(f"/abs/{paper.arxiv_id}").text)
        piece = alice.client.get(f"/abs/{paper.arxiv_id}/why", headers={"HX-Request": "true"})
        Page(piece.text)
        assert alice.client.get(f"/bib/{paper.arxiv_id}").status_code == 200


def test_gestures_answer_with_texts_as_text(alice: Person, hostile: list[Paper]) -> None:
    answer = alice.client.post(
        "/do/tag",
        {"paper": hostile[20].arxiv_id, "tag": "<img src=x onerror=alert(1)>"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    Page(answer.text)


def test_templates_in_texts_are_not_run(alice: Person, hostile: list[Paper]) -> None:
    assert alice.client.get("/tags").text.count("{{ 7*7 }}") >= 2


@pytest.mark.parametrize(
    "html", ["<img src=x>", "<p onclick=x>", "<a href=javascript:x>", "<p><b></p>", "<!-- x -->"]
)
def test_this_test_would_see_it(html: str) -> None:
    with pytest.raises(AssertionError):
        Page(html)
