"""What is learned from papers kept without a tag is shown and steered like a tag."""

from __future__ import annotations

import numpy as np
import pytest

from bookwheel.actions.loose_tag import loose_tag
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.purge import KEPT, purge
from bookwheel.core.taste import Taste
from bookwheel.models import Change, Mark, Paper, SteeringStep, Tag
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import interests
from bookwheel.queries.own_data import own_data
from bookwheel.queries.steering import steering_of
from listings import titled
from people import Person

PAGE = "/kept/learned"


@pytest.fixture
def tag(library: list[Paper], alice: Person) -> Tag:
    for paper in titled(library, "speech")[:3]:
        mark_paper(alice.reader, paper, Mark.Kind.LIKE)
    return loose_tag(alice.reader)


def taste(person: Person) -> Taste:
    (found,) = interests(person.reader)
    assert found.tag is None
    return found.taste(engine())


def steer(person: Person, tag: Tag, said: str) -> int:
    status: int = person.client.post("/do/steer", {"steer": f"{tag.pk} {said}"}).status_code
    return status


def test_the_page_shows_what_kept_papers_taught(tag: Tag, alice: Person) -> None:
    html = alice.client.get(PAGE).text
    assert "Kept without a tag" in html
    assert "speech" in html
    assert f'value="{tag.pk} words mute:speech"' in html
    assert PAGE in alice.client.get("/tags").text


def test_steering_moves_the_ranking_and_undo_restores_it_exactly(tag: Tag, alice: Person) -> None:
    before = taste(alice)
    assert steer(alice, tag, "words mute:speech") == 302
    after = taste(alice)
    assert not np.array_equal(before.vector, after.vector)
    assert '<tr class="said mute">' in alice.client.get(PAGE).text
    change = Change.objects.latest("pk")
    alice.client.post("/do/undo", {"change": change.pk})
    again = taste(alice)
    assert np.array_equal(before.vector, again.vector)
    assert np.array_equal(before.feature_weights, again.feature_weights)


def test_a_step_of_its_history_can_be_gone_back_to(tag: Tag, alice: Person) -> None:
    steer(alice, tag, "words pin:speech")
    steer(alice, tag, "reset :")
    alice.client.post("/do/restore-steering", {"step": SteeringStep.objects.latest("pk").pk})
    assert steering_of(tag)[0].words == {"speech": "pin"}


def test_a_sentence_alone_ranks(library: list[Paper], alice: Person) -> None:
    assert 'name="which" value="0"' in alice.client.get(PAGE).text
    assert not Tag.objects.exists()  # looking makes nothing
    said = {"which": 0, "kind": "sentence", "value": "speech recognition"}
    alice.client.post("/do/steer", said)
    assert taste(alice).vector is not None


def test_it_is_no_tag_in_any_list_and_never_purged(tag: Tag, alice: Person) -> None:
    steer(alice, tag, "words pin:speech")
    assert "No tags yet" in alice.client.get("/tags").text
    assert alice.client.post("/do/rename-tag", {"which": tag.pk, "name": "mine"}).status_code == 404
    assert alice.client.post("/do/delete-tag", {"which": tag.pk}).status_code == 404
    Tag.objects.filter(pk=tag.pk).update(deleted=tag.created - 2 * KEPT)
    purge()
    told = own_data(alice.reader)
    assert told["tags"] == []
    assert told["kept_without_a_tag"]["steering"] == {"words": {"speech": "pin"}}


def test_nobody_steers_what_another_keeps(tag: Tag, charlie: Person) -> None:
    assert steer(charlie, tag, "words pin:speech") == 404
    assert "speech" not in charlie.client.get(PAGE).text
