"""Alice with something of each kind, and keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from bookwheel.actions.annotate import Selection, annotate
from bookwheel.actions.ask_question import Question, ask_question
from bookwheel.actions.create_tag import create_tag
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.keep_document import keep_document
from bookwheel.actions.make_api_key import make_api_key
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.save_search import save_search
from bookwheel.actions.steer_tag import steer_tag
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.actions.write_answer import write_answer
from bookwheel.assistant.models import Stop
from bookwheel.core.steering import Turn
from bookwheel.models import ApiKey, Mark, Paper, PrivatePaper, Reader
from documents import PIXEL, document
from people import Person

ALL = ("read", "write", "ask")


def key_of(reader: Reader, *scopes: str) -> str:
    """The secret of a new key."""
    return make_api_key(reader, "test", scopes or ALL)[1]


def expired(reader: Reader) -> str:
    key, secret = make_api_key(reader, "old", ALL, days=1)
    ApiKey.objects.filter(pk=key.pk).update(expires=timezone.now() - timedelta(seconds=1))
    return secret


def program(secret: str = "") -> Client:
    """A program on another machine, with a key or without."""
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    return Client(headers=headers, SERVER_NAME="localhost", REMOTE_ADDR="203.0.113.9")


@dataclass(frozen=True)
class Desk:
    """What alice has, by the names that stand for it in addresses."""

    alice: Person
    papers: list[Paper]
    things: dict[str, object]

    def address(self, path: str) -> str:
        return path.format(**self.things)


def furnished(alice: Person, library: list[Paper]) -> Desk:
    """Give alice something of each kind."""
    reader, paper = alice.reader, library[0]
    create_tag(reader, "other")
    tag_paper(reader, paper, "vision")
    tag_paper(reader, library[2], "vision")
    change = mark_paper(reader, library[1], Mark.Kind.LIKE)
    follow_author(reader, "Curie", "Marie")
    save_search(reader, "radium")
    told = ask_question(reader, Question("What is radium?"))
    for _event in write_answer(told, Stop()):
        pass
    vision = reader.tags.get(name="vision")
    steered = steer_tag(reader, vision, Turn("breadth", "", "1"))
    assert change and steered
    reader.refresh_from_db()
    paper.license = "http://creativecommons.org/licenses/by/4.0/"
    paper.save()
    version = keep_document(paper, paper.versions[-1][0], document(), {"dish.png": PIXEL}).version
    annotate(reader, paper, (version, document()), [Selection("s1.p1", 0, 6)], note="Glow")
    things: dict[str, object] = {
        "paper": paper.arxiv_id,
        "tag": vision.pk,
        "other": reader.tags.get(name="other").pk,
        "change": change.pk,
        "step": steered.before["step"],
        "author": reader.followed_authors.get().pk,
        "search": reader.saved_searches.get().pk,
        "note": reader.annotations.get().pk,
        "private": PrivatePaper.objects.create(reader=reader, title="Ours").pk,
        "conversation": told.conversation_id,
        "message": told.pk,
        "key": make_api_key(reader, "script", ["read"])[0].pk,
        "day": "2026-06-01",
    }
    return Desk(alice, library, things)
