"""Names of authors as BibTeX, RIS and Zotero write them.

Source for names: Patashnik, "BibTeXing" (1988), section 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bookwheel.content.references.reference import MOST_AUTHORS, one_line

_AND = re.compile(r"\sand(?=\s)", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
_LONGEST = 200


def bibtex_names(text: str) -> tuple[tuple[str, str], ...]:
    """Family and given names of a BibTeX list; `others` is nobody."""
    found = [_name(part) for part in _parted(text)]
    return tuple(name for name in found if name[0] and name[0].lower() != "others")


def inverted_name(text: str) -> tuple[str, str]:
    """`Family, Given` or `Given Family` of other formats."""
    return _plain_name(one_line(text, _LONGEST))


def _parted(text: str) -> Iterator[str]:
    """The names between `and`s that are in no braces."""
    if "{" not in text:
        yield from _AND.split(text)[:MOST_AUTHORS]
        return
    start = depth = at = 0
    for match in _AND.finditer(text):
        braces = _BRACE.findall(text, at, match.start())
        depth = max(0, depth + braces.count("{") - braces.count("}"))
        at = match.start()
        if depth == 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _name(text: str) -> tuple[str, str]:
    text = text.strip()
    if text.startswith("{") and text.find("}") == len(text) - 1:
        return one_line(text[1:-1], _LONGEST), ""  # a collaboration
    return _plain_name(one_line(text, _LONGEST))


def _plain_name(text: str) -> tuple[str, str]:
    family, comma, given = text.partition(",")
    if comma:
        parts = [part.strip() for part in given.split(",")]
        if len(parts) > 1 and _SUFFIX.fullmatch(parts[0]):
            parts = parts[1:]
        return family.strip(), " ".join(filter(None, parts))
    words = text.split()
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        words.pop()
    if not words:
        return "", ""
    # `Ludwig van Beethoven`: the family name begins with the first small word.
    small = (at for at, word in enumerate(words[:-1]) if at and word[:1].islower())
    start = next(small, len(words) - 1)
    return " ".join(words[start:]), " ".join(words[:start])
