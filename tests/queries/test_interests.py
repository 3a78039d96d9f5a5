from __future__ import annotations

from bookwheel.actions.delete_tag import delete_tag
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.actions.unmark_paper import unmark_paper
from bookwheel.models import Mark, Paper
from bookwheel.queries import interests as module
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import hidden, interests, kept, kept_in_order
from bookwheel.queries.tags import tag_named
from people import Person, make_paper

LIKE, HIDE = Mark.Kind.LIKE, Mark.Kind.HIDE


def told(person: Person) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Papers and hidden papers of each interest, by the name of its tag."""
    return {
        each.tag.name if each.tag else "": (each.papers, each.hidden)
        for each in interests(person.reader)
    }


def test_an_interest_for_each_tag_and_one_for_loose_likes(alice: Person) -> None:
    a, b, c, d, e = (make_paper() for _ in range(5))
    assert interests(alice.reader) == []
    mark_paper(alice.reader, a, LIKE)
    mark_paper(alice.reader, b, LIKE)
    tag_paper(alice.reader, b, "one")
    tag_paper(alice.reader, c, "one")
    tag_paper(alice.reader, c, "two")
    mark_paper(alice.reader, d, HIDE)
    mark_paper(alice.reader, e, HIDE)
    hides = (e.pk, d.pk)
    assert told(alice) == {
        "one": ((c.pk, b.pk), hides),  # the last kept first
        "two": ((c.pk,), hides),
        "": ((a.pk,), hides),
    }


def test_a_hidden_paper_still_speaks_for_the_tag_it_is_under(alice: Person) -> None:
    a, b = make_paper(), make_paper()
    tag_paper(alice.reader, a, "one")
    mark_paper(alice.reader, a, HIDE)
    mark_paper(alice.reader, b, HIDE)
    assert told(alice) == {"one": ((a.pk,), (b.pk,))}
    assert hidden(alice.reader) == {a.pk, b.pk}
    assert kept(alice.reader) == {a.pk}


def test_only_the_interests_asked_for(alice: Person) -> None:
    a, b = make_paper(), make_paper()
    tag_paper(alice.reader, a, "one")
    tag_paper(alice.reader, b, "two")
    mark_paper(alice.reader, make_paper(), LIKE)
    two = tag_named(alice.reader, "two")
    assert two
    assert [(each.tag, each.papers) for each in interests(alice.reader, [two])] == [(two, (b.pk,))]
    assert interests(alice.reader, []) == []


def test_deleted_tags_teach_nothing(alice: Person) -> None:
    paper = make_paper()
    tag_paper(alice.reader, paper, "one")
    tag = tag_named(alice.reader, "one")
    assert tag
    delete_tag(alice.reader, tag)
    assert interests(alice.reader) == []
    assert kept(alice.reader) == set()
    assert kept_in_order(alice.reader, None) == []


def test_what_others_do_is_not_seen(alice: Person, charlie: Person) -> None:
    paper = make_paper()
    tag_paper(alice.reader, paper, "one")
    mark_paper(alice.reader, make_paper(), HIDE)
    assert interests(charlie.reader) == []
    assert kept(charlie.reader) == hidden(charlie.reader) == set()


def test_the_library_is_in_order_of_keeping_each_paper_once(alice: Person) -> None:
    a, b, c = (make_paper() for _ in range(3))
    for paper in (a, b, c):
        mark_paper(alice.reader, paper, LIKE)
    tag_paper(alice.reader, a, "one")
    assert kept_in_order(alice.reader, None) == [a.pk, c.pk, b.pk]
    tag = tag_named(alice.reader, "one")
    assert kept_in_order(alice.reader, tag) == [a.pk]
    unmark_paper(alice.reader, c, LIKE)
    assert kept_in_order(alice.reader, None) == [a.pk, b.pk]


def test_a_taste_follows_the_likes(library: list[Paper], alice: Person) -> None:
    mark_paper(alice.reader, library[0], LIKE)
    first = interests(alice.reader)[0].taste(engine())
    assert first is interests(alice.reader)[0].taste(engine())
    mark_paper(alice.reader, library[1], LIKE)
    assert interests(alice.reader)[0].taste(engine()) is not first


def test_the_latest_papers_are_learned_from(
    library: list[Paper], alice: Person, monkeypatch: object
) -> None:
    for paper in library[:5]:
        tag_paper(alice.reader, paper, "one")
    monkeypatch.setattr(module, "LATEST", 2)  # type: ignore[attr-defined]
    (one,) = interests(alice.reader)
    assert len(one.papers) == 5
    expected = engine().taste([library[4].pk, library[3].pk])
    assert one.taste(engine()) is expected
