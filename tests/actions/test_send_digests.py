"""Digests over real SMTP: once for each reader and day, whatever fails in between."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone

from bookwheel.actions import send_digest as sending
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.save_search import save_search
from bookwheel.actions.send_digests import LEASE, send_digests, something_is_due
from bookwheel.actions.set_digest import Wish, set_digest
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.delivery.letter import Letter
from bookwheel.delivery.mail import mail_of, message_id
from bookwheel.models import Alert, Digest, DigestPlan, MailAddress, Mark, Paper, Reader
from feeds import days_of
from figured import keep_figured
from hostile import HOSTILE
from people import Person
from post_office import Office, office

__all__ = ["office"]
pytestmark = [pytest.mark.loopback, pytest.mark.django_db]
HEADERS = {
    *("Subject", "From", "To", "Date", "Message-ID", "List-Id", "Auto-Submitted", "MIME-Version"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type"),
}


def plan(reader: Reader, **changes: Any) -> DigestPlan:
    """A digest each day at seven in UTC, to a confirmed address."""
    MailAddress.objects.update_or_create(
        reader=reader,
        defaults={"address": f"{reader.username}@example.org", "confirmed": timezone.now()},
    )
    wish = {
        "on": True,
        "weekdays": "1234567",
        "hour": 7,
        "when": "always",
        "least": 0.6,
        "most": 20,
        "tags": list(reader.tags.values_list("pk", flat=True)),
        "likes": True,
        "language": "en",
    }
    return set_digest(reader, Wish(**wish | changes))


def morning(day: date, hour: int = 7, minute: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.fixture
def newest(library: list[Paper]) -> date:
    return days_of(library)[0]


@pytest.fixture
def due(alice: Person, newest: date, time_machine: Any, office: Office) -> Reader:
    """Alice, whose digest of the newest listing is due."""
    time_machine.move_to(morning(newest, 5), tick=True)
    plan(alice.reader)
    time_machine.move_to(morning(newest), tick=True)
    return alice.reader


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part
    text: str = part.get_content()
    return text


def test_a_digest_comes_once_a_day(due: Reader, newest: date, office: Office) -> None:
    assert something_is_due(timezone.now())
    assert send_digests().states == {"sent": 1}
    assert send_digests().states == {}
    assert not something_is_due(timezone.now())
    mail, row = office.arrived[0], due.digests.get()
    assert mail["To"] == "alice@example.org"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<https://papers.example.org/mail/stop/")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert (row.state, row.until, row.slot) == ("sent", newest, f"digest {newest}")
    assert due.digest_plan.covered == newest or DigestPlan.objects.get().covered == newest


def test_nothing_before_the_hour_or_to_an_address_that_is_not_confirmed(
    alice: Person, newest: date, time_machine: Any, office: Office
) -> None:
    time_machine.move_to(morning(newest, 5), tick=True)
    plan(alice.reader)
    assert send_digests().states == {}
    MailAddress.objects.update(confirmed=None)
    time_machine.move_to(morning(newest), tick=True)
    assert send_digests().states == {}
    assert office.arrived == []


RETRIED = ["421 before data", "421 after data", "450 for the recipient", "571 after data"]


@pytest.mark.parametrize("fault", [*RETRIED, "cut in the middle"])
def test_what_was_not_taken_is_sent_later_once(
    due: Reader,
    office: Office,
    time_machine: Any,
    fault: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office.fault = fault
    if fault == "cut in the middle":  # the news of it needs a moment, also on one machine
        monkeypatch.setattr("bookwheel.delivery.postbox.LISTEN", 10.0)
    assert send_digests().states == {"waiting": 1}
    assert office.arrived == []
    monkeypatch.setattr("bookwheel.delivery.postbox.LISTEN", 0.0)
    assert send_digests().states == {}  # not before a while
    time_machine.shift(timedelta(minutes=6))
    assert send_digests().states == {"sent": 1}
    time_machine.shift(timedelta(hours=2))
    assert send_digests().states == {}
    assert len(office.arrived) == 1


@pytest.mark.parametrize("fault", ["cut after data", "timeout after data", "taken, then cut"])
def test_what_may_have_been_taken_is_not_sent_again(
    due: Reader, newest: date, office: Office, time_machine: Any, fault: str
) -> None:
    office.fault = fault
    assert send_digests().states == {"unsure": 1}
    time_machine.shift(timedelta(hours=3))
    assert send_digests().states == {}
    assert len(office.arrived) == (fault == "taken, then cut")
    time_machine.move_to(morning(newest + timedelta(days=1), 15, 30), tick=True)
    send_digests()  # its papers come again, and it is said why
    assert "not known whether the last digest reached you" in body(office.arrived[-1], "plain")
    assert due.digests.get(slot=f"digest {newest + timedelta(days=1)}").until == newest


def test_an_address_that_is_refused_is_paused(due: Reader, office: Office) -> None:
    office.refused = {"alice@example.org"}
    assert send_digests().states == {"refused": 1}
    address = MailAddress.objects.get(reader=due)
    assert address.paused.startswith("550 5.1.1 No such mailbox")
    assert not address.takes_mail


def test_one_refused_address_keeps_nobody_else_from_theirs(
    due: Reader, bob: Person, newest: date, office: Office, time_machine: Any
) -> None:
    time_machine.move_to(morning(newest, 5), tick=True)
    plan(bob.reader)
    time_machine.move_to(morning(newest), tick=True)
    office.refused = {"alice@example.org"}
    assert send_digests().states == {"refused": 1, "sent": 1}
    assert [mail["To"] for mail in office.arrived] == ["bob@example.org"]


def test_a_server_that_is_away_costs_nobody_a_digest(
    due: Reader, office: Office, configure: Any, time_machine: Any
) -> None:
    from bookwheel.config import config

    port = config().smtp_port
    configure(smtp_port=1)
    assert "refused" in send_digests().problem.lower()
    configure(smtp_port=port)
    time_machine.shift(timedelta(minutes=6))
    assert send_digests().states == {"sent": 1}


class KilledError(BaseException):
    """As if the process had been killed: nothing catches it on its way."""


def test_killed_before_the_last_byte_it_is_sent_by_the_next(
    due: Reader, office: Office, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_hand_over", killed)
        with pytest.raises(KilledError):
            send_digests()
    assert due.digests.get().state == "claimed"
    assert send_digests().states == {}  # it may still be at it
    time_machine.shift(LEASE + timedelta(seconds=1))
    assert send_digests().states == {"sent": 1}
    assert len(office.arrived) == 1


def test_killed_after_the_server_took_it_it_is_not_sent_again(
    due: Reader, office: Office, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_through", killed)
        with pytest.raises(KilledError):
            send_digests()
    time_machine.shift(LEASE + timedelta(seconds=1))
    assert send_digests().states == {}
    assert due.digests.get().state == "unsure"
    assert len(office.arrived) == 1


def test_who_was_thought_dead_stops_before_the_last_byte(
    due: Reader, office: Office, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one is slow; the second one takes over, sends, and the first one notices."""
    make = sending.made

    def slow(digest: Digest, *rest: Any) -> Any:
        if digest.attempts == 1:
            time_machine.shift(LEASE + timedelta(seconds=1))
            assert send_digests().states == {"sent": 1}
        return make(digest, *rest)

    monkeypatch.setattr(sending, "made", slow)
    assert send_digests().states == {}
    assert len(office.arrived) == 1
    assert due.digests.get().state == "sent"


def test_the_same_digest_keeps_its_name(due: Reader, office: Office, time_machine: Any) -> None:
    row = Digest(reader=due, slot="digest 2026-01-01")
    assert message_id(row) == message_id(Digest(reader=due, slot="digest 2026-01-01"))
    assert message_id(row) != message_id(Digest(reader=due, slot="digest 2026-01-02"))


def test_only_when_something_reaches_the_threshold(
    alice: Person, newest: date, library: list[Paper], time_machine: Any, office: Office
) -> None:
    tag_paper(alice.reader, library[0], "vision")
    time_machine.move_to(morning(newest, 5), tick=True)
    plan(alice.reader, when="least", least=1.0)
    time_machine.move_to(morning(newest), tick=True)
    assert send_digests().states == {"nothing": 1}
    assert office.arrived == []
    assert "1.00" in alice.reader.digests.get().told


def test_it_waits_for_papers_that_are_on_their_way_and_then_says_that_they_are_late(
    alice: Person, newest: date, time_machine: Any, office: Office
) -> None:
    from bookwheel.arxiv.schedule import next_listing

    day = next_listing(newest)
    time_machine.move_to(morning(day, 5), tick=True)
    plan(alice.reader)
    DigestPlan.objects.update(covered=newest)
    time_machine.move_to(morning(day), tick=True)
    assert send_digests().states == {}
    time_machine.move_to(morning(day, 15, 30), tick=True)
    assert send_digests().states == {"sent": 1}
    assert "The harvest is behind" in body(office.arrived[0], "plain")


def test_papers_are_grouped_by_what_brought_them(
    alice: Person, newest: date, library: list[Paper], time_machine: Any, office: Office
) -> None:
    of_day = [paper for paper in library if paper.announced == newest]
    family, given, _suffix = of_day[0].authors[0]
    follow_author(alice.reader, family, given)
    save_search(alice.reader, f"id:{of_day[1].arxiv_id} OR xyzzy")
    mark_paper(alice.reader, library[3], Mark.Kind.LIKE)
    time_machine.move_to(morning(newest, 5), tick=True)
    plan(alice.reader)
    time_machine.move_to(morning(newest), tick=True)
    assert send_digests().states == {"sent": 1}
    text = body(office.arrived[0], "plain")
    assert "Authors you follow" in text
    assert f"https://arxiv.org/abs/{of_day[0].arxiv_id}" in text
    assert f"https://arxiv.org/abs/{of_day[1].arxiv_id}" in text


def test_an_alert_comes_for_what_is_wanted_at_once(
    alice: Person, newest: date, library: list[Paper], time_machine: Any, office: Office
) -> None:
    of_day = [paper for paper in library if paper.announced == newest]
    before = days_of(library)[1]
    family, given, _suffix = of_day[0].authors[0]
    follow_author(alice.reader, family, given)
    plan(alice.reader, on=False)
    alice.reader.followed_authors.update(alert=Alert.MAIL)
    time_machine.move_to(morning(newest), tick=True)
    DigestPlan.objects.update(alerted=before, next_at=timezone.now())
    assert send_digests().states == {"sent": 1}
    assert office.arrived[0]["Subject"].startswith("1 new paper")
    time_machine.shift(timedelta(hours=1))
    assert send_digests().states == {}


def test_figures_that_may_be_shown_are_parts_of_the_mail(
    due: Reader, newest: date, library: list[Paper], office: Office, configure: Any
) -> None:
    paper = next(paper for paper in library if paper.announced == newest)
    text = keep_figured(paper)
    text.licence = "http://creativecommons.org/licenses/by/4.0/"
    text.save()
    configure(serve_full_text="open")
    assert send_digests().states == {"sent": 1}
    parts = [part for part in office.arrived[0].walk() if part.get_content_type() == "image/jpeg"]
    name = parts[0]["Content-ID"].strip("<>")
    assert f'src="cid:{name}"' in body(office.arrived[0], "html")
    assert parts[0].get_content()[:2] == b"\xff\xd8"


def test_other_figures_are_not(
    due: Reader, newest: date, library: list[Paper], office: Office, configure: Any
) -> None:
    paper = next(paper for paper in library if paper.announced == newest)
    text = keep_figured(paper)
    text.licence = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"
    text.save()
    configure(serve_full_text="open")
    assert send_digests().states == {"sent": 1}
    assert not [part for part in office.arrived[0].walk() if part.get_content_maintype() == "image"]


@pytest.mark.parametrize("title", [each for each in HOSTILE if "\ud800" not in each])
def test_whatever_titles_and_names_hold(
    due: Reader, newest: date, library: list[Paper], office: Office, title: str
) -> None:
    """Through headers, HTML and text: nothing of it becomes a header, a tag or another address."""
    paper = next(paper for paper in library if paper.announced == newest)
    paper.title, paper.authors, paper.abstract = title, [[title, title, ""]], title
    paper.save()
    save_search(due, "xyzzy")
    due.saved_searches.update(text=f"id:{paper.arxiv_id} OR xyzzy", alert=Alert.DIGEST)
    assert send_digests().states == {"sent": 1}
    mail = office.arrived[0]
    assert mail["To"] == "alice@example.org"
    assert set(mail.keys()) <= HEADERS
    html = body(mail, "html")
    assert (
        re.findall(
            r"<(?!/?(?:html|head|meta|title|style|body|table|tr|td|tbody|p|h[123]|span|"
            r"div|a|br|img|!)\b|!doctype)[a-z]",
            html,
            re.I,
        )
        == []
    )
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)


@pytest.mark.parametrize(
    "name", ["x\r\nBcc: evil@example.org", "a" * 900, "\u202eevil", "=?utf-8?q?x?="]
)
def test_whatever_a_subject_holds(alice: Person, name: str) -> None:
    letter = Letter(name, "", (), (), (), "", "https://e.example/stop", "https://e.example")
    row = Digest(reader=alice.reader, slot="digest 2026-01-01")
    mail = message_from_bytes(mail_of(letter, "alice@example.org", row), policy=policy.default)
    assert set(mail.keys()) <= HEADERS
    assert "\n" not in mail["Subject"] and len(mail["Subject"]) <= 150
