"""Files of a reader's own: read, asked, cited and opened like papers, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bookwheel.actions.add_own_text import read_own_text
from bookwheel.actions.delete_reader import delete_reader
from bookwheel.actions.purge import purge
from bookwheel.models import Message, OwnText, Paper
from bookwheel.queries import own_texts as own_queries
from bookwheel.web import events_file, own_reading, writing
from bookwheel.web.rates import FILES
from made_pdfs import encrypted, paper
from people import Configure, Person

pytestmark = pytest.mark.django_db
TEXT = (
    "Zebrafish larvae sleep in short bouts.\n\nWe measured that zebrafish larvae sleep eleven "
    "minutes in each hour of the night. Nobody knows why they do.\n"
)
ASKED = "How long do zebrafish larvae sleep?"


@pytest.fixture(autouse=True)
def done_at_once(
    monkeypatch: pytest.MonkeyPatch,
    library: list[Paper],
    library_folder: Path,
    configure: Configure,
    tmp_path: Path,
) -> None:
    """Read files and write answers before the page is shown; keep what they write apart."""
    monkeypatch.setattr(events_file, "place", lambda message: tmp_path / f"{message}.jsonl")
    monkeypatch.setattr(
        writing, "start", lambda told: writing.write(told, events_file.EventsFile(told.pk))
    )
    monkeypatch.setattr(own_reading, "start", read_own_text)
    monkeypatch.setattr(own_queries, "folder_of", lambda reader: tmp_path / f"{reader}")


def bring(person: Person, name: str, data: bytes, **fields: str) -> OwnText:
    """Upload a file."""
    sent = {"file": SimpleUploadedFile(name, data), **fields}
    answer = person.client.post("/do/own-add", sent)
    assert answer.status_code == 302, answer.text
    return person.reader.own_texts.latest("pk")


def ask(person: Person, **fields: object) -> Message:
    """Ask by the form; gives the answer."""
    answer = person.client.post("/do/ask", {"text": ASKED, **fields})
    assert answer.status_code == 302, answer.text
    return Message.objects.get(pk=answer["Location"].partition("#m")[2])


def test_a_text_is_asked_cited_and_opened_at_the_passage(alice: Person) -> None:
    own = bring(alice, "sleep.txt", TEXT.encode())
    assert own.state == "here" and own.title == "sleep.txt"
    told = ask(alice, own=own.pk)
    (quote,) = [each for each in told.answer["quotes"] if "eleven" in each["text"]]
    assert quote["paper"] == own.own_name
    assert quote["source"][quote["start"] : quote["end"]] == quote["text"]
    html = alice.client.get(f"/ask/{told.conversation_id}").text
    place = f"/own/{own.pk}?v=1&amp;at={quote['block']}:{quote['start']}-{quote['end']}"
    assert place in html
    shown = alice.client.get(place.replace("&amp;", "&")).text
    assert "passage" in shown and "eleven" in shown


def test_a_pdf_is_read_and_found_without_being_named(alice: Person, bob: Person) -> None:
    own = bring(alice, "My paper.pdf", paper())
    assert own.state == "here", own.error
    page = alice.client.get(f"/own/{own.pk}")
    words = " ".join(own.title.split()[:6])
    question = {"text": f"What is said about {words}?"}
    assert own.own_name in str(ask(alice, **question).answer)
    assert own.own_name in str(ask(alice, **question, scope="library").answer)
    assert own.own_name not in str(ask(bob, **question).answer)
    assert page.status_code == 200
    original = alice.client.get(f"/own/{own.pk}/file/original.pdf")
    assert b"".join(original.streaming_content) == paper()
    assert "attachment" in original["Content-Disposition"]


def test_nobody_else_sees_it(alice: Person, charlie: Person) -> None:
    own = bring(alice, "sleep.txt", TEXT.encode())
    for address in ("", "/chip", "/file/original.txt"):
        assert charlie.client.get(f"/own/{own.pk}{address}").status_code == 404
    assert charlie.client.post("/do/own-delete", {"own": own.pk}).status_code == 404
    assert charlie.client.post("/do/ask", {"text": ASKED, "own": own.pk}).status_code == 404
    refused = charlie.client.get(f"/ask?paper={own.own_name}")
    assert refused.status_code == 404
    told = ask(charlie, text=f"{ASKED} @{own.own_name}")
    assert "eleven" not in str(told.answer)
    offered = charlie.client.get("/ask/complete?sign=@&q=sleep").text
    assert own.own_name not in offered
    assert own.own_name in alice.client.get("/ask/complete?sign=@&q=sleep").text


def test_a_shared_answer_shows_only_the_words_quoted(
    alice: Person, bob: Person, visitor: Client
) -> None:
    cache.clear()
    own = bring(alice, "sleep.txt", TEXT.encode())
    told = ask(alice, own=own.pk)
    alice.client.post("/do/share-conversation", {"which": told.conversation_id})
    token = told.conversation.links.get().token
    html = visitor.get(f"/shared/{token}").text
    assert "eleven" in html and "/own/" not in html
    bob.client.post("/do/elsewhere", {"token": token})
    copied = Message.objects.get(conversation__reader=bob.reader, role="answer")
    for quote in copied.answer["quotes"]:
        if quote["paper"] == own.own_name:
            assert quote["source"] == quote["text"]


def test_what_cannot_be_read_says_why(alice: Person) -> None:
    assert "password" in bring(alice, "locked.pdf", encrypted()).error.lower()
    own = bring(alice, "noise.pdf", b"\x00\x01\x02 no paper")
    assert own.state == "failed" and own.error
    assert own.error.split(".")[0] in alice.client.get("/own").text
    assert ask(alice, own=own.pk).trouble.startswith("noise.pdf: ")
    empty = alice.client.post("/do/own-add", {"file": SimpleUploadedFile("a.txt", b"")})
    assert empty.status_code == 400


def test_deleted_means_gone(alice: Person, tmp_path: Path) -> None:
    own = bring(alice, "sleep.txt", TEXT.encode())
    told = ask(alice, own=own.pk)
    alice.client.post("/do/own-delete", {"own": own.pk})
    assert not list(tmp_path.glob("*/texts/*/*/original*"))
    assert "eleven" not in str(ask(alice).answer)
    again = ask(alice, conversation=told.conversation_id, parent=told.pk, scope="")
    assert again.state == "done"
    other = bring(alice, "sleep.txt", TEXT.encode())
    delete_reader(alice.reader)
    assert not OwnText.objects.filter(pk=other.pk).exists()


def test_there_are_only_so_many_in_an_hour(alice: Person) -> None:
    cache.clear()
    answers = [alice.client.post("/do/own-add", {"file": empty()}) for _n in range(FILES + 1)]
    assert [each.status_code for each in answers] == [400] * FILES + [429]
    cache.clear()


def empty() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.txt", b"")


def test_there_is_only_so_much_room(
    alice: Person, configure: Configure, library_folder: Path
) -> None:
    configure(own_texts_quota="0.000001", data=library_folder)
    sent = {"file": SimpleUploadedFile("a.txt", TEXT.encode() * 20)}
    assert "no room" in alice.client.post("/do/own-add", sent).text
    assert not alice.reader.own_texts.exists()


def test_a_file_of_a_temporary_conversation_goes_after_a_day(alice: Person) -> None:
    own = bring(alice, "sleep.txt", TEXT.encode(), temporary="1")
    assert own.own_name not in str(ask(alice).answer)
    OwnText.objects.filter(pk=own.pk).update(created="2020-01-01T00:00:00Z")
    purge()
    assert not alice.reader.own_texts.exists()
