"""A day with as many new papers as wished: the fullest one, filled up with those of days near it.

In memory only, in the engine of this process.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from bookwheel.index.engine import Engine
from bookwheel.queries.announced import day_of


def fill(opened: Engine, papers: int) -> tuple[date, int]:
    """Make the fullest day have at least so many papers; the day, and how many it has now."""
    columns = opened.columns
    fullest = max(columns.listings.tolist(), key=lambda day: len(columns.listed(day)))
    order = columns.newest
    near = order[np.argsort(np.abs(columns.days[order] - fullest), kind="stable")]
    days = columns.days.copy()
    days[near[: max(papers, len(columns.listed(fullest)))]] = fullest
    opened.columns = replace(columns, days=days)
    return day_of(fullest), len(opened.columns.listed(fullest))
