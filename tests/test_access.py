"""Every address of the site against nobody, its owner and another reader.

A page without a row here fails, so that whoever adds one says who may see it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.test import Client

from address_rows import ASKED_DONE, ASKED_SHOWN, LOGIN, Row
from belongings import belongings
from bookwheel.access import conversation_read
from bookwheel.actions.add_own_text import add_own_text, read_own_text
from bookwheel.actions.annotate import Selection, annotate
from bookwheel.actions.ask_question import Question, ask_question
from bookwheel.actions.create_tag import create_tag
from bookwheel.actions.draft_import import draft_import
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.keep_document import keep_document
from bookwheel.actions.make_api_key import make_api_key
from bookwheel.actions.make_feed_link import make_feed_link
from bookwheel.actions.make_webhook import Hook, make_webhook
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.remember import remember
from bookwheel.actions.save_search import save_search
from bookwheel.actions.share_conversation import share_conversation
from bookwheel.actions.steer_tag import steer_tag
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.actions.write_answer import write_answer
from bookwheel.assistant.models import Stop
from bookwheel.core.steering import Turn
from bookwheel.models import (
    MailAddress,
    Mark,
    Paper,
    PrivatePaper,
)
from bookwheel.queries.feed_links import token
from bookwheel.queries.mail_links import confirm_link, gesture_links, stop_link
from bookwheel.web import writing
from bookwheel.web.urls import urlpatterns
from documents import PIXEL, document
from people import PASSWORD, Configure, Person

# GET. Things in braces are alice's; papers are everybody's.
SHOWN = [
    Row("for_you", "/", LOGIN, 200, 200),
    Row("day", "/day/2025-05-12", LOGIN, 200, 200),
    Row("catch_up", "/catch-up/2025-05-12", LOGIN, 200, 200),
    Row("following", "/following", LOGIN, 200, 200),
    Row("authorship", "/following/{author}", LOGIN, 200, 404),
    Row("notes", "/notes", LOGIN, 200, 200),
    Row("best", "/best", LOGIN, 200, 200),
    Row("top", "/top?span=year", LOGIN, 200, 200),
    Row("newest", "/new", LOGIN, 200, 200),
    Row("any_tags", "/tags/any?tag=vision", LOGIN, 200, 404),
    Row("tag", "/tag/vision", LOGIN, 200, 404),
    Row("search", "/search?q=learning", LOGIN, 200, 200),
    Row("similar", "/similar/{paper}", LOGIN, 200, 200),
    Row("figures", "/figures?q=fig:+radium+tag:vision", LOGIN, 200, 400),
    Row("figure", "/abs/{paper}/v{v}/figure/f1", LOGIN, 200, 200),
    Row("random", "/random?seed=1", LOGIN, 200, 200),
    Row("library", "/library?tag=vision", LOGIN, 200, 404),
    Row("words", "/abs/{paper}/words", LOGIN, 200, 200),
    Row("why", "/abs/{paper}/why?tag=vision", LOGIN, 200, 404),
    Row("text_here", "/abs/{paper}/text-here", LOGIN, 200, 200),
    Row("read", "/abs/{paper}/read", LOGIN, 200, 200),
    Row("pages", "/abs/{paper}/pages", LOGIN, 302, 302),  # to the text, where there is no PDF
    Row("page_image", "/abs/{paper}/v{v}/page/1.webp", LOGIN, 404, 404),
    Row("picture", "/abs/{paper}/v{v}/file/dish.png", LOGIN, 200, 200),
    Row("paper", "/abs/{paper}", LOGIN, 200, 200),
    Row("versions", "/abs/{paper}/versions", LOGIN, 200, 200),
    Row("health", "/health", LOGIN, 200, 200),
    Row("healthz", "/healthz", 200, 200, 200),
    Row("readyz", "/readyz", 200, 200, 200),
    Row("metrics", "/metrics", 200, 200, 200),  # to programs on this machine (test_watching.py)
    Row("health_json", "/health.json", 200, 200, 200),
    Row("bibtex", "/bib/{paper}", LOGIN, 200, 200),
    Row("tags", "/tags", LOGIN, 200, 200),
    Row("learned", "/tag/vision/learned", LOGIN, 200, 404),
    Row("learned_loose", "/kept/learned", LOGIN, 200, 200),
    Row("begin", "/begin?author=Curie", LOGIN, 200, 200),
    Row("go_on", "/tag/vision/begin", LOGIN, 200, 404),
    Row("stats", "/stats", LOGIN, 200, 200),
    Row("settings", "/settings", LOGIN, 200, 200),
    Row("help", "/help", LOGIN, 200, 200),
    Row("keys", "/keys", LOGIN, 200, 200),
    Row("library_in", "/library/import", LOGIN, 200, 200),
    Row("library_out", "/library/export?tag=vision", LOGIN, 200, 404),
    Row("library_private", "/library/private", LOGIN, 200, 200),
    Row("digest", "/settings/digest", LOGIN, 200, 200),
    Row("digest_preview", "/settings/digest/preview.html", LOGIN, 200, 200),
    Row("webhooks", "/webhooks", LOGIN, 200, 200),
    Row("webhook_log", "/webhooks/{webhook}", LOGIN, 200, 404),
    Row("feeds", "/feeds", LOGIN, 200, 200),
    Row("feed", "/feeds/{feed}.atom", 200, 200, 200),  # to whoever has the address
    Row("account_inactive", "/account/inactive", 200, 200, 200),
    Row("account_reset_password_done", "/account/password/reset/sent", 200, 200, 200),
    Row("account_reset_password_from_key_done", "/account/password/reset/done", 200, 200, 200),
    Row("account_data", "/account/data", LOGIN, 200, 200),
]
# GET and POST: a form.
FORMS = [
    Row("account_login", "/account/login", 200, 302, 302, "login=bob&password=x"),
    Row("account_logout", "/account/logout", 302, 200, 200, "next=/"),
    Row("account_signup", "/account/sign-up", 200, 302, 302, "username=dora"),
    Row("account_reauthenticate", "/account/again", LOGIN, 200, 200, "password=x"),
    Row("account_email", "/account/email", LOGIN, 200, 200, "email=x@example.org"),
    Row("account_confirm_email", "/account/email/{key}", 200, 200, 200, "x=y"),
    Row("account_change_password", "/account/password", LOGIN, 200, 200, "oldpassword=x"),
    Row("account_set_password", "/account/password/set", LOGIN, 302, 302, "password1=x"),
    Row("account_reset_password", "/account/password/reset", 200, 200, 200, "email=x"),
    Row("account_reset_password_from_key", "/account/password/reset/{reset}", 302, 302, 302, "x=y"),
    Row("usersessions_list", "/account/sessions", LOGIN, 200, 200, "x=y"),
    Row("account_delete", "/account/delete", LOGIN, 200, 200, "proof=x"),
    Row("check_references", "/library/check", LOGIN, 200, 200, "text=x"),
]
_AUTHORED = "authorship={author}+no+{paper}"
_DIGEST = "on=on&day=1&hour=7&when=always&least=0.60&most=20"
_HOOK = "name=mine&form=slack&address=https://hooks.example.org/x&of=tag+{tag}"
_CHOSEN = "which={tag}&this={paper}&that={paper}&choice=both"
# POST only.
DONE = [
    Row("do_like", "/do/like", LOGIN, 302, 302, "paper={paper}"),
    Row("do_unlike", "/do/unlike", LOGIN, 302, 302, "paper={paper}"),
    Row("do_hide", "/do/hide", LOGIN, 302, 302, "paper={paper}"),
    Row("do_unhide", "/do/unhide", LOGIN, 302, 302, "paper={paper}"),
    Row("do_tag", "/do/tag", LOGIN, 302, 302, "paper={paper}&tag=mine"),
    Row("do_untag", "/do/untag", LOGIN, 302, 404, "tagging={tag}+{paper}"),
    Row("do_later", "/do/later", LOGIN, 302, 302, "paper={paper}"),
    Row("do_read", "/do/read", LOGIN, 302, 302, "paper={paper}"),
    Row("do_unread", "/do/unread", LOGIN, 302, 302, "paper={paper}"),
    Row("do_opened", "/do/opened", LOGIN, 204, 204, "paper={paper}"),
    Row("do_read_day", "/do/read-day", LOGIN, 302, 302, "day=2025-05-12"),
    Row("do_catch_up", "/do/catch-up", LOGIN, 302, 302, "since=2025-05-12&until=2025-05-13"),
    Row("do_follow", "/do/follow", LOGIN, 302, 302, "author=0+{paper}"),
    Row("do_unfollow", "/do/unfollow", LOGIN, 302, 404, "which={author}"),
    Row("do_correct_author", "/do/correct-author", LOGIN, 302, 404, _AUTHORED),
    Row("do_alerts", "/do/alerts", LOGIN, 302, 404, "author-{author}=mail"),
    Row("do_seen", "/do/seen", LOGIN, 302, 404, "which=search+{search}"),
    Row("do_save_search", "/do/save-search", LOGIN, 302, 302, "search=radium"),
    Row("do_unsave_search", "/do/unsave-search", LOGIN, 302, 404, "which={search}"),
    Row("do_want_text", "/do/want-text", LOGIN, 302, 302, "paper={paper}"),
    Row("do_highlight", "/do/highlight", LOGIN, 302, 302, "paper={paper}&version={v}&note=Mine"),
    Row("do_change_note", "/do/change-note", LOGIN, 302, 404, "annotation={annotation}&note=So"),
    Row("do_delete_note", "/do/delete-note", LOGIN, 302, 404, "annotation={annotation}"),
    Row("do_place", "/do/place", LOGIN, 204, 204, "paper={paper}&block=s1.p1&thousandths=500"),
    Row("do_fetch", "/do/fetch", LOGIN, 302, 302, "paper={paper}"),
    Row("do_fetch_version", "/do/fetch-version", LOGIN, 404, 404, "paper={paper}&version=9"),
    Row("do_undo", "/do/undo", LOGIN, 302, 404, "change={change}"),
    Row("do_preferences", "/do/preferences", LOGIN, 302, 302, "theme=dark"),
    Row("do_language", "/do/language", LOGIN, 302, 302, "language=en"),
    Row("do_begin", "/do/begin", LOGIN, 302, 302, "name=mine&sentence=radium"),
    Row("do_choose", "/do/choose", LOGIN, 302, 404, _CHOSEN),
    Row("do_steer", "/do/steer", LOGIN, 302, 404, "steer={tag}+words+pin:radium"),
    Row("do_restore_steering", "/do/restore-steering", LOGIN, 302, 404, "step={step}"),
    Row("do_create_tag", "/do/create-tag", LOGIN, 302, 302, "name=mine"),
    Row("do_rename_tag", "/do/rename-tag", LOGIN, 302, 404, "which={tag}&name=seen"),
    Row("do_colour_tag", "/do/colour-tag", LOGIN, 302, 404, "which={tag}&colour=5"),
    Row("do_merge_tags", "/do/merge-tags", LOGIN, 302, 404, "which={tag}&into={other}"),
    Row("do_delete_tag", "/do/delete-tag", LOGIN, 302, 404, "which={tag}"),
    Row("do_read_library", "/do/read-library", LOGIN, 302, 302, "text=1706.03762"),
    Row("do_import_library", "/do/import-library", LOGIN, 302, 404, "tag=mine"),
    Row("do_drop_library", "/do/drop-library", LOGIN, 302, 404, "x=y"),
    Row("do_delete_private", "/do/delete-private", LOGIN, 302, 404, "which={private}"),
    Row("do_digest", "/do/digest", LOGIN, 302, 302, _DIGEST),
    Row("do_mail_address", "/do/mail-address", LOGIN, 400, 400, "address=x"),
    Row("do_send_digest", "/do/send-digest", LOGIN, 400, 400, "x=y"),
    Row("do_make_webhook", "/do/make-webhook", LOGIN, 302, 404, _HOOK),
    Row("do_try_webhook", "/do/try-webhook", LOGIN, 302, 404, "which={webhook}"),
    Row("do_delete_webhook", "/do/delete-webhook", LOGIN, 302, 404, "which={webhook}"),
    Row("do_make_feed", "/do/make-feed", LOGIN, 302, 404, "list=tag+{tag}"),
    Row("do_revoke_feed", "/do/revoke-feed", LOGIN, 302, 404, "which={feed_link}"),
    Row("do_make_key", "/do/make-key", LOGIN, 200, 200, "name=mine&scope=read"),
    Row("do_revoke_key", "/do/revoke-key", LOGIN, 302, 404, "which={key_for_programs}"),
    Row("account_end_session", "/account/sessions/end", LOGIN, 302, 404, "session={session}"),
]
# For programs, which have a key and no cookie: a login alone opens nothing.
PROGRAMS = [
    Row("program_models", "/v1/models", 401, 401, 401),
    Row("program_model", "/v1/models/bookwheel", 401, 401, 401),
    Row("completions", "/v1/chat/completions", 401, 401, 401, "model=bookwheel"),
]
# What stands in mails: the address is the proof. tests/web/test_mail_links.py presses them.
LETTERS = [
    Row("mail_gesture", "/mail/do/{mail_gesture}", 200, 200, 200, "x=y"),
    Row("mail_stop", "/mail/stop/{mail_stop}", 200, 200, 200, "x=y"),
    Row("mail_confirm", "/mail/confirm/{mail_confirm}", 200, 200, 200, "x=y"),
]
SHOWN += ASKED_SHOWN
DONE += ASKED_DONE
ROWS = SHOWN + FORMS + DONE + PROGRAMS + LETTERS


@dataclass(frozen=True)
class Place:
    """A site in use: alice has something of each kind, charlie has an account."""

    alice: Person
    charlie: Person
    things: dict[str, str]

    def address(self, row: Row) -> str:
        """The row's address, with alice's things in it."""
        return row.address.format(**self.things)

    def post(self, client: Client, row: Row) -> HttpResponse:
        """Send what the row says, as a browser would."""
        return client.post(
            self.address(row),
            row.fields.format(**self.things),
            content_type="application/x-www-form-urlencoded",
        )


@pytest.fixture(autouse=True)
def written_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no answer be written behind a test: another thread would see another database."""
    monkeypatch.setattr(writing, "start", lambda told: None)


@pytest.fixture
def place(alice: Person, charlie: Person, library: list[Paper], configure: Configure) -> Place:
    configure(sign_up="open", smtp_host="localhost")  # nothing is closed to all
    reader, paper = alice.reader, library[0]
    create_tag(reader, "other")
    tag_paper(reader, paper, "vision")
    change = mark_paper(reader, library[1], Mark.Kind.LIKE)
    follow_author(reader, "Curie", "Marie")
    save_search(reader, "radium")
    told = ask_question(reader, Question("What is radium?"))
    for _event in write_answer(told, Stop()):
        pass
    own = add_own_text(reader, "radium.txt", b"Radium glows in the dark.")
    read_own_text(own, b"Radium glows in the dark.")
    link = share_conversation(conversation_read(reader, told.conversation_id))
    steered = steer_tag(reader, reader.tags.get(name="vision"), Turn("breadth", "", "1"))
    Client(SERVER_NAME="localhost").post("/account/login", {"login": "alice", "password": PASSWORD})
    email = EmailAddress.objects.create(user=reader, email="a@example.org", primary=True)
    assert change and steered
    reader.refresh_from_db()
    paper.license = "http://creativecommons.org/licenses/by/4.0/"  # else it is served to nobody
    paper.save()
    version = keep_document(paper, paper.versions[-1][0], document(), {"dish.png": PIXEL}).version
    annotate(reader, paper, (version, document()), [Selection("s1.p1", 0, 6)], note="Glow")
    fed = make_feed_link(reader, "tag", tag=reader.tags.get(name="vision"))
    draft_import(reader, "mine.txt", paper.arxiv_id.encode())
    address = MailAddress.objects.create(reader=reader, address="a@example.org")
    things = {
        "v": version,
        "annotation": reader.annotations.get().pk,
        "paper": paper.arxiv_id,
        "tag": reader.tags.get(name="vision").pk,
        "other": reader.tags.get(name="other").pk,
        "change": change.pk,
        "step": steered.before["step"],
        "author": reader.followed_authors.get().pk,
        "private": PrivatePaper.objects.create(reader=reader, title="Ours").pk,
        "feed": token(fed),
        "mail_gesture": token_of(gesture_links(reader, paper)["hide"]),
        "webhook": make_webhook(reader, Hook("lab", "json", "https://example.org")).pk,
        "mail_stop": token_of(stop_link(reader, "digest")),
        "mail_confirm": token_of(confirm_link(address)),
        "feed_link": fed.pk,
        "key_for_programs": make_api_key(reader, "script", ["read"])[0].pk,
        "search": reader.saved_searches.get().pk,
        "conversation": told.conversation_id,
        "c": f"which={told.conversation_id}",
        "answer": told.pk,
        "link": link.pk,
        "token": link.token,
        "own": own.pk,
        "memory": remember(reader, "I work on radium").pk,
        "session": UserSession.objects.filter(user=reader).latest("pk").pk,
        "key": EmailConfirmationHMAC(email).key,
        "reset": f"{user_pk_to_url_str(reader)}-{default_token_generator.make_token(reader)}",
    }
    return Place(alice, charlie, {name: str(thing) for name, thing in things.items()})


def token_of(address: str) -> str:
    """The signed part of a link."""
    return address.rpartition("/")[2]


def answer_of(response: HttpResponse) -> int | str:
    """The status, or `LOGIN` when the visitor is sent there."""
    sent_to = response.headers.get("Location", "")
    return LOGIN if sent_to.startswith("/account/login?next=") else response.status_code


def by_name(row: Row) -> str:
    return row.name


def test_every_address_has_a_row() -> None:
    assert sorted(row.name for row in ROWS) == sorted(str(each.name) for each in urlpatterns)


@pytest.mark.parametrize("row", SHOWN + FORMS + LETTERS, ids=by_name)
def test_who_may_see(place: Place, visitor: Client, row: Row) -> None:
    address = place.address(row)
    before = belongings(place.alice.reader)
    assert answer_of(visitor.get(address)) == row.nobody
    assert answer_of(place.alice.client.get(address)) == row.alice
    assert answer_of(place.charlie.client.get(address)) == row.charlie
    assert belongings(place.alice.reader) == before


@pytest.mark.parametrize("row", DONE, ids=by_name)
def test_who_may_do(place: Place, visitor: Client, row: Row) -> None:
    before = belongings(place.alice.reader)
    assert answer_of(place.post(visitor, row)) == row.nobody
    assert answer_of(place.post(place.charlie.client, row)) == row.charlie
    assert belongings(place.alice.reader) == before
    assert answer_of(place.post(place.alice.client, row)) == row.alice


@pytest.mark.parametrize("row", PROGRAMS, ids=by_name)
def test_a_login_is_no_key(place: Place, visitor: Client, row: Row) -> None:
    for client in (visitor, place.alice.client, place.charlie.client):
        answer = place.post(client, row) if row.fields else client.get(row.address)
        assert answer.status_code == 401


@pytest.mark.parametrize("row", DONE, ids=by_name)
def test_nothing_is_done_by_looking(place: Place, row: Row) -> None:
    before = belongings(place.alice.reader)
    address = f"{place.address(row)}?{row.fields.format(**place.things)}"
    allowed = 302 if row.name == "do_language" else 405  # Django's own page only goes back
    assert place.alice.client.get(address).status_code == allowed
    assert belongings(place.alice.reader) == before


@pytest.mark.parametrize("row", SHOWN, ids=by_name)
def test_what_only_shows_takes_no_posts(place: Place, row: Row) -> None:
    assert place.post(place.alice.client, row).status_code == 405


@pytest.mark.parametrize("row", FORMS + DONE, ids=by_name)
def test_a_form_from_elsewhere_is_refused(place: Place, row: Row) -> None:
    before = belongings(place.alice.reader)
    place.alice.client.handler.enforce_csrf_checks = True
    assert place.post(place.alice.client, row).status_code == 403
    assert belongings(place.alice.reader) == before


@pytest.mark.parametrize("row", FORMS, ids=by_name)
def test_nobody_uses_the_forms_of_readers(place: Place, visitor: Client, row: Row) -> None:
    before = belongings(place.alice.reader)
    answer = answer_of(place.post(visitor, row))
    assert (answer == LOGIN) == (row.nobody == LOGIN)
    if row.name != "account_confirm_email":  # whoever has the key may confirm
        assert belongings(place.alice.reader) == before


def test_what_does_not_exist_looks_like_what_is_anothers(place: Place) -> None:
    anothers = place.charlie.client.get("/tag/vision")
    missing = place.charlie.client.get("/tag/nothing")
    assert anothers.status_code == missing.status_code == 404
    assert main(anothers) == main(missing)


def main(response: HttpResponse) -> str:
    """The part of the page that is not the same on all."""
    return response.text.partition("<main")[2].partition("</main>")[0]
