"""A library comes in: matched, kept, reported, undone; nobody else sees any of it."""

from __future__ import annotations

from typing import Any

import pytest

from bookwheel.actions.import_library import Wishes, import_library
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.undo_change import undo_change
from bookwheel.content.bibtex import bibliography
from bookwheel.content.plain import to_text
from bookwheel.content.references.read import read_references
from bookwheel.content.references.reference import Reference
from bookwheel.models import Mark, Paper, PrivatePaper, Tag, Tagging
from bookwheel.queries.matching import Match, matched
from people import Person, make_paper


def titled(paper: Paper, **fields: Any) -> Reference:
    author = (paper.authors[0][0], paper.authors[0][1][:1])
    said = {"title": to_text(paper.title), "authors": (author,), "year": paper.first_date.year}
    return Reference(**(said | fields))


def test_by_identifier_doi_and_title(library: list[Paper]) -> None:
    make_paper("2501.00001", doi="10.1000/ABC")
    entries = [
        Reference(arxiv_id=library[3].arxiv_id, title="whatever"),
        Reference(doi="10.1000/abc"),
        titled(library[5]),
        titled(library[5], title=to_text(library[5].title).upper() + "."),
        Reference(arxiv_id="1901.99999", title=to_text(library[6].title)),
        Reference(title="A title that no paper has at all"),
    ]
    found = matched(entries)
    assert [match.how for match in found] == ["arxiv", "doi", "title", "title", "", ""]
    assert [match.paper for match in found[:1] + found[2:4]] == [
        library[3].pk,
        library[5].pk,
        library[5].pk,
    ]


@pytest.mark.parametrize(
    "fields", [{"authors": (("Nobody", "N."),)}, {"year": 1950}, {"title": "Introduction"}]
)
def test_what_speaks_against_a_match(library: list[Paper], fields: dict[str, Any]) -> None:
    assert matched([titled(library[5], **fields)]) == [Match()]


def test_every_title_of_the_library_is_found(library: list[Paper]) -> None:
    papers = library[:60]
    found = matched([titled(paper) for paper in papers])
    assert [match.paper for match in found] == [paper.pk for paper in papers]


def test_our_own_bibtex_comes_back(alice: Person, library: list[Paper]) -> None:
    read = read_references(bibliography(library[:50]))
    assert [match.paper for match in matched(read.entries)] == [paper.pk for paper in library[:50]]


def test_without_an_index_identifiers_still_do(alice: Person, paper: Paper) -> None:
    assert matched([Reference(arxiv_id=paper.arxiv_id), Reference(title="Radium and wheels")]) == [
        Match(paper.pk, "arxiv"),
        Match(),
    ]


ENTRIES = [
    Reference(arxiv_id="2501.00001", tags=("physics", "a/b")),
    Reference(arxiv_id="2501.00002", tags=("Physics",)),
    Reference(arxiv_id="2501.00002"),
    Reference(title="Ours alone", authors=(("Curie", "M."),), year=1903, tags=("physics",)),
    Reference(title="Ours ALONE"),
]


def test_in_and_out_again(alice: Person, bob: Person) -> None:
    first, second = make_paper("2501.00001"), make_paper("2501.00002")
    mark_paper(alice.reader, second, Mark.Kind.HIDE)
    wishes = Wishes(tag="brought", like=True, own_tags=True)
    done = import_library(alice.reader, ENTRIES, matched(ENTRIES), wishes)
    assert (done.tagged, done.liked, done.private, done.known) == (2, 1, 1, 0)
    assert sorted(alice.reader.tags.values_list("name", flat=True)) == ["a b", "brought", "physics"]
    assert Tagging.objects.count() == 5
    (own,) = PrivatePaper.objects.all()
    assert (own.title, own.year, own.reader) == ("Ours alone", 1903, alice.reader)
    assert sorted(tag.name for tag in own.tags.all()) == ["brought", "physics"]
    assert alice.reader.marks.get(paper=first).kind == Mark.Kind.LIKE
    assert alice.reader.marks.get(paper=second).kind == Mark.Kind.HIDE
    assert not bob.reader.tags.exists() and not bob.reader.private_papers.exists()
    again = import_library(alice.reader, ENTRIES, matched(ENTRIES), wishes)
    assert (again.tagged, again.liked, again.private, again.known) == (0, 0, 0, 2)
    assert done.change
    undo_change(alice.reader, done.change)
    assert not Tagging.objects.exists() and not Tag.objects.exists()
    assert not PrivatePaper.objects.exists()
    assert alice.reader.marks.get().kind == Mark.Kind.HIDE


def test_undo_leaves_a_tag_that_is_used_since(alice: Person, paper: Paper) -> None:
    done = import_library(alice.reader, [Reference(title="Ours")], [Match()], Wishes(tag="brought"))
    Tagging.objects.create(tag=alice.reader.tags.get(), paper=paper)
    assert done.change
    undo_change(alice.reader, done.change)
    assert alice.reader.tags.get().name == "brought"


def test_more_tags_than_there_is_room_for(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("create_tag.MOST", "import_library.MOST_TAGS"):
        monkeypatch.setattr(f"bookwheel.actions.{module}", 100)
    entries = [Reference(title=f"Paper {n}", tags=(f"tag {n}", "all")) for n in range(150)]
    done = import_library(alice.reader, entries, [Match()] * 150, Wishes(own_tags=True))
    assert alice.reader.tags.count() == 100 and alice.reader.tags.filter(name="all").exists()
    assert len(done.left_out) >= 1 and done.private == 150
