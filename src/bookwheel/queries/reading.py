"""What a reader has read: the word on each paper, or else on its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bookwheel.models import DayRead, Reader, Reading


@dataclass(frozen=True)
class Readings:
    """What was said of some papers and of their days."""

    states: dict[int, str]
    days: dict[date, int]  # up to which paper's number a day is read

    def read(self, paper: int, day: date) -> bool:
        """Whether a paper that was new on a day is read."""
        said = self.states.get(paper)
        if said is not None:
            return said == Reading.State.READ
        return paper <= self.days.get(day, -1)

    def later(self, paper: int) -> bool:
        """Whether a paper is kept for later."""
        return self.states.get(paper) == Reading.State.LATER


def readings(reader: Reader, papers: Mapping[int, date]) -> Readings:
    """Look up papers, given with the days on which they were new; two queries."""
    said = Reading.objects.filter(reader=reader, paper_id__in=list(papers))
    days = DayRead.objects.filter(reader=reader, day__in=set(papers.values()))
    return Readings(
        dict(said.values_list("paper_id", "state")), dict(days.values_list("day", "last_paper"))
    )


def for_later(reader: Reader) -> list[int]:
    """Numbers of the papers that are for later, the last one first."""
    said = Reading.objects.filter(reader=reader, state=Reading.State.LATER)
    return list(said.order_by("-created", "-pk").values_list("paper_id", flat=True))
