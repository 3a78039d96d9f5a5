from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bookwheel.actions.build_index import build_index
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.models import Mark, Paper
from bookwheel.queries import lists
from bookwheel.queries.lists import Choices
from bookwheel.queries.tags import tag_named
from library import records, store
from listings import every_page, ids, titled
from people import Person, make_paper

ALL = Choices()
LIKE, HIDE = Mark.Kind.LIKE, Mark.Kind.HIDE


def test_for_you_needs_a_like(library: list[Paper], alice: Person) -> None:
    mark_paper(alice.reader, library[0], HIDE)
    assert lists.for_you(alice.reader, ALL).empty == "no_tags"
    mark_paper(alice.reader, library[1], LIKE)
    assert len(lists.for_you(alice.reader, ALL).cards) == 25


def test_for_you_merges_interests_and_leaves_kept_papers_out(
    library: list[Paper], alice: Person
) -> None:
    speech, images = titled(library, "speech"), titled(library, "image")
    for paper in speech[:2]:
        tag_paper(alice.reader, paper, "speech")
    for paper in images[:2]:
        mark_paper(alice.reader, paper, LIKE)
    shown = every_page(lambda page: lists.for_you(alice.reader, Choices(page=page)))
    assert len(shown) == len(library) - 4
    assert not {paper.arxiv_id for paper in (*speech[:2], *images[:2])} & set(shown)
    first = lists.for_you(alice.reader, ALL).cards
    assert {card.ranked_for[0].name if card.ranked_for else "" for card in first} == {"speech", ""}
    chances = [card.score for card in first]
    assert chances == sorted(chances, reverse=True)
    assert all(0 < chance < 1 for chance in chances if chance is not None)


def test_a_card_says_why(library: list[Paper], alice: Person) -> None:
    liked = titled(library, "speech")[2]
    tag_paper(alice.reader, liked, "speech")
    shown = lists.for_you(alice.reader, ALL).cards
    card = next(one for one in shown if any(reason.kind == "paper" for reason in one.reasons))
    assert card in shown[:3]
    assert card.ranked_for[0].name == "speech"
    kinds = [reason.kind for reason in card.reasons]
    assert "word" in kinds
    assert all(0 < reason.share <= 1 for reason in card.reasons)
    nearest = [reason for reason in card.reasons if reason.kind == "paper"]
    assert [(reason.label, reason.arxiv_id) for reason in nearest] == [
        (liked.title, liked.arxiv_id)
    ]


def test_an_author_is_named_as_the_paper_spells_it(
    alice: Person, tmp_path: Path, configure: Callable[..., None]
) -> None:
    configure(data=tmp_path)
    liked, *_ = store(records()[:40])
    authors = [["Nobody", "X.", ""], *liked.authors]
    again = make_paper(changed=2_000_000, authors=authors, title=liked.title)
    build_index()
    mark_paper(alice.reader, liked, LIKE)
    card = lists.for_you(alice.reader, ALL).cards[0]
    assert card.paper == again
    names = {reason.label for reason in card.reasons if reason.kind == "author"}
    assert names
    assert names <= {f"{given} {family}" for family, given, _ in liked.authors}


def test_by_tags_shows_what_is_kept_too_unless_asked(library: list[Paper], alice: Person) -> None:
    paper = titled(library, "speech")[0]
    tag_paper(alice.reader, paper, "speech")
    tag = tag_named(alice.reader, "speech")
    assert tag
    assert ids(lists.by_tags(alice.reader, [tag], ALL))[0] == paper.arxiv_id
    without = lists.by_tags(alice.reader, [tag], Choices(hide_mine=True))
    assert without.total == len(library) - 1
    assert paper.arxiv_id not in ids(without)


def test_by_tags_ranks_by_the_tags_asked_for_alone(library: list[Paper], alice: Person) -> None:
    for word in ("speech", "image", "agent"):
        for paper in titled(library, word)[:2]:
            tag_paper(alice.reader, paper, word)
    chosen = [tag for name in ("speech", "agent") if (tag := tag_named(alice.reader, name))]
    shown = lists.by_tags(alice.reader, chosen, ALL)
    assert {card.ranked_for[0].name for card in shown.cards} == {"speech", "agent"}


def test_an_empty_tag_ranks_nothing(library: list[Paper], alice: Person) -> None:
    tag_paper(alice.reader, library[0], "one")
    tag = tag_named(alice.reader, "one")
    assert tag
    tag.taggings.all().delete()
    assert lists.by_tags(alice.reader, [tag], ALL).empty == "no_tags"


def test_an_interest_without_indexed_papers_ranks_nothing(
    library: list[Paper], alice: Person
) -> None:
    new = make_paper(changed=2_000_000)
    tag_paper(alice.reader, new, "new")
    assert lists.for_you(alice.reader, ALL).empty == "not_indexed"
    assert lists.similar(alice.reader, new, ALL).empty == "not_indexed"
    mark_paper(alice.reader, library[0], LIKE)
    assert {card.ranked_for for card in lists.for_you(alice.reader, ALL).cards} == {()}


def test_somebody_elses_likes_change_nothing(
    library: list[Paper], alice: Person, charlie: Person
) -> None:
    mark_paper(alice.reader, library[3], LIKE)
    before = lists.for_you(alice.reader, ALL).cards
    for paper in library[40:60]:
        tag_paper(charlie.reader, paper, "private")
    assert lists.for_you(alice.reader, ALL).cards == before
    assert not any(card.tags for card in lists.newest(alice.reader, ALL).cards)


def test_ranked_lists_obey_filters(library: list[Paper], alice: Person) -> None:
    mark_paper(alice.reader, library[3], LIKE)
    chosen = Choices(since="2026-05-01", category="cs.CL", first_versions=True)
    listing = lists.for_you(alice.reader, chosen)
    assert listing.total == sum(
        f"{paper.announced}" >= "2026-05-01"
        and "cs.CL" in paper.categories.split()
        and len(paper.versions) == 1
        for paper in library
    )
