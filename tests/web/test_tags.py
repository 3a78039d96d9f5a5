"""The page of tags: every change with a way back; and what a tag has learned."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from bookwheel.actions.tag_paper import tag_paper
from bookwheel.models import Change, Paper, Tag
from bookwheel.models.tag import COLOURS
from bookwheel.web.pages.tags import colour_names
from people import Person

pytestmark = pytest.mark.django_db


def post(person: Person, address: str, **fields: object) -> HttpResponse:
    """Send a form of the page of tags."""
    return person.client.post(address, fields, headers={"referer": "http://localhost/tags"})


def undo(person: Person) -> None:
    """Press undo."""
    change = Change.objects.filter(undone=None).latest("pk")
    assert post(person, "/do/undo", change=change.pk)["Location"].startswith("/tags")


def names() -> list[str]:
    """Names of all tags that are not deleted."""
    return sorted(tag.name for tag in Tag.objects.filter(deleted=None))


def test_make_and_undo(alice: Person) -> None:
    assert "No tags yet" in alice.client.get("/tags").text
    assert post(alice, "/do/create-tag", name="robots")["Location"] == "/tags"
    html = alice.client.get("/tags").text
    assert "Tag made." in html
    assert "0 papers" in html
    undo(alice)
    assert names() == []


def test_rename_and_undo(alice: Person, paper: Paper) -> None:
    tag_paper(alice.reader, paper, "robots")
    post(alice, "/do/rename-tag", which=Tag.objects.get().pk, name="machines")
    assert names() == ["machines"]
    assert alice.client.get("/tag/machines").status_code == 200
    assert alice.client.get("/tag/robots").status_code == 404
    undo(alice)
    assert names() == ["robots"]


def test_a_name_that_is_taken_is_refused(alice: Person, paper: Paper) -> None:
    tag_paper(alice.reader, paper, "robots")
    tag_paper(alice.reader, paper, "machines")
    answer = post(alice, "/do/rename-tag", which=Tag.objects.get(name="robots").pk, name="Machines")
    assert answer.status_code == 400
    assert "You already have a tag called “machines”." in answer.text


def test_colour_and_undo(alice: Person, paper: Paper) -> None:
    tag_paper(alice.reader, paper, "robots")
    tag = Tag.objects.get()
    post(alice, "/do/colour-tag", which=tag.pk, colour=5)
    assert '<span class="dot hue-5"></span>' in alice.client.get("/help").text
    undo(alice)
    tag.refresh_from_db()
    assert tag.colour == 0


def test_merge_and_undo(alice: Person, paper: Paper) -> None:
    tag_paper(alice.reader, paper, "robots")
    post(alice, "/do/create-tag", name="machines")
    robots, machines = Tag.objects.get(name="robots"), Tag.objects.get(name="machines")
    post(alice, "/do/merge-tags", which=robots.pk, into=machines.pk)
    assert names() == ["machines"]
    assert [tagging.paper for tagging in machines.taggings.all()] == [paper]
    undo(alice)
    assert names() == ["machines", "robots"]


def test_delete_and_undo(alice: Person, paper: Paper) -> None:
    tag_paper(alice.reader, paper, "robots")
    post(alice, "/do/delete-tag", which=Tag.objects.get().pk)
    assert names() == []
    undo(alice)
    assert names() == ["robots"]


@pytest.mark.parametrize("verb", ["rename", "colour", "merge", "delete"])
def test_tags_of_others_are_out_of_reach(
    alice: Person, charlie: Person, paper: Paper, verb: str
) -> None:
    tag_paper(alice.reader, paper, "robots")
    fields = {"which": Tag.objects.get().pk, "name": "x", "colour": 1, "into": Tag.objects.get().pk}
    assert post(charlie, f"/do/{verb}-tag", **fields).status_code == 404
    assert names() == ["robots"]


def test_every_colour_has_a_name(alice: Person) -> None:
    assert len(colour_names()) == COLOURS


def test_what_a_tag_has_learned(alice: Person, library: list[Paper]) -> None:
    tag_paper(alice.reader, library[0], "mine")
    html = alice.client.get("/tag/mine/learned").text
    for heading in ("Words that raise a paper", "Authors", "Categories"):
        assert f">{heading}</h2>" in html
    assert library[0].primary in html
    assert '<rect width="100.0" height="6"/>' in html


def test_a_tag_without_papers_has_learned_nothing(alice: Person, library: list[Paper]) -> None:
    post(alice, "/do/create-tag", name="empty")
    assert "Nothing yet" in alice.client.get("/tag/empty/learned").text
    assert "Nothing is under this tag yet" in alice.client.get("/tag/empty").text
