from __future__ import annotations

from datetime import date, datetime

import pytest

from bookwheel.arxiv.schedule import ZONE
from bookwheel.queries import lacks
from bookwheel.queries.clock import clock
from bookwheel.queries.lacks import Lack

FRIDAY, MONDAY, TUESDAY = date(2026, 10, 16), date(2026, 10, 19), date(2026, 10, 20)


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("newest", "now", "behind", "on_its_way", "next_day"),
    [
        (FRIDAY, "2026-10-17 12:00", 0, False, MONDAY),  # Saturday: all is here
        (FRIDAY, "2026-10-18 21:00", 1, True, TUESDAY),  # Sunday evening: just announced
        (FRIDAY, "2026-10-19 09:00", 1, False, TUESDAY),  # Monday: should be here
        (FRIDAY, "2026-10-19 21:00", 2, False, date(2026, 10, 21)),
        (MONDAY, "2026-10-19 09:00", 0, False, TUESDAY),
        (TUESDAY, "2026-10-19 09:00", 0, False, date(2026, 10, 21)),  # ahead of the clock
    ],
)
def test_what_is_here_against_what_was_announced(
    newest: date, now: str, behind: int, on_its_way: bool, next_day: date
) -> None:
    found = clock(newest, new_york(now))
    assert (found.behind, found.on_its_way, found.next_day) == (behind, on_its_way, next_day)
    assert found.next_at.isoformat()[:16] == f"{date.fromordinal(next_day.toordinal() - 1)}T20:00"


def of_day(day: date, announced: int, usual: int = 400) -> list[Lack]:
    return lacks.of_day(
        day, announced=announced, usual=usual, newest=FRIDAY, now=new_york("2026-10-19 09:00")
    )


def test_a_day_with_far_fewer_papers_than_usual_is_short() -> None:
    assert of_day(FRIDAY, 99) == [Lack("few", 99, 400)]
    assert of_day(FRIDAY, 100) == []
    assert of_day(FRIDAY, 1, usual=19) == []


def test_a_day_without_papers_has_a_reason() -> None:
    days = {
        date(2026, 10, 17): "weekend",
        date(2026, 10, 18): "weekend",
        date(2026, 9, 8): "holiday",
        MONDAY: "behind",
        TUESDAY: "not_yet",
        date(2026, 10, 15): "missing",
    }
    assert {day: of_day(day, 0) for day in days} == {day: [Lack(days[day])] for day in days}
