"""Whatever a model's server does, the reader gets the quotations, and can try again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bookwheel.actions.ask_question import Question, ask_question
from bookwheel.models import Conversation, Message, Paper
from bookwheel.queries.token_use import model_uses, used_today
from bookwheel.web import events_file, writing
from people import Configure, Person
from scripted_models import FAULTS, GOOD, STUBBORN, scripted_models

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]


@pytest.fixture
def models(
    library: list[Paper], library_folder: Path, configure: Configure, tmp_path: Path
) -> Iterator[None]:
    """Models of a scripted server, named by what they do."""
    with scripted_models() as script:
        listed = tmp_path / "models.toml"
        listed.write_text(script.listed())
        configure(data=library_folder, models=listed, model_servers="")
        yield


def written(alice: Person, model: str, tmp_path: Path, patch: pytest.MonkeyPatch) -> Message:
    """Ask a model and write its answer to the end."""
    patch.setattr(events_file, "place", lambda message: tmp_path / f"{message}.jsonl")
    question = Question("What do deep neural networks learn from their data?", model=model)
    told = ask_question(alice.reader, question)
    writing.write(told, events_file.EventsFile(told.pk))
    told.refresh_from_db()
    return told


def test_a_model_writes_and_what_it_invents_is_struck(
    alice: Person, models: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = written(alice, GOOD, tmp_path, monkeypatch)
    assert told.state == "done"
    html = alice.client.get(f"/ask/{told.conversation_id}").text
    assert "99" not in {str(quote["n"]) for quote in told.answer["quotes"]}
    assert f'data-quote="q{told.pk}-99"' not in html


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_server_costs_no_quotation(
    fault: str, alice: Person, models: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = written(alice, fault, tmp_path, monkeypatch)
    assert told.state in ("failed", "done")
    assert told.answer["quotes"]
    html = alice.client.get(f"/ask/{told.conversation_id}").text
    assert "do/again" in html and 'class="cite"' in html
    if told.state == "failed":
        assert told.trouble


def test_a_model_titles_what_the_question_began(
    alice: Person, models: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = written(alice, GOOD, tmp_path, monkeypatch)
    assert Conversation.objects.get(pk=told.conversation_id).title == "How networks learn"
    other = written(alice, STUBBORN, tmp_path, monkeypatch)
    assert Conversation.objects.get(pk=other.conversation_id).title == other.parent.text


def test_tokens_are_counted_and_a_day_has_its_allowance(
    alice: Person,
    bob: Person,
    models: None,
    configure: Configure,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = written(alice, GOOD, tmp_path, monkeypatch)
    used = told.answer["usage"]
    (row,) = model_uses(alice.reader)
    assert (row.model, row.answers) == (GOOD, 1)
    assert row.prompt > used["prompt"] and row.completion > used["completion"]  # the title's too
    assert row.cost == pytest.approx((row.prompt + 2 * row.completion) / 1e6)
    assert not model_uses(bob.reader)
    assert f'<th scope="row">{GOOD}</th>' in alice.client.get("/ask/settings").text
    configure(tokens_per_day=used_today(alice.reader))
    refused = alice.client.post("/do/ask", {"text": "Why?", "model": GOOD})
    assert refused.status_code == 429 and "choose Quotations" in refused.text
    assert ask_question(alice.reader, Question("Why?")).state == "running"
    assert ask_question(bob.reader, Question("Why?", model=GOOD)).model == GOOD
