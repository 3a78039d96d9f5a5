from __future__ import annotations

import pytest

from bookwheel.core.document import Source
from bookwheel.queries.documents import document_of, held
from people import make_paper

pytestmark = pytest.mark.django_db


def test_a_paper_without_full_text_is_its_title_and_abstract() -> None:
    paper = make_paper(title="On $x$", abstract="One. Two.", versions=[[1, "a"], [3, "b"]])
    found = held(paper, 2)
    assert found.version == 3  # metadata are those of the newest version
    assert found.document == document_of(paper)
    assert found.document.source is Source.ABSTRACT
    assert found.document.title == "On x"
    assert found.document.authors == ("Marie Curie",)
    assert [block.text for _section, block in found.document.blocks()] == ["One. Two."]
