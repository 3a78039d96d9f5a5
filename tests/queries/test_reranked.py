from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bookwheel.errors import SettingError
from bookwheel.index import blending
from bookwheel.index.query import Query
from bookwheel.index.reranker import of_site
from bookwheel.index.syntax import parse
from bookwheel.models import Paper
from bookwheel.queries import found, lists, reranked
from bookwheel.queries.engine import engine
from bookwheel.queries.lists import Choices
from people import Person
from tiny_models import cross_encoder

ASKED = Query(search=parse("learning"), k=300)


@pytest.fixture
def fond_of_networks(
    library: list[Paper], tmp_path: Path, configure: Callable[..., None]
) -> list[int]:
    """A site whose re-ranker counts how often "networks" stands; gives the order without it."""
    before = engine().search(ASKED).papers.tolist()
    configure(reranker=cross_encoder(tmp_path / "model", {"networks": (9.0,)}))
    return before


def test_without_the_setting_all_is_as_the_engine_has_it(library: list[Paper]) -> None:
    assert of_site() is None
    assert reranked.relevance("speech", ["speech"]) is None
    plain, same = engine().search(ASKED), reranked.search(engine(), ASKED)
    assert same.papers.tolist() == plain.papers.tolist()
    assert "rerank" not in same.parts


def test_the_best_are_put_in_order(fond_of_networks: list[int]) -> None:
    hits = reranked.search(engine(), ASKED)
    best, rest = (
        hits.papers[: blending.RERANKED].tolist(),
        hits.papers[blending.RERANKED :].tolist(),
    )
    assert rest == fond_of_networks[blending.RERANKED :]
    assert sorted(best) == sorted(fond_of_networks[: blending.RERANKED])
    assert best != fond_of_networks[: blending.RERANKED]
    titles = Paper.objects.in_bulk(best)
    about = [number for number in best if "networks" in titles[number].title.lower()]
    assert about
    before = [fond_of_networks.index(number) for number in about]
    assert sum(map(best.index, about)) < sum(before)
    np.testing.assert_allclose(sum(hits.parts.values()), hits.scores, rtol=1e-4)
    assert (np.diff(hits.scores) <= 1e-4).all()


def test_pages_fit_together(fond_of_networks: list[int], alice: Person) -> None:
    whole = reranked.search(engine(), ASKED)
    paged: list[int] = []
    for page in (1, 2, 3):
        listing = lists.search(alice.reader, "learning", Choices(page=page))
        paged += [card.paper.pk for card in listing.cards]
        assert listing.total == whole.total
    assert paged == whole.papers[: len(paged)].tolist()
    assert [each.paper.pk for each in found.search("learning", k=60)] == paged[:60]
    parts = found.search("learning", k=1)[0].parts
    assert "rerank" in parts


def test_other_orders_stay(fond_of_networks: list[int], alice: Person) -> None:
    for text, sort in (("learning", "date"), ("cat:cs", "score")):
        assert all(not each.parts.get("rerank") for each in found.search(text, sort=sort))
    taste = engine().taste(fond_of_networks[:2])
    for query in (Query(taste=taste), Query(), Query(search=ASKED.search, taste=taste)):
        assert "rerank" not in reranked.search(engine(), query).parts


def test_a_paper_that_is_gone_meanwhile(fond_of_networks: list[int]) -> None:
    Paper.objects.filter(pk=fond_of_networks[0]).delete()
    assert fond_of_networks[0] in reranked.search(engine(), ASKED).papers


def test_what_others_ask_of_texts(fond_of_networks: list[int]) -> None:
    said = reranked.relevance("Who spoke?", ["no word", "networks", "networks of networks"])
    assert said is not None
    np.testing.assert_allclose(said, [0, 9, 18])


def test_what_is_missing_is_said(library: list[Paper], configure: Callable[..., None]) -> None:
    pytest.importorskip("onnxruntime")
    configure(reranker="no_such_model")
    with pytest.raises(SettingError, match="BOOKWHEEL_RERANKER names no_such_model"):
        found.search("learning")
    assert found.search("learning", sort="date")
