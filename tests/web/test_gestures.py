"""Like, hide, tag and undo: with script a piece of the page, without it the way back."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from bookwheel.models import Change, Mark, Paper, Tag, Tagging
from people import Person

pytestmark = pytest.mark.django_db

LIST = "http://localhost/new?days=7&page=2"
SCRIPT = {"HX-Request": "true"}


def post(person: Person, address: str, script: bool = False, **fields: object) -> HttpResponse:
    """Press a button, in a browser with script or without."""
    headers = {"referer": LIST} | (SCRIPT if script else {})
    return person.client.post(address, fields, headers=headers)


def test_without_script_a_like_leads_back_to_the_card_with_undo(
    alice: Person, paper: Paper
) -> None:
    answer = post(alice, "/do/like", paper=paper.arxiv_id)
    assert answer.status_code == 302
    assert answer["Location"] == f"/new?days=7&page=2#p-{paper.arxiv_id}"
    assert Mark.objects.get().kind == Mark.Kind.LIKE
    html = alice.client.get("/help").text
    assert "Liked." in html
    assert f'name="change" value="{Change.objects.get().pk}"' in html
    assert "Liked." not in alice.client.get("/help").text


def test_undo_without_script(alice: Person, paper: Paper) -> None:
    post(alice, "/do/hide", paper=paper.arxiv_id)
    answer = post(alice, "/do/undo", change=Change.objects.get().pk)
    assert answer["Location"] == f"/new?days=7&page=2#p-{paper.arxiv_id}"
    assert Mark.objects.count() == 0


def test_with_script_a_like_is_drawn_in_place(alice: Person, paper: Paper) -> None:
    answer = post(alice, "/do/like", script=True, paper=paper.arxiv_id)
    html = answer.text
    assert html.lstrip().startswith(f'<div class="act done" id="act-{paper.arxiv_id}"')
    assert 'aria-pressed="true"' in html
    assert 'formaction="/do/unlike"' in html
    assert '<div id="toasts" hx-swap-oob="innerHTML"><p class="toast"><span>Liked.' in html
    assert "<html" not in html


def test_with_script_undo_draws_the_paper_wherever_it_is(alice: Person, paper: Paper) -> None:
    post(alice, "/do/hide", script=True, paper=paper.arxiv_id)
    html = post(alice, "/do/undo", script=True, change=Change.objects.get().pk).text
    assert f'id="act-{paper.arxiv_id}" hx-target="this" hx-swap="outerHTML" hx-swap-oob' in html
    assert "Undone." in html
    assert 'formaction="/do/hide"' in html


def test_a_hidden_paper_becomes_one_line(alice: Person, paper: Paper) -> None:
    html = post(alice, "/do/hide", script=True, paper=paper.arxiv_id).text
    assert '<span class="gone on">Hidden.' in html
    assert 'formaction="/do/unhide"' in html
    assert "/do/like" not in html
    html = post(alice, "/do/unhide", script=True, paper=paper.arxiv_id).text
    assert 'formaction="/do/like"' in html


def test_liking_twice_changes_nothing_and_offers_no_undo(alice: Person, paper: Paper) -> None:
    post(alice, "/do/like", script=True, paper=paper.arxiv_id)
    html = post(alice, "/do/like", script=True, paper=paper.arxiv_id).text
    assert "do_undo" not in html
    assert "/do/undo" not in html
    assert Mark.objects.count() == 1


def test_tagging_makes_the_tag_and_puts_it_into_the_rail(alice: Person, paper: Paper) -> None:
    html = post(alice, "/do/tag", script=True, paper=paper.arxiv_id, tag="robots").text
    tag = Tag.objects.get()
    assert (tag.name, tag.reader) == ("robots", alice.reader)
    assert f'value="{tag.pk} {paper.arxiv_id}" formaction="/do/untag"' in html
    assert '<div id="rail-tags" hx-swap-oob="outerHTML">' in html
    assert '<template id="my-tags" hx-swap-oob="outerHTML">' in html


def test_a_chosen_tag_wins_over_the_empty_box(alice: Person, paper: Paper) -> None:
    post(alice, "/do/tag", paper=paper.arxiv_id, tag=["", "graphs"])
    assert [tag.name for tag in Tag.objects.all()] == ["graphs"]


def test_untag(alice: Person, paper: Paper) -> None:
    post(alice, "/do/tag", paper=paper.arxiv_id, tag="robots")
    tag = Tag.objects.get()
    html = post(alice, "/do/untag", script=True, tagging=f"{tag.pk} {paper.arxiv_id}").text
    assert "Tag removed." in html
    assert Tagging.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/do/like", {}),
        ("/do/hide", {"paper": ""}),
        ("/do/tag", {"paper": "2501.00001"}),
        ("/do/untag", {"tagging": "x 2501.00001"}),
        ("/do/undo", {"change": "x"}),
        ("/do/preferences", {"density": "huge"}),
        ("/do/create-tag", {"name": " "}),
        ("/do/merge-tags", {"which": "²", "into": "1"}),
        ("/do/colour-tag", {"which": "9" * 40}),
    ],
)
def test_a_form_that_makes_no_sense_is_refused_in_words(
    alice: Person, db: None, address: str, fields: dict[str, str]
) -> None:
    from people import make_paper

    make_paper("2501.00001")
    answer = post(alice, address, **fields)
    assert answer.status_code == 400
    assert "<h1>That did not work</h1>" in answer.text
    plain = post(alice, address, script=True, **fields)
    assert plain["Content-Type"].startswith("text/plain")


def test_a_paper_that_is_not_there_is_404(alice: Person) -> None:
    assert post(alice, "/do/like", paper="9999.99999").status_code == 404


def test_nobody_undoes_what_another_did(alice: Person, charlie: Person, paper: Paper) -> None:
    post(alice, "/do/like", paper=paper.arxiv_id)
    assert post(charlie, "/do/undo", change=Change.objects.get().pk).status_code == 404
    assert Mark.objects.count() == 1


def test_nobody_takes_a_paper_out_of_anothers_tag(
    alice: Person, charlie: Person, paper: Paper
) -> None:
    post(alice, "/do/tag", paper=paper.arxiv_id, tag="robots")
    tagging = f"{Tag.objects.get().pk} {paper.arxiv_id}"
    assert post(charlie, "/do/untag", tagging=tagging).status_code == 404
    assert Tagging.objects.count() == 1


@pytest.mark.parametrize(
    ("came_from", "back_to"),
    [
        ("", "/"),
        ("http://localhost", "/"),
        ("http://localhost/new?page=2#top", "/new?page=2"),
        ("https://evil.example/x", "/"),
        ("//evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://localhost@evil.example/", "/"),
        ("http://localhost//evil.example/x", "/evil.example/x"),
        ("http://localhost///evil.example", "/evil.example"),
    ],
)
def test_the_way_back_never_leaves_the_site(
    alice: Person, paper: Paper, came_from: str, back_to: str
) -> None:
    answer = alice.client.post(
        "/do/like", {"paper": paper.arxiv_id}, headers={"referer": came_from}
    )
    assert answer["Location"] == f"{back_to}#p-{paper.arxiv_id}"


def test_preferences_are_kept(alice: Person) -> None:
    assert post(alice, "/do/preferences", theme="dark")["Location"] == "/new?days=7&page=2"
    post(alice, "/do/preferences", density="titles")
    alice.reader.refresh_from_db()
    assert (alice.reader.theme, alice.reader.density) == ("dark", "titles")
    assert '<html lang="en" data-theme="dark">' in alice.client.get("/help").text


def test_forms_need_their_token(alice: Person, paper: Paper) -> None:
    alice.client.handler.enforce_csrf_checks = True
    assert post(alice, "/do/like", paper=paper.arxiv_id).status_code == 403
    assert Mark.objects.count() == 0
