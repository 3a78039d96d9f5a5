"""Which of the papers in a dump are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bookwheel.core import categories
from bookwheel.core.papers import Paper


@dataclass(frozen=True, slots=True)
class Selection:
    """Papers in any of some categories or archives, with a first version between two days.

    Both days are included; what is empty sets no limit.
    """

    categories: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Whether there is any limit at all."""
        return bool(self.categories or self.since or self.until)

    def takes(self, paper: Paper) -> bool:
        """Whether a paper is wanted."""
        if self.since and paper.first_date < self.since:
            return False
        if self.until and paper.first_date > self.until:
            return False
        return not self.categories or any(
            categories.within(code, wanted)
            for code in paper.categories
            for wanted in self.categories
        )
