"""A sentence in words, "interested in … but not …", parted into what is wanted and what is not.

English only, as abstracts are; a sentence without any "not" is all wanted.
"""

from __future__ import annotations

import re

_BEGIN = re.compile(
    r"^\s*(?:i\s+am|i['’]m|we\s+are)?\s*(?:very\s+|mostly\s+)?"
    r"(?:interested\s+in|looking\s+for|i\s+like|i\s+want|papers?\s+(?:on|about)|anything\s+(?:on|about))\s+",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:but\s+not|and\s+not|rather\s+than|instead\s+of|except(?:\s+for)?|excluding"
    r"|not(?:\s+interested)?(?:\s+(?:in|on|about))?)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;!?\n]|\balso\b|\bbut\b", re.IGNORECASE)


def wishes(sentence: str) -> tuple[str, str]:
    """What is wanted and what is not, as words; either may be empty."""
    wanted, unwanted = [], []
    for clause in _CLAUSE.split(sentence):
        first, *others = _NOT.split(_BEGIN.sub("", clause))
        wanted.append(first)
        unwanted += others
    return _joined(wanted), _joined(unwanted)


def _joined(parts: list[str]) -> str:
    return " ".join(" ".join(parts).replace(",", " ").split())
