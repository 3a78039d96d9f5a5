from __future__ import annotations

import io

import pytest
from PIL import Image as Pictures

from bookwheel.content.fulltext.pdf_pages import page_image, page_sizes, thumbnails
from bookwheel.errors import InputError
from made_pdfs import encrypted, paper


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_page_as_a_picture(form: str) -> None:
    with Pictures.open(io.BytesIO(page_image(paper(), 0, 306, form=form))) as picture:
        assert (picture.format, picture.size) == (form, (306, 396))
        assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)


def test_strip_of_pages() -> None:
    with Pictures.open(io.BytesIO(thumbnails(paper(), pages=8, width=100))) as picture:
        assert picture.width == 200


def test_sizes() -> None:
    assert page_sizes(paper()) == ((612, 792), (612, 792))


def test_no_such_page() -> None:
    with pytest.raises(InputError, match="There is no page 3: the PDF has 2"):
        page_image(paper(), 2, 300)


@pytest.mark.parametrize("data", [b"", b"%PDF-", encrypted()])
def test_files_that_cannot_be_opened(data: bytes) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        page_image(data, 0, 300)
