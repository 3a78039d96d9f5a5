from __future__ import annotations

from dataclasses import replace

import pytest

from bookwheel.actions.keep_document import keep_document
from bookwheel.config import config
from bookwheel.core.document import Source
from bookwheel.models import Paper
from bookwheel.queries.documents import document_of, held
from documents import PIXEL, document

pytestmark = pytest.mark.django_db


def test_the_newest_version_here_is_read_unless_another_is_named(paper: Paper) -> None:
    old, new = document(), document(title="On radium, again")
    keep_document(paper, 1, old, {"dish.png": PIXEL})
    keep_document(paper, 2, new, {"dish.png": PIXEL})
    assert held(paper).version == 2
    assert document_of(paper) == new
    assert document_of(paper, 1) == old
    assert document_of(paper, 3).source is Source.ABSTRACT


def test_a_version_is_kept_once_with_what_it_cites(paper: Paper) -> None:
    first = keep_document(paper, 1, document(), {})
    second = keep_document(paper, 1, replace(document(), source=Source.TEX), {})
    assert second.pk == first.pk
    assert second.source == "tex"
    assert list(second.citations.order_by("pk").values_list("reference", "arxiv_id", "doi")) == [
        ("r1", "2501.00001", ""),
        ("r2", "", "10.1000/rays"),
    ]
    assert not (config().full_texts / first.folder).exists()


def test_a_damaged_text_is_as_if_it_were_not_here(
    paper: Paper, caplog: pytest.LogCaptureFixture
) -> None:
    text = keep_document(paper, 1, document(title="to be lost"), {})
    (config().full_texts / text.folder / "document.json.zst").write_bytes(b"")
    assert document_of(paper).source is Source.ABSTRACT
    assert "damaged" in caplog.text
