"""What is in a day: new, cross-listed, replaced."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from bookwheel.actions.store_announcements import store_announcements
from bookwheel.arxiv.announced import Announced
from bookwheel.models import Paper
from bookwheel.queries import announced
from bookwheel.queries.announced import CROSS, NEW, REPLACED, Contents
from bookwheel.queries.engine import engine
from feeds import days_of, fullest, of

WEDNESDAY = date(2026, 6, 3)


def papers(found: Contents, section: int) -> list[int]:
    rows: list[int] = engine().columns.papers[found.rows[found.sections == section]].tolist()
    return rows


def contents(day: date) -> Contents:
    return announced.contents(engine(), day)


def test_new_papers_are_those_of_the_day(library: list[Paper]) -> None:
    for day in days_of(library)[:20]:
        found = contents(day)
        assert papers(found, NEW) == [paper.pk for paper in of(library, day)]
        assert set(found.sections.tolist()) == {NEW}


def test_days_are_held_newest_first_and_know_their_neighbours(library: list[Paper]) -> None:
    opened, days = engine(), days_of(library)
    assert [announced.day_of(number) for number in announced.days_held(opened)] == days
    assert announced.around(opened, days[3]) == (days[4], days[2])
    assert announced.around(opened, days[0]) == (days[1], None)
    assert announced.around(opened, date(1999, 1, 1)) == (None, days[-1])
    assert announced.days_since(opened, days[3]) == [days[2], days[1], days[0]]
    assert announced.days_since(opened, days[0]) == []
    assert announced.counts(opened, days[:3]) == [len(of(library, day)) for day in days[:3]]


def test_cross_lists_and_replacements_are_what_arxiv_announced(library: list[Paper]) -> None:
    day = fullest(library)
    new, crossed, replaced, again = of(library, day)[0], library[0], library[1], library[2]
    before = contents(day)
    store_announcements(
        [
            Announced(new.arxiv_id, day, "replace"),
            Announced(crossed.arxiv_id, day, "cross"),
            Announced(replaced.arxiv_id, day, "replace"),
            Announced(again.arxiv_id, day, "replace-cross"),
        ]
    )
    found = contents(day)
    assert papers(found, NEW) == papers(before, NEW)
    assert papers(found, CROSS) == [crossed.pk]
    assert papers(found, REPLACED) == [again.pk, replaced.pk]
    assert found.key != before.key


def test_without_announcements_the_clock_tells_the_replacements(library: list[Paper]) -> None:
    replaced = [paper for paper in library if len(paper.versions) > 1]
    Paper.objects.filter(pk__in=[paper.pk for paper in replaced]).update(last_date="2026-06-02")
    early, late = replaced[:2]
    early.versions[-1][1], late.versions[-1][1] = "2026-06-01T17:59:59Z", "2026-06-02T18:00:00Z"
    early.last_date = date(2026, 6, 1)
    for paper in (early, late):
        paper.save(update_fields=["versions", "last_date"])
    found = contents(WEDNESDAY)
    expected = {paper.pk for paper in replaced} - {early.pk, late.pk}
    assert set(papers(found, REPLACED)) == expected
    assert papers(found, NEW) == []
    assert len(contents(date(2026, 6, 6)).rows) == 0  # a Saturday


def test_in_a_category_what_comes_from_elsewhere_is_a_cross_list(library: list[Paper]) -> None:
    day = fullest(library)
    mine = of(library, day)
    found = announced.in_category(engine(), contents(day), "cs.CV")
    assert papers(found, NEW) == [paper.pk for paper in mine if paper.primary == "cs.CV"]
    assert papers(found, CROSS) == [
        paper.pk
        for paper in mine
        if "cs.CV" in paper.categories.split() and paper.primary != "cs.CV"
    ]
    whole = announced.in_category(engine(), contents(day), "cs")
    assert papers(whole, NEW) == [paper.pk for paper in mine if paper.primary.startswith("cs.")]
    assert len({found.key, whole.key, contents(day).key}) == 3


def test_a_usual_day_is_the_median_of_those_before(library: list[Paper]) -> None:
    days = days_of(library)
    newest = days[0]
    sizes = [len(of(library, day)) for day in days if 0 < (newest - day).days <= 45]
    assert announced.usual(engine(), newest) == int(np.median(sizes))
    assert announced.usual(engine(), days[-1]) == 0


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2090, 1, 2)])
def test_a_day_without_papers_is_empty(library: list[Paper], day: date) -> None:
    assert len(contents(day).rows) == 0
