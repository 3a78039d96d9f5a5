from __future__ import annotations

import pytest

from bookwheel.actions.keep_document import keep_document
from bookwheel.actions.make_room import make_room
from bookwheel.config import config
from bookwheel.content.fulltext.sandbox import read_bytes
from bookwheel.models import Figure, FullText, Paper
from bookwheel.queries.documents import document_of
from bookwheel.shelf import files
from figured import CONFUSED, keep_figured
from made_pdfs import paper as paper_in_pdf
from people import Configure, make_paper

pytestmark = pytest.mark.django_db


def test_figures_are_described_once_when_a_text_is_kept(paper: Paper) -> None:
    text = keep_figured(paper)
    dish, plot, net, lost = Figure.objects.filter(text=text).order_by("place")
    assert (plot.block, plot.label, plot.caption, plot.kind) == ("g1", "Figure 1", CONFUSED, "plot")
    assert (plot.picture, plot.width, plot.height) == ("plot.png", 400, 300)
    assert (plot.small_width, plot.small_height) == (256, 192)
    assert plot.colours == "#1f77b4"
    assert len(plot.look) > 0
    assert files.picture(config().full_texts, text.folder, plot.small) is not None
    # What browsers cannot show is shown as a picture of it.
    assert net.picture == "net.pdf.png"
    assert files.picture(config().full_texts, text.folder, "net.pdf.png") is not None
    # What cannot be read costs only itself.
    assert (lost.caption, lost.picture, lost.small) == ("Lost.", "", "")
    assert (dish.caption, dish.small) == ("A dish of radium.", "")


def test_sizes_come_from_the_pictures(paper: Paper) -> None:
    keep_figured(paper)
    blocks = {block.label: block for _section, block in document_of(paper).blocks()}
    image = blocks["Figure 2"].images[0]
    assert image.name == "net.pdf.png"
    assert image.width > 0
    assert image.height > 0


def test_a_pdf_is_kept_with_the_sizes_of_its_pages(paper: Paper) -> None:
    data = paper_in_pdf()
    text = keep_document(paper, 1, read_bytes(data), {}, original=data)
    sizes = files.page_sizes(config().full_texts, text.folder)
    assert len(sizes) == document_of(paper).pages
    assert (text.page_width, text.page_height) == (148, 192)
    small = files.picture(config().full_texts, text.folder, "small-original.pdf.webp")
    assert small is not None
    assert text.size > len(data)


def test_what_goes_to_make_room_takes_its_figures(paper: Paper, configure: Configure) -> None:
    keep_figured(paper)
    configure(full_text_quota="0.000000001")
    keep_figured(make_paper())
    assert make_room() == 1
    assert not Figure.objects.filter(paper=paper).exists()
    assert FullText.objects.get(paper=paper).page_width == 0
