"""Webhooks over real HTTP: told once of each listing, tried again, stopped when all fails."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from django.utils import timezone

from bookwheel.actions.deliver_webhook import GIVEN_UP, PAUSES
from bookwheel.actions.deliver_webhooks import LEASE, deliver_webhooks, webhooks_wait
from bookwheel.actions.make_webhook import Hook, make_webhook
from bookwheel.actions.save_search import save_search
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.actions.try_webhook import try_webhook
from bookwheel.errors import InputError
from bookwheel.models import Delivery, Paper, Webhook
from chat_server import Chat, chat
from feeds import days_of
from people import Person

__all__ = ["chat"]
pytestmark = [pytest.mark.loopback, pytest.mark.django_db]


def never() -> bool:
    return False


@pytest.fixture
def hook(alice: Person, library: list[Paper], chat: Chat, time_machine: Any) -> Webhook:
    """A webhook of a search that finds one paper of the newest listing, which is new to it."""
    newest, before = days_of(library)[:2]
    time_machine.move_to(f"{newest}T12:00:00Z", tick=True)
    paper = next(paper for paper in library if paper.announced == newest)
    save_search(alice.reader, f"id:{paper.arxiv_id} OR xyzzy")
    made = make_webhook(
        alice.reader, Hook("lab", "json", chat.address, of=alice.reader.saved_searches.get())
    )
    Webhook.objects.update(covered=before)
    return made


def test_each_listing_is_told_once(hook: Webhook, chat: Chat, library: list[Paper]) -> None:
    assert webhooks_wait(timezone.now())
    assert deliver_webhooks(never) == {"done": 1}
    assert deliver_webhooks(never) == {}
    assert not webhooks_wait(timezone.now())
    said = orjson.loads(chat.posted[0].body)
    assert len(said["data"]["papers"]) == 1
    hook.refresh_from_db()
    assert hook.covered == days_of(library)[0]


def test_what_was_not_taken_comes_again_with_the_same_number(
    hook: Webhook, chat: Chat, time_machine: Any
) -> None:
    chat.answers = [(500, "oops", {}), (429, "", {"Retry-After": "600"}), (200, "", {})]
    assert deliver_webhooks(never) == {"waiting": 1}
    assert deliver_webhooks(never) == {}
    time_machine.shift(timedelta(minutes=2))
    assert deliver_webhooks(never) == {"waiting": 1}
    time_machine.shift(timedelta(minutes=6))
    assert deliver_webhooks(never) == {}  # it asked for ten minutes
    time_machine.shift(timedelta(minutes=5))
    assert deliver_webhooks(never) == {"done": 1}
    assert len({each.headers["webhook-id"] for each in chat.posted}) == 1
    assert len({each.body for each in chat.posted}) == 1
    row = hook.deliveries.get()
    assert (row.attempts, row.status, row.state) == (3, 200, "done")


def test_after_repeated_failure_nothing_more_is_sent(
    hook: Webhook, chat: Chat, time_machine: Any
) -> None:
    chat.answers = [(500, "oops", {})]
    for number in range(GIVEN_UP):
        Delivery.objects.create(webhook=hook, slot=f"x {number}", body="{}", again=timezone.now())
    for _ in range(len(PAUSES) + 1):
        deliver_webhooks(never)
        time_machine.shift(timedelta(hours=13))
    hook.refresh_from_db()
    assert hook.stopped == "500 oops"
    before = len(chat.posted)
    assert deliver_webhooks(never) == {}
    assert len(chat.posted) == before
    assert not webhooks_wait(timezone.now())
    assert try_webhook(hook).state == "failed"
    chat.answers = [(200, "", {})]
    assert try_webhook(hook).state == "done"
    hook.refresh_from_db()
    assert (hook.stopped, hook.failures) == ("", 0)


def test_what_is_gone_is_not_asked_again(hook: Webhook, chat: Chat) -> None:
    chat.answers = [(410, "", {})]
    assert deliver_webhooks(never) == {"failed": 1}
    hook.refresh_from_db()
    assert hook.stopped.startswith("410")


def test_a_message_of_a_process_that_died_is_sent_by_the_next(
    hook: Webhook, chat: Chat, time_machine: Any
) -> None:
    Webhook.objects.update(covered=date(2100, 1, 1))
    Delivery.objects.create(
        webhook=hook, slot="x", body="{}", state="claimed", claimed=timezone.now()
    )
    assert deliver_webhooks(never) == {}
    time_machine.shift(LEASE + timedelta(seconds=1))
    assert deliver_webhooks(never)["done"] == 1


def test_a_tag_tells_of_what_reaches_the_line(
    alice: Person, library: list[Paper], chat: Chat, time_machine: Any
) -> None:
    newest, before = days_of(library)[:2]
    time_machine.move_to(f"{newest}T12:00:00Z", tick=True)
    tag_paper(alice.reader, library[-1], "vision")
    alice.reader.line = 0.0
    alice.reader.save()
    tag = alice.reader.tags.get()
    make_webhook(alice.reader, Hook("lab", "slack", chat.address, of=tag))
    Webhook.objects.update(covered=before)
    assert deliver_webhooks(never) == {"done": 1}
    assert orjson.loads(chat.posted[0].body)["text"].startswith("vision: ")


@pytest.mark.parametrize(
    "wish",
    [
        Hook("", "json", "https://example.org"),
        Hook("x", "fax", "https://example.org"),
        Hook("x", "json", "ftp://example.org"),
        Hook("x", "json", "https://example.org/" + "x" * 2000),
        Hook("x", "telegram", "no token", chat="1"),
        Hook("x", "telegram", "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", chat="x y"),
    ],
)
def test_what_no_webhook_can_be_made_of(alice: Person, wish: Hook) -> None:
    with pytest.raises(InputError):
        make_webhook(alice.reader, wish)


def test_telegram_needs_only_token_and_chat(alice: Person) -> None:
    token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    made = make_webhook(alice.reader, Hook("x", "telegram", token, chat="-100123"))
    assert made.address == f"https://api.telegram.org/bot{token}/sendMessage"
