from __future__ import annotations

import numpy as np
import pytest

from bookwheel.errors import IdentifierError, NotFoundError, QueryError
from bookwheel.index.query import Filters
from bookwheel.models import Paper
from bookwheel.queries import found


def test_papers_come_in_the_order_asked_for(library: list[Paper]) -> None:
    asked = [library[3].arxiv_id, f"https://arxiv.org/abs/{library[1].arxiv_id}v4"]
    assert found.papers([*asked, asked[0]]) == [library[3], library[1], library[3]]
    assert found.papers([]) == []


def test_what_is_not_held_is_named(library: list[Paper]) -> None:
    with pytest.raises(NotFoundError, match=r"Not held here: 2512.99998, 2512.99999\."):
        found.papers(["2512.99998", library[0].arxiv_id, "2512.99999"])
    with pytest.raises(IdentifierError):
        found.papers(["graph"])


def test_a_search_gives_scores_and_parts(library: list[Paper]) -> None:
    hits = found.search("speech", k=4, filters=Filters(categories=("eess",)))
    assert len(hits) == 4
    for hit in hits:
        assert "eess" in hit.paper.categories
        assert sum(hit.parts.values()) == pytest.approx(hit.score, abs=1e-4)
    with pytest.raises(QueryError):
        found.search("(")


def test_an_identifier_finds_its_paper_or_nothing(library: list[Paper]) -> None:
    assert [hit.paper for hit in found.search(library[2].arxiv_id)] == [library[2]]
    assert found.search("2512.99999") == []


def test_ranking_leaves_likes_and_hides_out_whatever_the_filters(library: list[Paper]) -> None:
    likes, hides = [library[3].arxiv_id], [library[8].arxiv_id]
    own = Filters(without=np.array([library[5].pk]))
    for filters, left_out in ((None, {3, 8}), (own, {3, 5, 8})):
        hits = found.rank(likes, hides, k=400, filters=filters)
        expected = [paper for place, paper in enumerate(library) if place not in left_out]
        assert sorted(hit.paper.pk for hit in hits) == [paper.pk for paper in expected]


def test_ranking_by_nothing_is_by_arrival(library: list[Paper]) -> None:
    hits = found.rank([], k=5)
    assert [hit.paper for hit in hits] == library[:-6:-1]
    assert {hit.score for hit in hits} == {0}


def test_papers_gone_from_the_database_are_left_out(library: list[Paper]) -> None:
    first = found.search("speech", k=3)[0]
    Paper.objects.filter(pk=first.paper.pk).delete()
    assert first.paper.pk not in [hit.paper.pk for hit in found.search("speech", k=3)]
