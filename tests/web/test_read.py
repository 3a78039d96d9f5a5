from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from bookwheel.actions.annotate import Selection, annotate
from bookwheel.actions.keep_document import keep_document
from bookwheel.core.document import Block, Image, Kind, Section
from bookwheel.models import Annotation, Paper, Place
from bookwheel.web.reading_address import passage_of, reading_address
from documents import PIXEL, document, paragraph, texts
from hostile import HOSTILE
from people import Configure, Person, make_paper

CC_BY = "http://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(autouse=True)
def _here(configure: Configure) -> None:
    configure(offline="false")


@pytest.fixture
def kept(paper: Paper) -> Paper:
    keep_document(paper, 1, document(), {"dish.png": PIXEL})
    return paper


def read(client: Client, paper: Paper, query: str = "") -> str:
    answer = client.get(f"/abs/{paper.arxiv_id}/read{query}")
    assert answer.status_code == 200
    return answer.text


def test_a_full_text_is_shown_with_all_its_parts(alice: Person, kept: Paper) -> None:
    page = read(alice.client, kept)
    for piece in (
        '<h2 id="at-s1"><span class="number">1</span> Introduction</h2>',
        '<p id="at-s1.p1" data-block="s1.p1" class="text">Radium glows',
        f'src="/abs/{kept.arxiv_id}/v1/file/dish.png"',
        '<th scope="col">ore</th>',
        '<td><span class="whole" data-at="0-3"><span class="math">2</span></span></td>',
        '<li id="at-r1">',
        'href="https://doi.org/10.1000/Rays"',
        '<p id="at-n1" data-block="n1" class="footnote"><sup>1</sup>',
    ):
        assert piece in page


def test_a_picture_has_no_rights(alice: Person, kept: Paper) -> None:
    answer = alice.client.get(f"/abs/{kept.arxiv_id}/v1/file/dish.png")
    assert b"".join(answer.streaming_content) == PIXEL  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    for name in ("document.json.zst", "other.png", "..%2Fx.png"):
        assert alice.client.get(f"/abs/{kept.arxiv_id}/v1/file/{name}").status_code == 404


def test_without_full_text_the_abstract_is_read(alice: Person, paper: Paper) -> None:
    page = read(alice.client, paper)
    assert "They are good." in page
    assert "The full text is not here yet" in page
    answer = alice.client.get(f"/abs/{paper.arxiv_id}/read?v=7")
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("settings", "licence", "shown"),
    [
        ({}, "", True),
        ({"sign_up": "open"}, "", False),
        ({"sign_up": "open"}, CC_BY, True),
        ({"sign_up": "open", "serve_full_text": "all"}, "", True),
        ({"serve_full_text": "open"}, CC_BY.replace("by", "by-nc-nd"), False),
        ({"serve_full_text": "creative-commons"}, CC_BY.replace("by", "by-nc-nd"), True),
    ],
)
def test_only_texts_whose_licence_allows_it_are_served(
    alice: Person, configure: Configure, settings: dict[str, str], licence: str, shown: bool
) -> None:
    configure(**settings)
    paper = make_paper(license=licence)
    keep_document(paper, 1, document(), {"dish.png": PIXEL})
    page = read(alice.client, paper)
    assert ("Radium glows" in page) == shown
    assert ("does not let this site show" in page) != shown
    picture = alice.client.get(f"/abs/{paper.arxiv_id}/v1/file/dish.png")
    assert (picture.status_code == 200) == shown


def test_a_link_to_a_passage_marks_it(alice: Person, kept: Paper) -> None:
    address = reading_address(kept.arxiv_id, 1, "s1.p1", 0, 12)
    assert address == f"/abs/{kept.arxiv_id}/read?v=1&at=s1.p1:0-12#at-s1.p1"
    page = alice.client.get(address).text
    assert '<mark class="passage" id="passage" data-mark="passage">Radium glows</mark>' in page
    assert passage_of("a:b:1-2") == ("a:b", 1, 2)
    for bad in ("", "x", "x:1", "x:1-b", ":1-2"):
        assert passage_of(bad) is None
        read(alice.client, kept, f"?at={bad}")


def test_references_lead_to_papers_here_and_back(alice: Person, kept: Paper) -> None:
    cited = make_paper("2501.00001", title="Inertia of bodies")
    assert "Inertia of bodies" in read(alice.client, kept)
    assert kept.title in read(alice.client, cited)
    assert "Cited here by" in read(alice.client, cited)


def test_highlights_are_drawn_and_only_for_their_reader(
    alice: Person, charlie: Person, kept: Paper
) -> None:
    alice.client.post(
        "/do/highlight",
        {
            "paper": kept.arxiv_id,
            "version": 1,
            "parts": "s1.p1:0-6\ns2.p1:0-8",
            "colour": 2,
            "note": "**Note** $x$",
        },
    )
    first, second = Annotation.objects.order_by("pk")
    assert (first.quote, second.quote, second.note) == ("Radium", "We weigh", "")
    page = read(alice.client, kept)
    assert f'<mark class="hl blue noted" id="m{first.pk}" data-mark="m{first.pk}">Radium' in page
    assert "<strong>Note</strong>" in page
    assert "<mark" not in read(charlie.client, kept)


def test_with_script_only_what_changed_comes_back(alice: Person, kept: Paper) -> None:
    fields = {"paper": kept.arxiv_id, "version": 1, "parts": "s2.p1:0-8"}
    answer = alice.client.post("/do/highlight", fields, headers={"HX-Request": "true"})
    number = Annotation.objects.get().pk
    assert 'id="at-s2.p1" hx-swap-oob="outerHTML"' in answer.text
    assert "at-s1.p1" not in answer.text
    assert "Undo" in answer.text
    answer = alice.client.post(
        "/do/delete-note", {"annotation": number, "version": 1}, headers={"HX-Request": "true"}
    )
    assert 'id="at-s2.p1"' in answer.text
    assert "<mark" not in answer.text
    change = alice.reader.changes.latest("pk")
    alice.client.post("/do/undo", {"change": change.pk})
    assert "<mark" in read(alice.client, kept)


@pytest.mark.parametrize(
    "parts", ["s1.p1:0-999", "zz:0-1", "s1.p1:5-5", "s1.p1", "s1.p1:a-b", "s2.p1:9-2"]
)
def test_places_that_are_none_are_refused(alice: Person, kept: Paper, parts: str) -> None:
    answer = alice.client.post(
        "/do/highlight", {"paper": kept.arxiv_id, "version": 1, "parts": parts}
    )
    assert answer.status_code == 400
    assert not Annotation.objects.exists()


def test_highlights_follow_into_a_new_version_or_are_shown_as_orphans(
    alice: Person, kept: Paper
) -> None:
    edition = (1, document())
    annotate(alice.reader, kept, edition, [Selection("s2.p1", 22, 69)], note="moves")
    annotate(alice.reader, kept, edition, [Selection("s1.p1", 0, 12)], note="goes")
    moved = paragraph("s9.p9", "As before. " + texts()[1].replace("more active", "far more active"))
    kept.versions = [*kept.versions, [2, "2025-06-01T00:00:00+00:00"]]
    kept.save()
    keep_document(
        kept, 2, replace(document(), sections=(Section("s9", "All", blocks=(moved,)),)), {}
    )
    page = read(alice.client, kept)
    assert "The residue is far more active than the ore by far" in page.partition("<mark")[2]
    assert "Marked in version 1; not found in version 2." in page
    assert f"/abs/{kept.arxiv_id}/read?v=1&amp;at=s1.p1:0-12#at-s1.p1" in page
    assert read(alice.client, kept, "?v=1").count('<mark class="hl') == 2


def test_all_notes_are_listed_and_searched(alice: Person, charlie: Person, kept: Paper) -> None:
    annotate(alice.reader, kept, (1, document()), [Selection("s1.p1", 0, 6)], note="a shining idea")
    annotate(alice.reader, kept, (1, document()), [], note="on the whole")
    assert alice.client.get("/notes").text.count('class="annotation ') == 2
    assert alice.client.get("/notes?q=shining").text.count('class="annotation ') == 1
    assert alice.client.get("/notes?q=radium+whole").text.count('class="annotation ') == 0
    assert charlie.client.get("/notes").text.count('class="annotation ') == 0
    own = alice.client.get("/account/data").json()["annotations"]
    assert [each["note"] for each in own] == ["a shining idea", "on the whole"]
    assert own[0]["selectors"][0]["exact"] == "Radium"


def test_notes_can_be_changed(alice: Person, kept: Paper) -> None:
    annotate(alice.reader, kept, (1, document()), [Selection("s1.p1", 0, 6)])
    number = Annotation.objects.get().pk
    alice.client.post("/do/change-note", {"annotation": number, "note": "so", "colour": 3})
    assert Annotation.objects.values_list("note", "colour").get() == ("so", 3)
    alice.client.post("/do/undo", {"change": alice.reader.changes.latest("pk").pk})
    assert Annotation.objects.values_list("note", "colour").get() == ("", 0)
    bad = alice.client.post("/do/change-note", {"annotation": number, "note": "", "colour": 9})
    assert bad.status_code == 400


def test_reading_goes_on_where_it_stopped(alice: Person, charlie: Person, kept: Paper) -> None:
    alice.client.post("/do/place", {"paper": kept.arxiv_id, "block": "s2.p1", "thousandths": 430})
    assert Place.objects.get().share == 0.43
    page = read(alice.client, kept)
    assert 'href="#at-s2.p1">Go on where you were</a> 43 % read' in page
    assert "Go on where you were" not in read(charlie.client, kept)


def test_nothing_hostile_becomes_html(alice: Person, paper: Paper) -> None:
    written = [text.encode("utf-8", "replace").decode() for text in HOSTILE]
    blocks = tuple(
        Block(
            f"b{n}.{kind}",
            kind,
            text,
            label=text[:40],
            title=text[:40],
            rows=((text,),),
            images=(Image(text[:20]),),
        )
        for n, text in enumerate(written)
        for kind in Kind
    )
    section = Section("s1", written[0], blocks=blocks)
    made = replace(document(), sections=(section,), warnings=(written[1],))
    keep_document(paper, 1, made, {})
    page = read(alice.client, paper).lower()
    for bad in ("<script>alert", "<img src=x", "<svg/onload", 'href="javascript:', "<style>"):
        assert bad not in page
