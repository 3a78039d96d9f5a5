from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.steer_tag import steer_tag
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.core.steering import Turn
from bookwheel.errors import IndexMissingError, NotFoundError
from bookwheel.models import Mark, Paper
from bookwheel.queries import lists
from bookwheel.queries.lists import Choices
from bookwheel.queries.tags import tag_named
from bookwheel.queries.why import SHOWN, why
from listings import titled
from people import Person, make_paper

LIKE = Mark.Kind.LIKE
REST = ("author", "category", "year", "start")


@pytest.fixture
def speech(library: list[Paper], alice: Person) -> list[Paper]:
    """Papers on speech, of which alice tagged two."""
    papers = titled(library, "speech")
    for paper in papers[:2]:
        tag_paper(alice.reader, paper, "speech")
    return papers


def test_the_summands_are_the_score_that_the_card_shows(speech: list[Paper], alice: Person) -> None:
    for card in lists.for_you(alice.reader, Choices()).cards[:10]:
        found = why(alice.reader, card.paper)
        assert sum(each.amount for each in found.summands) == pytest.approx(found.score, abs=1e-4)
        assert found.chance == pytest.approx(card.score, abs=1e-4)
        assert found.tag == card.ranked_for[0]
        assert len(found.summands) <= SHOWN + 2
        assert [each.kind for each in found.summands].count("start") == 1


def test_the_places_lie_in_the_texts_and_add_up(speech: list[Paper], alice: Person) -> None:
    paper = speech[2]
    found = why(alice.reader, paper)
    for text, shares in ((paper.title, found.title), (paper.abstract, found.abstract)):
        assert shares
        for one in shares:
            assert 0 <= one.start < one.end <= len(text)
            assert text[one.start : one.end].strip() == text[one.start : one.end]
    strongest = max((*found.title, *found.abstract), key=lambda one: one.share)
    assert strongest.share > 0
    named = {each.label for each in found.summands if each.kind == "word" and each.amount > 0}
    assert any(strongest.word in label.split() for label in named)


@pytest.mark.parametrize(
    "turns",
    [
        (),
        (Turn("words", "speech", "mute"), Turn("words", "learning", "pin")),
        (Turn("breadth", "", "-2"), Turn("sentence", "", "speech but not music")),
        (Turn("categories", "cs.SD", "pin"), Turn("authors", "Curie, Marie", "pin")),
    ],
)
def test_shades_authors_categories_and_start_are_the_whole_score(
    speech: list[Paper], alice: Person, turns: tuple[Turn, ...]
) -> None:
    tag = tag_named(alice.reader, "speech")
    assert tag
    if turns:
        steer_tag(alice.reader, tag, *turns)
    for paper in speech[2:5]:
        found = why(alice.reader, paper)
        shaded = sum(one.share for one in (*found.title, *found.abstract))
        rest = sum(one.amount for one in found.summands if one.kind in REST)
        others = [one.amount for one in found.summands if one.kind == "others"]
        named = sum(one.amount for one in found.summands if one.kind in ("word", "vector"))
        assert sum(one.amount for one in found.summands) == pytest.approx(found.score, abs=1e-3)
        if not others:
            assert shaded == pytest.approx(named, abs=1e-3)
            assert shaded + rest == pytest.approx(found.score, abs=1e-3)
        if ("words", "speech", "mute") in [(one.kind, one.name, one.value) for one in turns]:
            muted = [s for s in (*found.title, *found.abstract) if s.word == "speech"]
            assert all(abs(one.share) < 0.05 for one in muted)


def test_a_tag_can_be_asked_for(speech: list[Paper], library: list[Paper], alice: Person) -> None:
    tag_paper(alice.reader, titled(library, "image")[0], "images")
    image = tag_named(alice.reader, "images")
    assert why(alice.reader, speech[2], image).tag == image
    best = why(alice.reader, speech[2])
    assert best.tag == tag_named(alice.reader, "speech")
    assert best.chance >= why(alice.reader, speech[2], image).chance


def test_loose_likes_have_no_tag(library: list[Paper], alice: Person, charlie: Person) -> None:
    mark_paper(alice.reader, library[4], LIKE)
    assert why(alice.reader, library[5]).tag is None
    with pytest.raises(NotFoundError, match="Like or tag a paper first"):
        why(charlie.reader, library[5])


def test_an_interest_without_indexed_papers_explains_nothing(
    library: list[Paper], alice: Person
) -> None:
    tag_paper(alice.reader, make_paper(changed=2_000_000), "new")
    with pytest.raises(NotFoundError):
        why(alice.reader, library[0])
    mark_paper(alice.reader, library[4], LIKE)
    unlike = min(library, key=lambda paper: why(alice.reader, paper).score)
    assert why(alice.reader, unlike).tag is None


def test_a_paper_that_is_not_indexed_has_no_reasons(library: list[Paper], alice: Person) -> None:
    mark_paper(alice.reader, library[4], LIKE)
    with pytest.raises(NotFoundError, match="`bookwheel index` adds it"):
        why(alice.reader, make_paper(changed=2_000_000))


def test_without_an_index_there_is_nothing_to_explain(
    alice: Person, paper: Paper, tmp_path: Path, configure: Callable[..., None]
) -> None:
    configure(data=tmp_path)
    with pytest.raises(IndexMissingError):
        why(alice.reader, paper)
