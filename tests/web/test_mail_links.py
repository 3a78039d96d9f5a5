"""Links in mails: no login, one purpose each; looking does nothing, a button does it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client

from bookwheel.models import Alert, DigestPlan, MailAddress, Mark, Paper, Reading
from bookwheel.queries.mail_links import confirm_link, gesture_links, stop_link
from people import Person

pytestmark = pytest.mark.django_db


def path(address: str) -> str:
    return urlsplit(address).path


@pytest.mark.parametrize("gesture", ["like", "hide", "later"])
def test_a_gesture_is_confirmed_first(
    alice: Person, paper: Paper, visitor: Client, gesture: str
) -> None:
    address = path(gesture_links(alice.reader, paper)[gesture])
    answer = visitor.get(address)
    assert paper.title in answer.text and "<button" in answer.text
    assert not (Mark.objects.exists() or Reading.objects.exists())
    assert visitor.post(address).status_code == 200
    assert visitor.post(address).status_code == 200  # pressed twice is done once
    if gesture == "later":
        assert Reading.objects.get(reader=alice.reader, paper=paper).state == "later"
    else:
        assert Mark.objects.get(reader=alice.reader, paper=paper).kind == gesture


def test_a_gesture_from_elsewhere_is_refused(alice: Person, paper: Paper) -> None:
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    assert strict.post(path(gesture_links(alice.reader, paper)["like"])).status_code == 403
    assert not Mark.objects.exists()


def test_a_link_does_only_what_it_was_made_for(alice: Person, paper: Paper, visitor: Client):
    liked = path(gesture_links(alice.reader, paper)["like"]).rpartition("/")[2]
    stop = path(stop_link(alice.reader, "digest")).rpartition("/")[2]
    for address in (
        f"/mail/do/{liked.replace('like', 'hide', 1)}",
        f"/mail/do/{stop}",
        f"/mail/stop/{liked}",
        f"/mail/confirm/{liked}",
        "/mail/do/x",
        "/mail/do/like.1.1:x:y",
    ):
        assert visitor.post(address).status_code == 404
    assert not Mark.objects.exists()


def test_gestures_expire_and_leaving_does_not(
    alice: Person, paper: Paper, visitor: Client, time_machine
) -> None:
    time_machine.move_to("2026-06-01T00:00:00Z")
    address, stop = gesture_links(alice.reader, paper)["like"], stop_link(alice.reader, "digest")
    time_machine.move_to("2026-07-02T00:00:00Z")
    assert visitor.post(path(address)).status_code == 404
    time_machine.move_to("2029-07-02T00:00:00Z")
    assert visitor.post(path(stop)).status_code == 200


def test_a_mail_program_unsubscribes_with_one_post(alice: Person) -> None:
    """RFC 8058: without cookies and without any confirmation; GET alone does nothing."""
    DigestPlan.objects.create(reader=alice.reader, on=True)
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    address = path(stop_link(alice.reader, "digest"))
    assert strict.get(address).status_code == 200
    assert DigestPlan.objects.get().on
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not DigestPlan.objects.get().on


def test_alerts_end_apart_from_digests(alice: Person, visitor: Client) -> None:
    DigestPlan.objects.create(reader=alice.reader, on=True)
    alice.reader.saved_searches.create(text="radium", alert=Alert.MAIL)
    alice.reader.followed_authors.create(family="Curie", alert=Alert.DIGEST)
    visitor.post(path(stop_link(alice.reader, "alert")))
    assert alice.reader.saved_searches.get().alert == Alert.SITE
    assert alice.reader.followed_authors.get().alert == Alert.DIGEST
    assert DigestPlan.objects.get().on


def test_an_address_is_confirmed_by_whoever_reads_its_mail(
    alice: Person, visitor: Client, time_machine
) -> None:
    time_machine.move_to("2026-06-01T00:00:00Z")
    held = MailAddress.objects.create(reader=alice.reader, address="a@example.org", paused="550")
    address = path(confirm_link(held))
    assert "a@example.org" in visitor.get(address).text
    held.refresh_from_db()
    assert not held.takes_mail
    assert visitor.post(address).status_code == 200
    held.refresh_from_db()
    assert held.takes_mail
    MailAddress.objects.update(address="other@example.org", confirmed=None)
    assert visitor.post(address).status_code == 404  # the address is another one now
    MailAddress.objects.update(address="a@example.org")
    time_machine.move_to("2026-06-05T00:00:00Z")
    assert visitor.post(address).status_code == 404
