"""Names out of one line of authors, for records that do not have them parsed.

Source for the particles that belong to a family name: arXiv's own author parser.
"""

from __future__ import annotations

import re

from bookwheel.core.papers import Author

_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_BETWEEN = re.compile(r"\s*[,;]\s+and\s+|\s+and\s+|\s+&\s+|\s*[,;]\s+|[,;]$")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV|VI{0,3}", re.IGNORECASE)
_PARTICLE = re.compile(
    r"af|al|ben|bin|dal?|de|degli|dei|del|della|den|der|des|di|dos?|du|el|la|las|le|los|"
    r"te[nr]|und|van|vande[nr]?|vo[nm]|y|zu|zu[mr]",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"\b(?:collaboration|consortium|team|group|project)s?\b", re.IGNORECASE)


def split_names(line: str) -> tuple[Author, ...]:
    """Authors in order; affiliations in parentheses are left out."""
    line = _without_parentheses(line).strip(" ,;")
    authors: list[Author] = []
    for name in filter(None, (part.strip() for part in _BETWEEN.split(line))):
        if authors and _SUFFIX.fullmatch(name):  # John Smith, Jr.
            authors[-1] = Author(authors[-1].family, authors[-1].given, name)
        else:
            authors.append(_author(name))
    return tuple(authors)


def _without_parentheses(line: str) -> str:
    """Also those within others; what an unpaired one holds stays."""
    shorter = _PARENTHESES.sub("", line)
    while shorter != line:
        line, shorter = shorter, _PARENTHESES.sub("", shorter)
    return line


def _author(name: str) -> Author:
    if _GROUPS.search(name):
        return Author(name)
    words = name.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and _PARTICLE.fullmatch(words[start - 1]):
        start -= 1
    return Author(" ".join(words[start:]), " ".join(words[:start]), suffix)
