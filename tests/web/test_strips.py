from __future__ import annotations

from pathlib import Path

import pytest

from bookwheel.actions.keep_document import keep_document
from bookwheel.content.fulltext.sandbox import read_bytes
from bookwheel.models import FullText, Paper
from figured import keep_figured
from made_pdfs import paper as paper_in_pdf
from people import Configure, Person

CC_BY = "http://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def kept(library: list[Paper], own_shelf: Path) -> Paper:
    """The newest paper of the library, with figures."""
    keep_figured(library[-1])
    return library[-1]


def test_cards_of_papers_whose_text_is_here_have_a_strip(alice: Person, kept: Paper) -> None:
    page = alice.client.get("/new").text
    assert page.count('<nav class="strip"') == 1
    text = FullText.objects.get()
    key = text.folder[-16:]
    assert (
        f'<a href="/abs/{kept.arxiv_id}/read#at-g1">'
        f'<img src="/abs/{kept.arxiv_id}/v1/file/small-plot.png.webp?k={key}" '
        'alt="Figure 1: The confusion matrix of k classes." width="128" height="96" '
        'loading="lazy" decoding="async"></a>'
    ) in page


def test_a_reader_can_switch_strips_off(alice: Person, kept: Paper) -> None:
    assert 'class="strip"' in alice.client.get(f"/abs/{kept.arxiv_id}").text
    alice.client.post("/do/preferences", {"figures": "no"})
    assert 'class="strip"' not in alice.client.get("/new").text
    assert 'class="strip"' not in alice.client.get(f"/abs/{kept.arxiv_id}").text
    alice.client.post("/do/preferences", {"figures": ["no", "yes"]})
    alice.client.post("/do/preferences", {"density": "cards"})
    assert 'class="strip"' in alice.client.get("/new").text
    alice.client.post("/do/preferences", {"density": "titles"})
    assert 'class="strip"' not in alice.client.get("/new").text


@pytest.mark.parametrize(
    ("served", "licence", "shown"),
    [
        ("open", "", False),
        ("open", "http://arxiv.org/licenses/nonexclusive-distrib/1.0/", False),
        ("open", CC_BY, True),
        ("open", CC_BY.replace("/by/", "/by-nc/"), False),
        ("creative-commons", CC_BY.replace("/by/", "/by-nc/"), True),
        ("all", "", True),
    ],
)
def test_licences_hold_for_small_pictures_too(
    alice: Person, kept: Paper, configure: Configure, served: str, licence: str, shown: bool
) -> None:
    FullText.objects.update(licence=licence)
    configure(serve_full_text=served)
    pictures = ("small-plot.png.webp", "plot.png", "net.pdf.png")
    for page in ("/new", f"/abs/{kept.arxiv_id}"):
        assert ('class="strip"' in alice.client.get(page).text) is shown
    for name in pictures:
        answer = alice.client.get(f"/abs/{kept.arxiv_id}/v1/file/{name}")
        assert answer.status_code == (200 if shown else 404)


def test_pictures_are_kept_by_browsers_as_long_as_they_are_true(alice: Person, kept: Paper) -> None:
    address = f"/abs/{kept.arxiv_id}/v1/file/small-plot.png.webp"
    key = FullText.objects.get().folder[-16:]
    assert alice.client.get(f"{address}?k={key}")["Cache-Control"].endswith("immutable")
    for query in ("", "?k=0"):
        assert alice.client.get(address + query)["Cache-Control"] == "private, max-age=86400"


def test_the_first_page_of_a_pdf_comes_first(alice: Person, kept: Paper) -> None:
    data = paper_in_pdf()
    keep_document(kept, 1, read_bytes(data), {}, original=data)
    page = alice.client.get("/new").text
    assert 'alt="First page" width="74" height="96"' in page
