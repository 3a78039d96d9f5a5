"""arXiv's sets of OAI-PMH: `group:archive:CLASS`, such as `cs:cs:LG` or `physics:hep-th`.

Source: "Open Archives Initiative" in arXiv's help, as of March 2025.
"""

from __future__ import annotations

from collections.abc import Iterable

from bookwheel.core.categories import archive
from bookwheel.core.taxonomy import CLASSES

_OWN_GROUPS = frozenset({"cs", "econ", "eess", "math", "q-bio", "q-fin", "stat"})
MOST = 12  # sets read one by one; where more are wanted, everything is read and chosen from


def parts(categories: Iterable[str]) -> tuple[str, ...]:
    """The sets that hold some categories and archives; one empty name means everything."""
    found = tuple(dict.fromkeys(map(set_of, categories)))
    return found if 0 < len(found) <= MOST else ("",)


def set_of(code: str) -> str:
    """The set of one category or archive."""
    parent = archive(code)
    group = parent if parent in _OWN_GROUPS else "physics"
    if code == parent:
        return group if group == parent else f"{group}:{parent}"
    short = code.partition(".")[2]
    return f"{group}:{parent}:{short}" if short in CLASSES.get(parent, {}) else f"{group}:{parent}"
