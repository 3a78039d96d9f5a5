"""Subjects: arXiv's groups, archives and categories, the closed ones and the double names; others'.

Each other server counts as an archive of its own. Source: arXiv category taxonomy, and the list of
archives that others took over. Leaves out: the tables (`taxonomy.py`, `rxiv_taxonomy.py`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bookwheel.core.rxiv_taxonomy import SERVERS, slug
from bookwheel.core.taxonomy import ALIASES, ARCHIVES, CLASSES, CLOSED, SUCCESSORS


@dataclass(frozen=True, slots=True)
class Category:
    """One category, such as `cs.LG`, `hep-th` or the closed `cmp-lg`."""

    code: str
    name: str
    archive: str
    group: str
    closed: bool = False  # takes no more papers
    same_as: str = ""  # code under which arXiv keeps it today, if that is another one


def _all() -> Iterable[Category]:
    for archive, (name, group) in ARCHIVES.items():
        successor = SUCCESSORS.get(archive, "")
        classes = CLASSES.get(archive, {})
        if not classes or archive in CLOSED:
            yield Category(archive, name, archive, group, archive in CLOSED, successor)
        for short, class_name in classes.items():
            code = f"{archive}.{short}"
            yield Category(code, class_name, archive, group, same_as=ALIASES.get(code, ""))
    for server, (group, subjects) in SERVERS.items():  # behind arXiv's, whose numbers stay so
        for subject in subjects:
            yield Category(f"{server}.{slug(subject)}", subject, server, group)
        yield Category(server, group, server, group)  # of a subject that is not known


CATEGORIES: dict[str, Category] = {category.code: category for category in _all()}
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(one.group for one in CATEGORIES.values()))

WORDS = 4  # 64-bit words of a set of categories

_NUMBERS = {code: number for number, code in enumerate(CATEGORIES)}
_CODES = tuple(CATEGORIES)
_BY_LOWER_CASE = {code.lower(): code for code in (*CATEGORIES, *ARCHIVES, *SERVERS)}
MOST = 12  # categories of a paper; real ones have at most ten, and the table's column has an end
_SHAPE = re.compile(r"[a-z]+(?:-[a-z]+)?\.(?:[A-Z]{2}|[a-z]{1,5}(?:-[a-z]{1,5})?)")


def find_category(text: str) -> str:
    """The code of a category or archive, however its letters are written.

    Raises:
        ValueError: there is none; the message names similar ones.
    """
    wanted = text.strip().lower()
    if wanted in _BY_LOWER_CASE:
        return _BY_LOWER_CASE[wanted]
    near = difflib.get_close_matches(wanted, _BY_LOWER_CASE, n=3)
    hint = ", ".join(_BY_LOWER_CASE[code] for code in near) or "cs.LG, math.CO, hep-th"
    raise ValueError(f"There is no category “{text.strip()}”. Did you mean one of: {hint}?")


def name(code: str) -> str:
    """English name of a category or archive; the code itself when it is not known."""
    if code in CATEGORIES:
        return CATEGORIES[code].name
    return ARCHIVES[code][0] if code in ARCHIVES else code


def archive(code: str) -> str:
    """The archive of a category: `cs` of `cs.LG`; an archive is its own."""
    return code.partition(".")[0]


@lru_cache(maxsize=65536)  # papers share few combinations
def bits(text: str, *, archives: bool = False) -> tuple[int, ...]:
    """A set of categories, one bit each, as `WORDS` integers of 64 bits, lowest first.

    `text` holds codes separated by spaces; unknown ones are left out. With `archives`, an archive
    stands for all its classes. The numbers follow the order of the tables, so an index must be
    built again when these change otherwise than at their end.
    """
    total = 0
    for code in text.split():
        for member in _members(code) if archives else (code,):
            total |= 1 << _NUMBERS[member] if member in _NUMBERS else 0
    return tuple(total >> 64 * word & 0xFFFF_FFFF_FFFF_FFFF for word in range(WORDS))


def code(number: int) -> str:
    """The category of one bit."""
    return _CODES[number]


def _members(code: str) -> list[str]:
    return [member for member in CATEGORIES if within(member, code)]


def within(code: str, chosen: str) -> bool:
    """Whether a category is `chosen` or one of its classes, when `chosen` is an archive."""
    return code == chosen or archive(code) == chosen


def in_archive(code: str) -> tuple[Category, ...]:
    """The open categories of an archive."""
    return tuple(c for c in CATEGORIES.values() if c.archive == code and not c.closed)


def in_group(group: str) -> tuple[Category, ...]:
    """The open categories of a group."""
    return tuple(c for c in CATEGORIES.values() if c.group == group and not c.closed)


def from_record(text: str) -> tuple[str, ...]:
    """The categories in a record's field, in order, each once, `MOST` at the most.

    MSC and ACM classes of authors sometimes stand there; they are left out. A code of the right
    shape in an archive of arXiv's is kept though it is not in the table, for new ones open.
    """
    codes = filter(_plausible, text.replace(",", " ").split())
    return tuple(dict.fromkeys(codes))[:MOST]


def _plausible(code: str) -> bool:
    known = code in CATEGORIES or bool(_SHAPE.fullmatch(code))
    return known and archive(code) in ARCHIVES
