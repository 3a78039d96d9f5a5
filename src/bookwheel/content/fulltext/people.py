"""Names of authors out of what stands under a title, where affiliations stand among them.

A guess: sources say so in a hundred ways. Nothing is lost: what is no name is handed back.
Leaves out: the authors that arXiv lists, which are better where a paper is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKS = re.compile(r"\$\^?\{?[^$]{0,40}\$|footnotemark:\s*\d*|[\d*†‡§¶∗⋆⁎]+(?=[\s,;]|$)")
_SEVERAL = re.compile(r"\s*(?:,\s*(?:and\b)?|;|\band\b|&)\s*")
_NAME = re.compile(r"(?:[^\W\d_][^\W\d_.'’\u2010-]*[.'’\u2010-]?\s?){2,9}")
_PLACE = re.compile(
    r"\b(?:univ\w*|inst\w*|dep\w*t\w*|lab\w*|school|college|cent(?:er|re)|facult\w+|academy|inc|"
    r"corp\w*|research|google|microsoft|meta|openai|deepmind|nvidia|ibm|amazon|street|road|avenue|"
    r"box|usa|china|germany|france|italy|japan|canada|netherlands|kingdom|email|e-mail|national|"
    r"brain|group|team|division|physics|mathematics|science|sciences|engineering|technology|"
    r"abstract|date|received|accepted|equal|contribution|author|address|iran|india|spain|korea)\b",
    re.IGNORECASE,
)
_PARTICLES = {
    "de",
    "der",
    "den",
    "van",
    "von",
    "da",
    "di",
    "du",
    "la",
    "le",
    "el",
    "al",
    "bin",
    "las",
    "los",
    "dos",
    "ter",
    "ten",
    "zu",
    "zum",
    "af",
    "y",
    "e",
    "ibn",
    "das",
}


def people(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Split lines into names and other lines."""
    names: list[str] = []
    others: list[str] = []
    for line in lines:
        shown = line.strip(" ,;&")
        parts = [part for part in _SEVERAL.split(_MARKS.sub(" ", shown)) if part.strip()]
        if parts and all(map(_is_name, parts)):
            names += [" ".join(part.split()) for part in parts]
        elif shown:
            others.append(shown)
    return names, others


def _is_name(text: str) -> bool:
    text = text.strip()
    if not _NAME.fullmatch(text) or _PLACE.search(text) or len(text) > 60:
        return False
    words = [word for word in text.split() if word.lower() not in _PARTICLES]
    return len(words) > 1 and all(word[0].isupper() or not word[0].isascii() for word in words)
