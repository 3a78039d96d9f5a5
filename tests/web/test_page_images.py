from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image as Pictures

from bookwheel.actions.annotate import Selection, annotate
from bookwheel.actions.keep_document import keep_document
from bookwheel.content.fulltext.sandbox import read_bytes
from bookwheel.core.document import Kind
from bookwheel.models import FullText, Paper
from bookwheel.queries.documents import document_of
from documents import document
from made_pdfs import paper as paper_in_pdf
from people import Configure, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(paper: Paper, own_shelf: Path) -> Paper:
    data = paper_in_pdf()
    keep_document(paper, 1, read_bytes(data), {}, original=data)
    return paper


def test_a_page_is_drawn_once_and_counts(alice: Person, printed: Paper) -> None:
    before = FullText.objects.get().size
    address = f"/abs/{printed.arxiv_id}/v1/page/1.webp"
    answer = alice.client.get(address)
    drawn = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert Pictures.open(io.BytesIO(drawn)).width == 1400
    assert FullText.objects.get().size == before + len(drawn)
    assert alice.client.get(address).status_code == 200
    assert FullText.objects.get().size == before + len(drawn)
    for page in (0, 99):
        missing = f"/abs/{printed.arxiv_id}/v1/page/{page}.webp"
        assert alice.client.get(missing).status_code == 404


def test_a_passage_is_shown_at_its_place_on_the_page(alice: Person, printed: Paper) -> None:
    paragraphs = [b for _s, b in document_of(printed).blocks() if b.kind is Kind.PARAGRAPH]
    block = next(each for each in paragraphs if len(each.sentences) > 1)
    first, second = block.sentences[:2]
    query = f"?v=1&at={block.id}:{second.start}-{second.end}"
    text = alice.client.get(f"/abs/{printed.arxiv_id}/read{query}").text
    assert f'href="/abs/{printed.arxiv_id}/pages{query.replace("&", "&amp;")}#passage"' in text
    page = alice.client.get(f"/abs/{printed.arxiv_id}/pages{query}").text
    marked = re.findall(r'<a href="([^"]+)" tabindex="-1" class="passage" id="passage">', page)
    place = f"/abs/{printed.arxiv_id}/read?v=1&amp;at={block.id}:{second.start}-{second.end}"
    assert marked == [f"{place}#at-{block.id}"]
    box = second.boxes[0]
    assert f'<rect x="{box.left:.1f}" y="{box.top:.1f}"' in page
    assert 'width="612" height="792" loading="lazy"' in page


def test_highlights_are_drawn_for_their_reader(
    alice: Person, charlie: Person, printed: Paper
) -> None:
    made = document_of(printed)
    block = next(b for _s, b in made.blocks() if b.sentences and b.sentences[0].boxes)
    one = block.sentences[0]
    annotate(alice.reader, printed, (1, made), [Selection(block.id, one.start, one.end)])
    address = f"/abs/{printed.arxiv_id}/pages"
    assert 'class="hl yellow"' in alice.client.get(address).text
    assert 'class="hl yellow"' not in charlie.client.get(address).text


def test_without_a_pdf_the_text_is_read(alice: Person, paper: Paper, own_shelf: Path) -> None:
    keep_document(paper, 1, document(), {})
    assert alice.client.get(f"/abs/{paper.arxiv_id}/pages")["Location"].endswith("/read")
    assert "/pages" not in alice.client.get(f"/abs/{paper.arxiv_id}/read").text


def test_pages_are_shown_only_where_the_licence_allows_it(
    alice: Person, printed: Paper, configure: Configure
) -> None:
    configure(serve_full_text="open")
    assert alice.client.get(f"/abs/{printed.arxiv_id}/pages").status_code == 302
    assert alice.client.get(f"/abs/{printed.arxiv_id}/v1/page/1.webp").status_code == 404
