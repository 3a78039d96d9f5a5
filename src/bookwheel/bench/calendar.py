"""When arXiv's papers came, and the identifiers that papers of a month can have.

Source: arXiv, "Monthly Submissions" (rounded to the hundred). Leaves out: what stands in the papers
(`mixing.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

# New papers of each year, in hundreds; of the last year the months that LAST_MONTHS counts.
_HUNDREDS = {
    1991: 3, 1992: 32, 1993: 67, 1994: 101, 1995: 130, 1996: 159, 1997: 196, 1998: 242,
    1999: 277, 2000: 307, 2001: 331, 2002: 361, 2003: 394, 2004: 437, 2005: 469, 2006: 503,
    2007: 557, 2008: 589, 2009: 640, 2010: 701, 2011: 766, 2012: 846, 2013: 926, 2014: 975,
    2015: 1052, 2016: 1134, 2017: 1235, 2018: 1406, 2019: 1559, 2020: 1783, 2021: 1816,
    2022: 1857, 2023: 2085, 2024: 2430, 2025: 2840, 2026: 1250,
}  # fmt: skip
FIRST_MONTH, LAST_MONTHS = 8, 5  # arXiv began in August 1991; the table ends with May
MOST = 8_000_000  # papers for which the numbers of a month suffice

_OLD_ARCHIVES = (
    "astro-ph", "cond-mat", "cs", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math",
    "math-ph", "nlin", "nucl-ex", "nucl-th", "physics", "q-bio", "quant-ph",
)  # fmt: skip
_OLD_ROOM = 999  # numbers of an archive's month in old identifiers


@dataclass(frozen=True)
class Month:
    """A month and how many papers it has."""

    year: int
    month: int
    papers: int

    @property
    def stamp(self) -> str:
        """The month as identifiers have it."""
        return f"{self.year % 100:02}{self.month:02}"

    @property
    def digits(self) -> int:
        """How many digits a number has; 0 while archives counted for themselves."""
        when = (self.year, self.month)
        return 5 if when >= (2015, 1) else 4 if when >= (2007, 4) else 0

    @property
    def room(self) -> int:
        """How many papers the month can have."""
        return 10**self.digits - 1 if self.digits else _OLD_ROOM * len(_OLD_ARCHIVES)

    def identifiers(self) -> Identifiers:
        """What gives its papers their identifiers."""
        return Identifiers(self)


class Identifiers:
    """Gives out a month's identifiers, each once."""

    def __init__(self, month: Month) -> None:
        self._month = month
        self._given: Counter[str] = Counter()

    def next(self, archive: str) -> str:
        """The next one, in `archive` as long as that has room (old identifiers name it)."""
        if self._month.digits:
            self._given[""] += 1
            return f"{self._month.stamp}.{self._given['']:0{self._month.digits}}"
        free = (name for name in (archive, *_OLD_ARCHIVES) if self._given[name] < _OLD_ROOM)
        name = next(free)
        self._given[name] += 1
        return f"{name}/{self._month.stamp}{self._given[name]:03}"


def months(papers: int) -> Iterator[Month]:
    """Spread papers over arXiv's months as they came; what a month has no room for comes later.

    Raises:
        ValueError: more papers than `MOST`.
    """
    if papers > MOST:
        raise ValueError(f"identifiers suffice for {MOST:,} papers")
    shares = list(_shares())
    whole, passed, given = sum(share for *_, share in shares), 0.0, 0
    for year, month, share in shares:
        passed += share
        due = round(papers * passed / whole) - given
        found = Month(year, month, min(due, Month(year, month, 0).room))
        given += found.papers
        yield found


def _shares() -> Iterator[tuple[int, int, float]]:
    for year, hundreds in _HUNDREDS.items():
        first = FIRST_MONTH if year == min(_HUNDREDS) else 1
        last = LAST_MONTHS if year == max(_HUNDREDS) else 12
        for month in range(first, last + 1):
            yield year, month, hundreds / (last - first + 1)
