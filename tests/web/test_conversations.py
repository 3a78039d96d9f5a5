"""Conversations on pages: asked, answered in quotations, branched, found, shared, taken out."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bookwheel.actions.ask_question import Question, ask_question
from bookwheel.actions.write_answer import instructions_of
from bookwheel.models import Conversation, Message, Paper
from bookwheel.web import events_file, writing
from people import Configure, Person

QUESTION = "What do neural networks learn?"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def written_at_once(
    monkeypatch: pytest.MonkeyPatch, library: list[Paper], tmp_path: object
) -> None:
    """Write answers before the page is shown: another thread would see another database."""
    monkeypatch.setattr(events_file, "place", lambda message: tmp_path / f"{message}.jsonl")
    monkeypatch.setattr(
        writing, "start", lambda told: writing.write(told, events_file.EventsFile(told.pk))
    )


def ask(person: Person, **fields: object) -> Message:
    """Ask by the form; gives the answer."""
    answer = person.client.post("/do/ask", {"text": QUESTION, **fields})
    assert answer.status_code == 302, answer.text
    return Message.objects.get(pk=answer["Location"].partition("#m")[2])


def page(person: Person, told: Message, query: str = "") -> str:
    """The conversation's page."""
    return person.client.get(f"/ask/{told.conversation_id}{query}").text


def test_an_answer_quotes_what_stands_in_the_papers(alice: Person) -> None:
    told = ask(alice)
    assert told.state == "done"
    assert told.answer["quotes"]
    for quote in told.answer["quotes"]:
        assert quote["source"][quote["start"] : quote["end"]] == quote["text"]
        paper = Paper.objects.get(arxiv_id=quote["paper"])
        assert quote["text"] in (paper.abstract, paper.title) or quote["text"] in paper.abstract
    html = page(alice, told)
    assert html.count('class="cite"') >= len(told.answer["quotes"])
    assert "data-stream" not in html


def test_an_edited_question_is_another_branch(alice: Person) -> None:
    first = ask(alice)
    second = ask(alice, conversation=first.conversation_id, parent=first.pk, text="And galaxies?")
    edited = ask(alice, conversation=first.conversation_id, parent="", text="What of galaxies?")
    assert edited.conversation_id == first.conversation_id
    html = page(alice, edited)
    assert "2/2" in re.sub(r"\s+", "", html) and "And galaxies?" not in html
    before = page(alice, first, f"?at={first.parent_id}")
    assert "And galaxies?" in before and f'id="m{second.pk}"' in before


def test_an_answer_written_again_stands_beside_the_first(alice: Person) -> None:
    first = ask(alice)
    alice.client.post("/do/again", {"again": first.pk})
    versions = Message.objects.filter(parent=first.parent_id)
    assert [each.state for each in versions] == ["done", "done"]


def test_a_model_that_is_not_there_leaves_a_reason(alice: Person) -> None:
    told = ask(alice, model="none/such")
    assert told.state == "failed"
    assert told.trouble in page(alice, told).replace("&#39;", "'").replace("&#34;", '"')


def test_a_question_may_name_a_paper(alice: Person, library: list[Paper]) -> None:
    told = ask(alice, text=f"What is shown? @{library[3].arxiv_id}")
    assert told.parent and told.parent.scope["papers"] == [library[3].arxiv_id]
    assert {quote["paper"] for quote in told.answer["quotes"]} <= {library[3].arxiv_id}


def test_find_file_pin_archive_delete_and_undo(alice: Person, bob: Person) -> None:
    told = ask(alice)
    which = {"which": told.conversation_id}
    here = f'href="/ask/{told.conversation_id}'
    assert here in alice.client.get("/ask/all?q=NEURAL networks").text
    assert here not in alice.client.get("/ask/all?q=zebrafish-xyz").text
    assert here not in bob.client.get("/ask/all?q=neural").text
    alice.client.post("/do/create-tag", {"name": "nets"})
    alice.client.post("/do/file-conversation", which | {"tag": "nets"})
    assert here in alice.client.get("/ask/all?tag=nets").text
    alice.client.post("/do/pin-conversation", which)
    assert "Pinned" in alice.client.get("/ask").text
    alice.client.post("/do/archive-conversation", which)
    assert here not in alice.client.get("/ask/all").text
    assert here in alice.client.get("/ask/all?archived=1").text
    alice.client.post("/do/archive-conversation", which | {"off": "1"})
    alice.client.post("/do/delete-conversations", which)
    assert alice.client.get(f"/ask/{told.conversation_id}").status_code == 404
    alice.client.post("/do/undo", {"change": alice.reader.changes.latest("pk").pk})
    assert here in alice.client.get("/ask/all").text


def test_all_are_deleted_and_come_back(alice: Person, bob: Person) -> None:
    mine, others = ask(alice), ask(bob)
    alice.client.post("/do/archive-conversation", {"which": mine.conversation_id})
    alice.client.post("/do/delete-conversations", {"all": "1", "list": "1"})
    assert alice.client.get(f"/ask/{mine.conversation_id}").status_code == 404
    assert bob.client.get(f"/ask/{others.conversation_id}").status_code == 200
    alice.client.post("/do/undo", {"change": alice.reader.changes.latest("pk").pk})
    assert alice.client.get(f"/ask/{mine.conversation_id}").status_code == 200


def test_a_link_shows_what_was_there_and_can_be_ended(alice: Person, visitor: Client) -> None:
    cache.clear()
    told = ask(alice)
    alice.client.post("/do/share-conversation", {"which": told.conversation_id})
    link = told.conversation.links.get()
    ask(alice, conversation=told.conversation_id, parent=told.pk, text="Something secret?")
    shown = visitor.get(f"/shared/{link.token}")
    assert shown["X-Robots-Tag"] == "noindex"
    assert QUESTION in shown.text and "Something secret?" not in shown.text
    assert "do/again" not in shown.text and "<textarea" not in shown.text
    alice.client.post("/do/unshare-conversation", {"link": link.pk})
    assert visitor.get(f"/shared/{link.token}").status_code == 404


def test_a_shared_conversation_goes_on_in_a_copy(alice: Person, bob: Person) -> None:
    told = ask(alice)
    alice.client.post("/do/share-conversation", {"which": told.conversation_id})
    token = told.conversation.links.get().token
    bob.client.post("/do/elsewhere", {"token": token})
    copy = Conversation.objects.get(reader=bob.reader)
    assert [each.text for each in copy.messages.order_by("pk")][0] == QUESTION
    assert alice.client.get(f"/ask/{copy.pk}").status_code == 404


def test_take_it_along(alice: Person) -> None:
    told = ask(alice)
    text = alice.client.get(f"/ask/{told.conversation_id}.md").text
    assert text.startswith("# ") and "[^1]: “" in text
    values = json.loads(alice.client.get(f"/ask/{told.conversation_id}.json").content)
    assert [each["role"] for each in values["messages"]] == ["question", "answer"]
    entries = alice.client.get(f"/ask/answer/{told.pk}.bib").text
    assert entries.count("@") >= len(told.answer["papers"])


def test_a_temporary_conversation_is_in_no_list(alice: Person) -> None:
    told = ask(alice, temporary="1")
    assert f'href="/ask/{told.conversation_id}"' not in alice.client.get("/ask/all").text
    assert QUESTION in page(alice, told)


def test_drafts_wait(alice: Person) -> None:
    alice.client.post("/do/draft", {"text": "half a question", "conversation": ""})
    assert "half a question</textarea>" in alice.client.get("/ask").text


def test_a_folder_has_instructions_and_conversations_of_its_own(alice: Person) -> None:
    alice.client.post("/do/create-tag", {"name": "nets"})
    wishes = {"tag": "nets", "instructions": "Answer for chemists."}
    alice.client.post("/do/instruct-folder", wishes)
    assert "Answer for chemists." in alice.client.get("/ask/all?tag=nets").text
    assert 'name="folder" value="nets"' in alice.client.get("/ask?tag=nets&folder=nets").text
    told = ask(alice, folder="nets")
    assert told.conversation.tag and told.conversation.tag.name == "nets"
    assert instructions_of(told.conversation) == "Answer for chemists."
    assert instructions_of(ask(alice).conversation) == ""


def test_what_is_remembered_is_seen_and_forgotten(alice: Person) -> None:
    alice.client.post("/do/ask", {"text": "/remember I study proteins"})
    assert 'value="I study proteins"' in alice.client.get("/ask/settings").text
    alice.client.post("/do/forget", {"memory": alice.reader.memories.get().pk})
    assert "I study proteins" not in alice.client.get("/ask/settings").text


def test_who_asks_too_much_hears_when_to_come_back(alice: Person, configure: Configure) -> None:
    told = ask(alice)
    configure(questions_per_hour=1, data=str(events_file.config().data))
    answer = alice.client.post("/do/ask", {"text": QUESTION})
    assert answer.status_code == 429 and "minutes" in answer.text
    assert told.conversation.messages.count() == 2


def node(parent: str | None, role: str, text: str, *children: str) -> dict[str, object]:
    """A node of ChatGPT's export."""
    message = {"author": {"role": role}, "content": {"content_type": "text", "parts": [text]}}
    return {"parent": parent, "children": list(children), "message": message}


def test_import_from_chatgpt_with_its_branches(alice: Person) -> None:
    mapping = {
        "root": {"parent": None, "children": ["q"], "message": None},
        "q": node("root", "user", "Why <b>is</b> it so?", "a", "b"),
        "a": node("q", "assistant", "**Because** $x^2$"),
        "b": node("q", "assistant", "<script>alert(1)</script>"),
    }
    good = {"title": "Old talk", "mapping": mapping, "current_node": "b", "update_time": 1700000000}
    content = json.dumps([good, {"title": "broken"}, "nonsense"]).encode()
    file = SimpleUploadedFile("conversations.json", content)
    said = alice.client.post("/do/import-conversations", {"file": file}, follow=True).text
    assert "1 conversation imported. 2 left out" in said
    made = alice.reader.conversations.get()
    html = alice.client.get(f"/ask/{made.pk}").text
    assert "<script>alert" not in html and "2/2" in re.sub(r"\s+", "", html)
    bad = SimpleUploadedFile("x.json", b"%PDF-1.4")
    assert alice.client.post("/do/import-conversations", {"file": bad}).status_code == 400


def test_an_answer_that_nobody_writes_any_more_is_given_up(
    alice: Person, monkeypatch: pytest.MonkeyPatch, time_machine: object
) -> None:
    told = ask_question(alice.reader, Question(QUESTION))
    assert "data-stream" in page(alice, told)
    Message.objects.filter(pk=told.pk).update(created="2020-01-01T00:00:00Z")
    html = page(alice, told)
    assert "broke off" in html and "data-stream" not in html


def test_events_are_replayed_from_where_a_reader_was(tmp_path: object) -> None:
    file = events_file.EventsFile(7)
    for number in range(3):
        file.add("token", number)

    async def heard(after: int) -> list[tuple[str, object]]:
        return [(told.kind, told.data) async for told in events_file.follow(7, after)]

    async def both() -> list[list[tuple[str, object]]]:
        listening = [asyncio.create_task(heard(0)), asyncio.create_task(heard(2))]
        await asyncio.sleep(0)
        file.add(events_file.END, "whole")
        return await asyncio.gather(*listening)

    whole, rest = asyncio.run(both())
    assert rest == [("token", 2), ("end", "whole")]
    assert whole == [("token", 0), ("token", 1), *rest]
    file._file.close()
    events_file.EventsFile(8)._file.close()  # who wrote it died
    assert asyncio.run(heard(0))[-1][0] == "end"
    assert asyncio.run(_lost()) == ["lost"]


async def _lost() -> list[str]:
    return [told.kind async for told in events_file.follow(8)]


def test_a_report_shows_its_plan_before_and_answers_what_was_left_of_it(alice: Person) -> None:
    first = alice.client.post("/do/ask", {"text": "Research neural networks", "scope": "library"})
    box = alice.client.get(first["Location"]).text
    assert Message.objects.count() == 0
    assert "Research neural networks\n- What are neural networks?" in box
    assert 'value="library" selected' in box
    by_script = alice.client.post(
        "/do/ask", {"text": "Research neural networks"}, headers={"HX-Request": "true"}
    )
    assert by_script["HX-Redirect"].startswith("/ask?q=Research+neural+networks%0A-+")
    told = ask(alice, text="Research neural networks\n- What do they learn?\n- What limits them?")
    assert [part["heading"] for part in told.answer["parts"] if part["form"] == "section"] == [
        "What do they learn?",
        "What limits them?",
    ]
    assert page(alice, told).count("<h2") >= 2
    taken = alice.client.get(f"/ask/answer/{told.pk}.md").text
    assert "### What do they learn?" in taken
