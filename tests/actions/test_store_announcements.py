"""Announcements: stored once, the strongest of a day, and giving papers their day."""

from __future__ import annotations

from datetime import date

import pytest

from bookwheel.actions.store_announcements import BATCH, store_announcements
from bookwheel.arxiv.announced import KINDS, Announced
from bookwheel.models import Announcement, Paper
from people import make_paper

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 5, 11), date(2026, 5, 12)


def stored() -> list[tuple[str, date, str]]:
    rows = Announcement.objects.order_by("day", "paper__arxiv_id")
    return list(rows.values_list("paper__arxiv_id", "day", "kind"))


def test_the_kinds_of_the_table_are_those_of_arxiv() -> None:
    assert tuple(Announcement.Kind.values) == KINDS


def test_a_paper_gets_its_day_and_the_index_hears_of_it() -> None:
    paper, other = make_paper("2605.00001"), make_paper("2605.00002")
    last = other.changed
    result = store_announcements([Announced("2605.00001", TUESDAY, "new")])
    assert (result.stored, result.dated, result.unknown) == (1, 1, 0)
    paper.refresh_from_db()
    assert (paper.announced, paper.changed) == (TUESDAY, last + 1)
    assert stored() == [("2605.00001", TUESDAY, "new")]


def test_a_known_day_stays_and_only_new_papers_get_one() -> None:
    make_paper("2605.00001", announced=MONDAY)
    make_paper("2605.00002")
    told = [
        Announced("2605.00001", TUESDAY, "new"),
        Announced("2605.00002", TUESDAY, "replace"),
    ]
    assert store_announcements(told).dated == 0
    assert list(Paper.objects.values_list("announced", flat=True)) == [MONDAY, None]


def test_the_first_of_several_days_counts() -> None:
    paper = make_paper("2605.00001")
    store_announcements(
        [Announced("2605.00001", TUESDAY, "new"), Announced("2605.00001", MONDAY, "new")]
    )
    paper.refresh_from_db()
    assert paper.announced == MONDAY
    assert Announcement.objects.count() == 2


def test_of_a_day_the_strongest_word_stays_in_whatever_order() -> None:
    make_paper("2605.00001")
    for kinds in (["cross", "new"], ["replace-cross", "cross"]):
        for kind in kinds:
            store_announcements([Announced("2605.00001", TUESDAY, kind)])
    assert stored() == [("2605.00001", TUESDAY, "new")]
    Announcement.objects.all().delete()
    both = [Announced("2605.00001", TUESDAY, kind) for kind in ("replace", "replace-cross")]
    assert store_announcements(both).stored == 1
    assert stored() == [("2605.00001", TUESDAY, "replace")]


def test_a_second_time_changes_nothing() -> None:
    paper = make_paper("2605.00001")
    told = [Announced("2605.00001", TUESDAY, "new"), Announced("9999.00001", TUESDAY, "new")]
    store_announcements(told)
    paper.refresh_from_db()
    changed = paper.changed
    again = store_announcements(told)
    assert (again.stored, again.dated, again.unknown) == (0, 0, 1)
    paper.refresh_from_db()
    assert paper.changed == changed


def test_many_are_stored_in_batches() -> None:
    papers = [make_paper() for _ in range(30)]
    told = [
        Announced(paper.arxiv_id, date.fromordinal(740_000 + number), "cross")
        for number in range(BATCH // 20)
        for paper in papers
    ]
    assert store_announcements(told).stored == len(told) == Announcement.objects.count()
