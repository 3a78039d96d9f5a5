from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pictures

from bookwheel.content.fulltext.pdf import MOST_PAGES, read_pdf
from bookwheel.core.document import Block, Document, Kind, Mark, Source
from bookwheel.errors import FullTextError
from made_pdfs import encrypted, paper, picture_only

SHARED = Path(__file__).parents[4] / "shared/data/arxiv-pdf"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Path]:
    folder = tmp_path_factory.mktemp("figures")
    return read_pdf(paper(), folder=folder), folder


def _all(document: Document, kind: Kind) -> list[Block]:
    return [block for _, block in document.blocks() if block.kind is kind]


def test_title_authors_abstract(read: tuple[Document, Path]) -> None:
    document, _ = read
    assert (document.source, document.pages, document.warnings) == (Source.PDF, 2, ())
    assert document.title == "Reading Wheels in Theory"
    assert document.authors == ("Agostino Ramelli", "Grace Hopper")
    assert [block.text for block in document.abstract] == [
        "We study wheels that hold many books in front of one reader at once. They turn with "
        "little force. Readers find what they seek sooner than at a desk, by one half."
    ]


def test_sections(read: tuple[Document, Path]) -> None:
    document, _ = read
    assert [(one.number, one.title, one.level, one.appendix) for one in document.sections] == [
        ("1", "Introduction", 1, False),
        ("2", "Measurements", 1, False),
        ("A", "Details", 1, True),
    ]


def test_hyphens_at_line_ends(read: tuple[Document, Path]) -> None:
    texts = " ".join(block.text for block in _all(read[0], Kind.PARAGRAPH))
    assert "how the interaction of readers" in texts
    assert "The interaction was measured" in texts
    assert "encoder-decoder" in texts


def test_formula(read: tuple[Document, Path]) -> None:
    assert [(one.text, one.label) for one in _all(read[0], Kind.EQUATION)] == [
        ("F(r) = m r + 2", "(1)")
    ]


def test_figure_is_cut_out(read: tuple[Document, Path]) -> None:
    document, folder = read
    (figure,) = _all(document, Kind.FIGURE)
    assert (figure.label, figure.text) == ("Figure 1", "Force by radius of the wheel. Blue is oak.")
    (image,) = figure.images
    with Pictures.open(folder / image.name) as picture:
        assert picture.size == (image.width, image.height)
        assert picture.getpixel((image.width // 2, image.height // 2)) == (51, 102, 204)
    (box,) = figure.boxes
    assert box.page == 0
    assert (box.left, box.right) == (pytest.approx(200, abs=4), pytest.approx(400, abs=4))


def test_table_has_rows(read: tuple[Document, Path]) -> None:
    (table,) = _all(read[0], Kind.TABLE)
    assert (table.label, table.text) == ("Table 1", "Time to find a passage.")
    assert table.rows == (("Place", "Seconds"), ("Wheel", "14"), ("Desk", "28"))


def test_references_and_citations(read: tuple[Document, Path]) -> None:
    document, _ = read
    assert [(one.label, one.arxiv_ids, one.dois) for one in document.references] == [
        ("[1]", (), ()),
        ("[2]", ("1706.03762",), ("10.1000/182",)),
    ]
    cited = [
        (block.text[span.start : span.end], span.target)
        for _, block in document.blocks()
        for span in block.spans
        if span.mark is Mark.CITE
    ]
    assert cited == [("1", "b1"), ("1", "b1"), ("2", "b2")]


def test_sentences_know_their_place(read: tuple[Document, Path]) -> None:
    document, _ = read
    sentence = document.abstract[0].sentences[1]
    first, second = sentence.boxes
    assert first.right > second.left
    assert second.top == pytest.approx(first.top + 12, abs=0.2)
    for _, block in document.blocks():
        for one in block.sentences:
            assert one.boxes
            assert all(box.left < box.right and box.top < box.bottom for box in one.boxes)


def test_ids_are_unique(read: tuple[Document, Path]) -> None:
    ids = [block.id for _, block in read[0].blocks()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"  \n", "The file is empty."),
        (b"%PDF-1.4 and no more", "The file is not a PDF that can be read"),
        (b"<html>not found</html>", "The file is not a PDF that can be read"),
        (encrypted(), "The PDF is encrypted"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(FullTextError, match=said):
        read_pdf(data, folder=None)


def test_pages_that_are_pictures() -> None:
    document = read_pdf(picture_only(2), folder=None)
    assert document.warnings == ("The pages are pictures: there is no text in this PDF.",)
    assert not list(document.blocks())


def test_very_long_files_are_read_in_part() -> None:
    document = read_pdf(picture_only(MOST_PAGES + 1), folder=None)
    assert document.pages == MOST_PAGES + 1
    assert document.warnings[0] == f"The PDF has {MOST_PAGES + 1} pages; the first 600 were read."


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_damaged_files_do_no_harm(data: st.DataObject) -> None:
    whole = bytearray(paper())
    for _ in range(data.draw(st.integers(1, 30))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    kept = data.draw(st.integers(1, len(whole)))
    with suppress(FullTextError):
        read_pdf(bytes(whole[:kept]), folder=None)


@pytest.mark.parametrize("name", ["1706.03762v5", "2204.10628v1", "2302.07302v1"])
def test_real_papers(name: str, tmp_path: Path) -> None:
    path = SHARED / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the shared data are not here")
    document = read_pdf(path.read_bytes(), folder=tmp_path)
    assert document.warnings == ()
    assert len(document.sections) > 10
    assert len(document.references) >= 40
    figures = _all(document, Kind.FIGURE)
    assert figures
    assert all(figure.images and (tmp_path / figure.images[0].name).exists() for figure in figures)
