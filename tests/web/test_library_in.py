"""Import and export in the browser: look first, import, undo; hostile files stay text."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bookwheel.actions import draft_import as drafting
from bookwheel.content.references.read import read_references
from bookwheel.models import ImportDraft, Paper, PrivatePaper, Tagging
from hostile import HOSTILE
from people import Person


def test_look_then_import_then_undo(alice: Person, library: list[Paper]) -> None:
    bib = f"@misc{{a, eprint={{{library[0].arxiv_id}}}}}\n@misc{{b, title={{Ours}}}}\n@misc{{c,}}"
    file = SimpleUploadedFile("mine.bib", bib.encode())
    assert alice.client.post("/do/read-library", {"file": file})["Location"] == "/library/import"
    page = alice.client.get("/library/import").text
    assert "mine.bib" in page and "Ours" in page and "line 3" in page
    assert not Tagging.objects.exists() and not PrivatePaper.objects.exists()
    alice.client.post("/do/import-library", {"tag": "brought", "keep": "on"})
    assert Tagging.objects.get().paper == library[0]
    assert PrivatePaper.objects.get().title == "Ours" and not ImportDraft.objects.exists()
    assert "Ours" in alice.client.get("/library/private").text
    change = alice.reader.changes.get(verb="import_library")
    alice.client.post("/do/undo", {"change": change.pk})
    assert not Tagging.objects.exists() and not PrivatePaper.objects.exists()


def test_what_was_read_can_be_forgotten(alice: Person, charlie: Person, db: None) -> None:
    alice.client.post("/do/read-library", {"text": "https://arxiv.org/abs/1706.03762"})
    assert "1706.03762" in alice.client.get("/library/import").text
    assert "1706.03762" not in charlie.client.get("/library/import").text
    alice.client.post("/do/drop-library")
    assert not ImportDraft.objects.exists()


def test_nothing_and_too_much(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    assert alice.client.post("/do/read-library", {"text": "hello"}).status_code == 400
    monkeypatch.setattr(drafting, "MOST", 1)
    answer = alice.client.post("/do/read-library", {"text": "1706.03762 1810.04805"})
    assert answer.status_code == 400 and "bookwheel library import" in answer.text


def test_private_papers_are_seen_by_nobody_else(
    alice: Person, charlie: Person, library: list[Paper]
) -> None:
    PrivatePaper.objects.create(reader=alice.reader, title="Secret radium", abstract="radium")
    for address in ("/library/private", "/library", "/search?q=radium", "/new", "/", "/stats"):
        assert "Secret radium" not in charlie.client.get(address).text
    assert "Secret radium" not in charlie.client.get("/library/export?form=csv").text
    assert "Secret radium" in alice.client.get("/library/export?form=csv").text


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl", "markdown", "csv", "archive"])
def test_export(alice: Person, library: list[Paper], form: str) -> None:
    Tagging.objects.create(tag=alice.reader.tags.create(name="vision"), paper=library[0])
    answer = alice.client.get(f"/library/export?form={form}")
    assert "attachment" in answer["Content-Disposition"]
    assert library[0].arxiv_id in answer.text
    if form in ("bibtex", "ris", "csl"):
        assert read_references(answer.text).entries[0].arxiv_id == library[0].arxiv_id
    if form == "archive":
        assert json.loads(answer.text)["bookwheel_archive"] == 1
    assert alice.client.get("/library/export?form=exe").status_code == 404


def test_hostile_references_stay_text(alice: Person) -> None:
    items = [{"title": f"T {text}", "author": [{"family": text}], "note": text} for text in HOSTILE]
    alice.client.post("/do/read-library", {"text": json.dumps(items)})
    pages = [alice.client.get("/library/import").text]
    alice.client.post("/do/import-library", {"keep": "on"})
    pages.append(alice.client.get("/library/private").text)
    for page in pages:
        assert (
            "<script>alert" not in page and "<img src=x" not in page and "<svg/onload" not in page
        )
