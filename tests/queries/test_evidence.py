"""From likes, words, cards and opens to a taste: what is weak helps and never outweighs a like."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from bookwheel.core.metrics import auc
from bookwheel.core.steering import NEUTRAL, Steering, Turn
from bookwheel.core.taste import Taste
from bookwheel.index import exact
from bookwheel.models import Paper
from bookwheel.queries.cards_to_choose import pair_of
from bookwheel.queries.engine import engine
from bookwheel.queries.evidence import Evidence, taste, weights_of
from bookwheel.queries.interests import Interest
from listings import titled

NEWEST = datetime(2026, 5, 1, tzinfo=UTC)


def scores(made: Taste, papers: list[Paper]) -> np.ndarray:
    opened = engine()
    rows = opened.columns.rows_of(np.array([paper.pk for paper in papers], np.int64))
    return exact.scorer(opened, rows)(made)


def mean(made: Taste, papers: list[Paper]) -> float:
    return float(scores(made, papers).mean())


def numbers(papers: list[Paper]) -> tuple[int, ...]:
    return tuple(paper.pk for paper in papers)


def told(sentence: str) -> Steering:
    return Steering(sentence=sentence)


def test_a_sentence_ranks_without_any_like(library: list[Paper]) -> None:
    made = taste(engine(), Evidence((), (), told("interested in speech recognition")))
    best = np.argsort(-scores(made, library))[:3]
    assert all("speech" in f"{library[at].title} {library[at].abstract}".lower() for at in best)
    without = taste(engine(), Evidence((), (), told("speech and images but not images")))
    with_them = taste(engine(), Evidence((), (), told("speech and images")))
    images = titled(library, "image")
    assert mean(without, images) < mean(with_them, images)


def test_words_that_say_nothing_rank_nothing(library: list[Paper]) -> None:
    assert taste(engine(), Evidence((), (), told("of the and"))).vector is None


@pytest.mark.parametrize("weak", ["sentence", "choices", "opened"])
def test_what_is_weak_never_outweighs_a_like(library: list[Paper], weak: str) -> None:
    speech, images = titled(library, "speech"), titled(library, "image")
    given = {
        "sentence": Evidence(numbers(speech[:1]), (), told("image generation and image editing")),
        "choices": Evidence(
            numbers(speech[:1]),
            (),
            Steering(choices=tuple((one, 0) for one in numbers(images[:-1]))),
        ),
        "opened": Evidence(numbers(speech[:1]), opened=numbers(images[:-1])),
    }[weak]
    made = taste(engine(), given)
    assert mean(made, speech[1:]) > mean(made, images[-1:])


def test_a_name_helps_where_likes_bear_it_out_and_else_does_nothing(library: list[Paper]) -> None:
    speech = titled(library, "speech")
    bare = taste(engine(), Evidence(numbers(speech[:1])))
    named = taste(engine(), Evidence(numbers(speech[:1]), name="speech"))
    junk = taste(engine(), Evidence(numbers(speech[:1]), name="to read"))
    assert not np.array_equal(bare.vector, named.vector)
    assert np.array_equal(bare.vector, junk.vector)
    assert np.array_equal(bare.feature_weights, junk.feature_weights)
    assert taste(engine(), Evidence((), name="speech")).vector is None


def test_a_like_never_lowers_its_own_neighbours_below_strangers(library: list[Paper]) -> None:
    speech, images = titled(library, "speech"), titled(library, "image")
    before = taste(engine(), Evidence(numbers(images[:2]), name="things"))
    after = taste(engine(), Evidence(numbers([*images[:2], speech[0]]), name="things"))
    near = speech[1:]
    far = [paper for paper in library if paper not in [*speech, *images]]
    assert mean(after, near) > mean(after, far)
    ahead = (scores(after, near)[:, None] > scores(after, far)[None, :]).mean()
    assert ahead >= (scores(before, near)[:, None] > scores(before, far)[None, :]).mean()


def test_old_papers_fade_against_the_newest(library: list[Paper]) -> None:
    speech, images = titled(library, "speech")[:2], titled(library, "image")[:2]
    papers = numbers([*images, *speech])
    kept = tuple(NEWEST - timedelta(days=days) for days in (0, 10, 400, 420))
    even = Evidence(papers, (), NEUTRAL, "", kept)
    faded = replace(even, steering=Steering(fade=1))
    assert weights_of(faded) == [1.0, 1.0, 0.0625, 0.0625]
    assert weights_of(even) == [1.0] * 4
    assert mean(taste(engine(), faded), speech) < mean(taste(engine(), even), speech)
    later = tuple(when + timedelta(days=99) for when in kept)
    assert weights_of(replace(faded, kept=later)) == weights_of(faded)


def test_a_paper_that_does_not_count_is_as_if_it_were_not_there(library: list[Paper]) -> None:
    speech = titled(library, "speech")[:3]
    muted = Steering(papers={str(speech[2].pk): "mute"})
    one = taste(engine(), Evidence(numbers(speech), (), muted))
    other = taste(engine(), Evidence(numbers(speech[:2])))
    np.testing.assert_allclose(scores(one, library), scores(other, library), atol=1e-4)
    more = Steering(papers={str(speech[0].pk): "more"})
    assert weights_of(Evidence(numbers(speech), (), more)) == [3.0, 1.0, 1.0]


def test_hides_of_everything_leave_nothing_broken(library: list[Paper]) -> None:
    everything = numbers(library)
    made = taste(engine(), Evidence(everything[:1], everything[1:], told("speech"), "speech"))
    assert np.isfinite(scores(made, library)).all()
    alone = taste(engine(), Evidence((), everything, told("speech")))
    assert np.isfinite(scores(alone, library)).all()


def test_papers_that_all_left_leave_the_sentence(library: list[Paper]) -> None:
    gone = (9_999_998, 9_999_999)
    assert taste(engine(), Evidence(gone, name="speech")).vector is None
    made = taste(engine(), Evidence(gone, (), told("speech recognition"), "speech"))
    assert made.vector is not None


def test_ten_cards_teach_what_is_wanted(library: list[Paper]) -> None:
    """A reader who wants one category answers by it; the cards are those that would be shown."""
    wanted = np.array(["cs.CV" in paper.categories.split() for paper in library])
    is_wanted = dict(zip(numbers(library), wanted.tolist(), strict=True))
    steering = NEUTRAL
    for _ in range(10):
        pair = pair_of(engine(), Interest(None, (), (), steering))
        assert pair
        one, other = (str(number) for number in pair)
        likes = [is_wanted[number] for number in pair]
        if all(likes):
            turns = [(one, "0"), (other, "0")]
        elif any(likes):
            turns = [(one, other) if likes[0] else (other, one)]
        else:
            turns = [("0", one), ("0", other)]
        for turn in turns:
            steering = steering.turned(Turn("choice", *turn))
    made = taste(engine(), Evidence((), (), steering))
    found = scores(made, library)
    asked = {number for pair in steering.choices for number in pair}
    rest = np.array([number not in asked for number in numbers(library)])
    assert auc(found[rest & wanted], found[rest & ~wanted]) > 0.75
