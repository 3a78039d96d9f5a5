"""Whether two spellings can be of one person. Leaves out: who it really is."""

from __future__ import annotations

from bookwheel.core.text import author_key, words


def may_be_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Compare (family, given): the same family, and no given name that speaks against it.

    An initial stands for any name that it begins, and names left out for any: `J. R.`, `John` and
    `John Ronald` agree; `Jane` and `John` do not.
    """
    if author_key(*one) != author_key(*other):
        return False
    pairs = zip(words(one[1]), words(other[1]), strict=False)
    return all(_agree(first, second) for first, second in pairs)


def _agree(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return one == other
