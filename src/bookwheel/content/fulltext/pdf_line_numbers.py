"""The numbers that manuscripts under review have beside their lines.

They stand below each other where no other text stands, and count on by the same step. They are
taken out before lines are put together: a number would join the line that it stands beside.
Leaves out: page numbers and other things that repeat (`pdf_layout.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from bookwheel.content.fulltext.pdf_glyphs import Page, Run

_FEWEST = 8  # of a page, to tell
_STEPS = {1, 2, 5, 10}
_BIN = 4.0  # points
_Place = tuple[str, int]


def take_out(pages: Sequence[Page]) -> None:
    """Take the numbers of lines out of the runs of all pages."""
    places = {place for page in pages for place in _columns(page)}
    if not places:
        return
    for page in pages:
        page.runs = [run for run in page.runs if not (_number(run) and places & set(_places(run)))]


def _columns(page: Page) -> list[_Place]:
    """Where numbers of lines stand on a page: edges that they have in common."""
    found: dict[_Place, list[Run]] = defaultdict(list)
    for run in page.runs:
        if _number(run):
            for place in _places(run):
                found[place].append(run)
    return [
        place
        for place, runs in found.items()
        if len(runs) >= _FEWEST and _counts_on(runs) and _apart(page, runs)
    ]


def _number(run: Run) -> bool:
    text = run.text.strip()
    return len(text) <= 4 and text.isascii() and text.isdigit()


def _places(run: Run) -> tuple[_Place, _Place]:
    return ("left", round(run.left / _BIN)), ("right", round(run.right / _BIN))


def _counts_on(runs: list[Run]) -> bool:
    """Whether three in four numbers follow the one above them by the same step."""
    runs = sorted(runs, key=lambda run: run.base)
    steps = [int(two.text) - int(one.text) for one, two in pairwise(runs)]
    return any(steps.count(step) >= 0.75 * len(steps) for step in _STEPS)


def _apart(page: Page, runs: list[Run]) -> bool:
    """Whether next to nothing else stands above, between or below them."""
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    others = [run for run in page.runs if not _number(run)]
    across = sum(run.left < right and run.right > left for run in others)
    return across <= 0.04 * len(others)
