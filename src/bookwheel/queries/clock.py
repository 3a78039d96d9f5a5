"""Where arXiv's clock stands: what is announced, what is due, and whether all of it is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bookwheel.arxiv import schedule

ON_ITS_WAY = timedelta(hours=12)  # from the announcement until it is usually here


@dataclass(frozen=True)
class Clock:
    """How the newest day held stands to arXiv's last announcement."""

    newest: date
    behind: int  # listings announced since; 0 when all is here
    on_its_way: bool  # only the last one is missing, and it was announced a short while ago
    next_day: date  # the listing that is announced next ...
    next_at: datetime  # ... and when


def clock(newest: date, now: datetime) -> Clock:
    """Compare the newest day held with arXiv's schedule."""
    due = schedule.latest_listing(now)
    behind = schedule.listings_between(newest, due)
    next_day = schedule.next_listing(max(due, newest))
    fresh = now - schedule.announced_at(due) < ON_ITS_WAY
    return Clock(newest, behind, behind == 1 and fresh, next_day, schedule.announced_at(next_day))
