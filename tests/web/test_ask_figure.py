"""A model is shown a figure: only one that sees, only figures that may be shown."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from bookwheel.actions.ask_question import Question, ask_question
from bookwheel.assistant.retriever import Scope
from bookwheel.models import Message, Paper
from bookwheel.web import events_file, writing
from figured import CONFUSED, keep_figured, plot
from people import Configure, Person
from scripted_models import GOOD, SEEING, SEEN, Scripted, scripted_models

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]


@pytest.fixture
def script(
    own_shelf: Path, library: list[Paper], configure: Configure, tmp_path: Path
) -> Iterator[Scripted]:
    with scripted_models() as made:
        listed = tmp_path / "models.toml"
        listed.write_text(made.listed())
        configure(models=listed, model_servers="")
        yield made


@pytest.fixture
def paper(library: list[Paper]) -> Paper:
    return library[-1]


@pytest.fixture
def name(paper: Paper, script: Scripted) -> str:
    """What its first figure is called in forms."""
    keep_figured(paper)
    return f"{paper.arxiv_id}:1:g1"


@pytest.fixture(autouse=True)
def _events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events_file, "place", lambda message: tmp_path / f"{message}.jsonl")


def told(alice: Person, name: str, model: str) -> Message:
    paper = name.partition(":")[0]
    question = Question("What is seen?", Scope((paper,)), model, figure=name)
    message = ask_question(alice.reader, question)
    writing.write(message, events_file.EventsFile(message.pk))
    message.refresh_from_db()
    return message


def test_a_figure_is_shown_and_what_is_seen_is_marked_as_the_models_own(
    alice: Person, script: Scripted, name: str
) -> None:
    message = told(alice, name, SEEING)
    assert message.state == "done"
    (posted,) = script.asked
    system, user = posted["messages"]
    assert "figure of a scientific paper" in system["content"]
    text, picture = user["content"]
    assert "The confusion matrix of" in text["text"]
    assert "What is seen?" in text["text"]
    kind, _comma, data = picture["image_url"]["url"].partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data) == plot()
    own, cited, link = message.answer["parts"][0]["sentences"]
    assert (own["text"], own["status"]) == (SEEN.strip(), "own")
    assert cited["citations"] == [1]
    assert cited["status"] != "struck"
    assert link["status"] == "struck"
    assert message.answer["quotes"][0]["text"] == CONFUSED
    page = alice.client.get(f"/ask/{message.conversation_id}").text
    assert f'href="/abs/{name.partition(":")[0]}/v1/figure/g1"' in page
    assert f'name="figure" value="{name}"' in page
    assert "https://bad.example" not in page.replace("https://bad.example/x now", "")


def test_a_model_that_does_not_see_is_not_sent_the_picture(
    alice: Person, script: Scripted, name: str
) -> None:
    message = told(alice, name, GOOD)
    assert message.state == "failed"
    assert "cannot be shown figures" in message.trouble
    assert message.answer["quotes"][0]["text"] == CONFUSED
    assert script.asked == []


def test_without_a_model_the_caption_and_what_the_text_says_are_quoted(
    alice: Person, name: str
) -> None:
    message = told(alice, name, "")
    (part,) = message.answer["parts"]
    assert part["heading"] == "Figure 1"
    assert part["sentences"][0]["text"] == CONFUSED


def test_a_figure_that_has_gone_is_told(alice: Person, paper: Paper, name: str) -> None:
    message = told(alice, f"{paper.arxiv_id}:1:g77", SEEING)
    assert message.state == "failed"
    assert "not here any more" in message.trouble
    page = alice.client.get(f"/ask/{message.conversation_id}").text
    assert "The figure that was asked about is not here any more." in page


def test_the_page_of_a_figure_leads_to_asking_where_a_model_sees(
    alice: Person, paper: Paper, name: str, configure: Configure, tmp_path: Path
) -> None:
    page = alice.client.get(f"/abs/{paper.arxiv_id}/v1/figure/g1").text
    assert f"/ask?figure={quote(name, safe='')}" in page
    lost = alice.client.get(f"/abs/{paper.arxiv_id}/v1/figure/g3").text
    assert "/ask?figure" not in lost
    form = alice.client.get("/ask", {"figure": name}).text
    assert f'name="figure" value="{name}"' in form
    assert f'<option value="{SEEING}" selected>' in form
    assert f'<option value="{GOOD}"' not in form
    blind = tmp_path / "blind.toml"
    blind.write_text('[[model]]\nmodel = "x"\nurl = "http://localhost:1/v1"\n')
    configure(models=blind)
    assert "/ask?figure" not in alice.client.get(f"/abs/{paper.arxiv_id}/v1/figure/g1").text


@pytest.mark.parametrize("wrong", ["", "0000.00000:1:g1", "{paper}:9:g1", "{paper}:x:g1", "a"])
def test_what_is_no_figure_is_not_asked_about(
    wrong: str, alice: Person, paper: Paper, name: str
) -> None:
    given = wrong.format(paper=paper.arxiv_id)
    wanted = 200 if not wrong else 404
    assert alice.client.get("/ask", {"figure": given}).status_code == wanted
    if wrong:
        sent = {"text": "What?", "figure": given, "model": SEEING}
        assert alice.client.post("/do/ask", sent).status_code == 404


def test_figures_that_may_not_be_shown_are_not_asked_about(
    alice: Person, name: str, configure: Configure, script: Scripted
) -> None:
    configure(serve_full_text="open")
    assert alice.client.get("/ask", {"figure": name}).status_code == 404
    assert told(alice, name, SEEING).state == "failed"
    assert script.asked == []
