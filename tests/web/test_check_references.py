"""The page that checks a bibliography."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bookwheel.models import Paper
from bookwheel.web.pages import check_references
from hostile import HOSTILE
from people import Person

ADDRESS = "/library/check"


def wrong(paper: Paper) -> str:
    return f"@misc{{mine, title={{The cooking of radium}}, eprint={{{paper.arxiv_id}}}}}"


def test_pasted_or_sent(alice: Person, library: list[Paper]) -> None:
    text = wrong(library[0])
    sent = SimpleUploadedFile("refs.bib", text.encode())
    for fields in ({"text": text}, {"file": sent}):
        page = alice.client.post(ADDRESS, fields).content.decode()
        assert "1 wrong, 0 right, 0 not held here." in page
        assert f'href="/abs/{library[0].arxiv_id}"' in page
        assert "The cooking of radium" in page


def test_nothing_to_read_is_said(alice: Person, db: None) -> None:
    page = alice.client.post(ADDRESS, {"text": "\n@\n"}).content.decode()
    assert "no reference" in page or "not held here" in page
    assert alice.client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_stay_texts(alice: Person, library: list[Paper], text: str) -> None:
    text = text.encode("utf-8", "replace").decode()  # as a browser sends it
    page = alice.client.post(ADDRESS, {"text": f"@misc{{a, title={{{text}}}}}\n\n{text}"})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_long_lists_are_cut_and_it_is_said(
    alice: Person, library: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_references, "MOST", 2)
    page = alice.client.post(ADDRESS, {"text": "\n".join(f"[{n}] A. One. 2001." for n in "123")})
    assert "the first 2 of 3" in page.content.decode()


def test_a_stranger_is_asked_to_log_in(alice: Person, visitor) -> None:
    assert visitor.post(ADDRESS, {"text": "x"}).status_code in (302, 403)
