from __future__ import annotations

import pytest

from bookwheel.actions.tag_paper import tag_paper
from bookwheel.models import Paper, SteeringStep, Tag
from bookwheel.queries.steering import steering_of
from listings import titled
from people import Person


@pytest.fixture
def tag(library: list[Paper], alice: Person) -> Tag:
    for paper in titled(library, "speech")[:2]:
        tag_paper(alice.reader, paper, "speech")
    return Tag.objects.get()


def steer(person: Person, tag: Tag, said: str, **headers: str) -> str:
    response = person.client.post("/do/steer", {"steer": f"{tag.pk} {said}"}, headers=headers)
    assert response.status_code in (200, 302)
    html: str = response.text
    return html


def test_a_button_steers_without_script_and_goes_back(tag: Tag, alice: Person) -> None:
    response = alice.client.post(
        "/do/steer",
        {"steer": f"{tag.pk} words mute:speech"},
        headers={"referer": "http://localhost/tag/speech/learned"},
    )
    assert response.headers["Location"].startswith("/tag/speech/learned")
    html = alice.client.get("/tag/speech/learned").text
    assert "Steered." in html
    assert '<tr class="said mute">' in html
    assert f'value="{tag.pk} words :speech"' in html  # pressed again, it takes it back


def test_with_script_only_the_piece_is_drawn_anew(tag: Tag, alice: Person) -> None:
    html = steer(alice, tag, "authors pin:Curie, Marie", **{"hx-request": "true"})
    assert html.lstrip().startswith('<div id="learned"')
    assert "Marie Curie" in html and "<h1" not in html
    assert 'hx-swap-oob="innerHTML"' in html


def test_forms_say_what_buttons_cannot(tag: Tag, alice: Person) -> None:
    for fields in (
        {"kind": "sentence", "value": "speech, but not music"},
        {"kind": "breadth", "value": "1"},
        {"kind": "fade", "value": "12"},
        {"kind": "never_words.add", "name": "Large Language Models"},
        {"kind": "categories.pin", "name": "cs.sd"},
    ):
        assert alice.client.post("/do/steer", {"which": tag.pk} | fields).status_code == 302
    told = steering_of(tag)[0]
    assert (told.sentence, told.breadth, told.fade) == ("speech, but not music", 1, 12)
    assert told.never_words == ("large language models",)
    assert told.categories == {"cs.SD": "pin"}
    html = alice.client.get("/tag/speech/learned").text
    assert "“large language models”" in html
    assert "speech, but not music</textarea>" in html


def test_history_leads_back(tag: Tag, alice: Person) -> None:
    steer(alice, tag, "words pin:speech")
    steer(alice, tag, "reset :")
    html = alice.client.get("/tag/speech/learned").text
    assert "Reset: as learned" in html and "“speech”: pin" in html
    last = SteeringStep.objects.latest("pk")
    alice.client.post("/do/restore-steering", {"step": last.pk})
    assert steering_of(tag)[0].words == {"speech": "pin"}


@pytest.mark.parametrize("said", ["words loud:speech", "words", "colour pin:red", "papers mute:x"])
def test_nonsense_is_answered_with_a_reason(tag: Tag, alice: Person, said: str) -> None:
    response = alice.client.post("/do/steer", {"steer": f"{tag.pk} {said}"})
    assert response.status_code == 400
    assert steering_of(tag)[0].neutral


def test_hostile_words_are_only_words(tag: Tag, alice: Person) -> None:
    nasty = "<script>alert(1)</script>"
    alice.client.post("/do/steer", {"which": tag.pk, "kind": "sentence", "value": nasty})
    alice.client.post(
        "/do/steer", {"which": tag.pk, "kind": "authors.pin", "name": f"{nasty}, Bobby"}
    )
    html = alice.client.get("/tag/speech/learned").text
    assert nasty not in html
