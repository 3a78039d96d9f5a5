"""Withdrawn papers: found when asked for, never recommended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from bookwheel.actions.build_index import build_index
from bookwheel.errors import QueryError
from bookwheel.index.syntax import parse
from bookwheel.models import Paper
from bookwheel.queries import lists
from bookwheel.queries.found import search
from bookwheel.queries.lists import Choices

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn(
    library: list[Paper], library_folder: Path, tmp_path: Path, configure: Callable[..., None]
) -> Paper:
    copytree(library_folder, tmp_path / "data")
    configure(data=tmp_path / "data")
    paper = library[3]
    last = Paper.objects.order_by("changed").last()
    assert last
    paper.withdrawn, paper.changed = True, last.changed + 1
    paper.save()
    build_index()
    return paper


def test_searches_can_ask_for_them_or_against_them(withdrawn: Paper) -> None:
    assert [one.paper.pk for one in search("is:withdrawn")] == [withdrawn.pk]
    rest = {one.paper.pk for one in search("-is:withdrawn", k=1000)}
    assert withdrawn.pk not in rest
    assert len(rest) == Paper.objects.count() - 1


def test_another_word_is_told_apart() -> None:
    with pytest.raises(QueryError, match="is:withdrawn"):
        parse("is:good")


def test_lists_of_the_best_leave_them_out(withdrawn: Paper, alice) -> None:
    near = lists.similar(alice.reader, Paper.objects.exclude(pk=withdrawn.pk)[0], Choices())
    assert withdrawn.pk not in {card.paper.pk for card in near.cards}
