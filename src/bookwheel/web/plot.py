"""A bar chart as SVG, drawn on the server; the numbers stand in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookwheel.queries.statistics import Bar
from bookwheel.web.listing import grouped, papers

WIDTH, HEIGHT = 720, 240
_LEFT, _BOTTOM, _TOP = 48, 24, 12
_LABELS = 6


@dataclass(frozen=True)
class Column:
    """One bar: its place in the drawing, and what it says."""

    x: float
    y: float
    width: float
    height: float
    said: str


@dataclass(frozen=True)
class Plot:
    """Everything that the template draws."""

    columns: list[Column]
    ticks: list[tuple[float, str]]  # height of a line, its number
    labels: list[tuple[float, str]]  # place below, its date
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    floor: int = HEIGHT - _BOTTOM


def plot(bars: Sequence[Bar]) -> Plot:
    """Lay out bars; there must be one at least."""
    top = _round_up(max(bar.papers for bar in bars))
    room, step = HEIGHT - _BOTTOM - _TOP, (WIDTH - _LEFT) / len(bars)
    width = max(step - (1 if step > 3 else 0), 0.5)
    columns = []
    for place, bar in enumerate(bars):
        height = room * bar.papers / top
        x, y = _LEFT + place * step, HEIGHT - _BOTTOM - height
        columns.append(
            Column(round(x, 2), round(y, 2), round(width, 2), round(height, 2), _said(bar))
        )
    ticks = [(HEIGHT - _BOTTOM - room * part / 2, grouped(top * part // 2)) for part in (1, 2)]
    every = -(-len(bars) // _LABELS)
    labels = [(_LEFT + (at + 0.5) * step, _short(bars[at])) for at in range(0, len(bars), every)]
    return Plot(columns, ticks, labels)


def _round_up(number: int) -> int:
    """The next number with one digit and zeros, even so that half of it is whole."""
    size = 10 ** max(len(str(number)) - 1, 0)
    return int(max(-(-number // size) * size, 2)) + (1 if size == 1 and number % 2 else 0)


def _said(bar: Bar) -> str:
    return _("%(day)s: %(papers)s") % {"day": bar_name(bar), "papers": papers(bar.papers)}


def bar_name(bar: Bar) -> str:
    """A day, or a month."""
    if bar.first == bar.last:
        return date_format(bar.first, pgettext("date format", "j M Y"))
    return date_format(bar.first, pgettext("date format of a month", "M Y"))


def _short(bar: Bar) -> str:
    if bar.first == bar.last:
        return date_format(bar.first, pgettext("date format without the year", "j M"))
    return date_format(bar.first, pgettext("date format of a month", "M Y"))
