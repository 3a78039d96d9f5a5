"""The bar chart of the statistics."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bookwheel.queries.statistics import Bar
from bookwheel.web.plot import HEIGHT, WIDTH, plot


def bars(*counts: int) -> list[Bar]:
    """One bar a day."""
    first = date(2025, 1, 1)
    days = [first + timedelta(days=at) for at in range(len(counts))]
    return [Bar(day, day, count) for day, count in zip(days, counts, strict=True)]


def test_bars_stand_on_the_floor_in_proportion() -> None:
    made = plot(bars(0, 50, 100))
    assert [column.y + column.height for column in made.columns] == [made.floor] * 3
    heights = [column.height for column in made.columns]
    assert heights[0] == 0
    assert heights[2] == pytest.approx(2 * heights[1])
    assert [text for _y, text in made.ticks] == ["50", "100"]
    assert made.columns[1].said == "2 Jan 2025: 50 papers"


@pytest.mark.parametrize("counts", [(1,), (0,), (3, 7), (999,) * 366, (1234567, 2)])
def test_everything_is_inside(counts: tuple[int, ...]) -> None:
    made = plot(bars(*counts))
    assert all(made.left <= column.x for column in made.columns)
    assert all(column.x + column.width <= WIDTH + 0.01 for column in made.columns)
    assert all(0 <= column.y <= HEIGHT for column in made.columns)
    assert 1 <= len(made.labels) <= 6


def test_a_month_is_named_as_one() -> None:
    month = Bar(date(2025, 1, 1), date(2025, 1, 31), 5)
    assert plot([month]).columns[0].said == "Jan 2025: 5 papers"
