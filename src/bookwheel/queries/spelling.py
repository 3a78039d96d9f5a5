"""What a reader may have meant who typed a word that stands in no paper.

A near word is one letter away: one too many, too few, another, or two that changed places. Of
those that papers have, the most frequent is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from bookwheel.index.engine import Engine
from bookwheel.index.syntax import parse

SHORTEST = 4  # letters; shorter ones are near to everything
LEAST = 3  # papers that have the word proposed
MOST = 3  # words looked at: each costs some ten milliseconds


def meant(opened: Engine, text: str) -> str:
    """The search with its unknown words replaced; "" when there is nothing to propose."""
    known = opened.lexical.frequency
    words = [word.text for word in parse(text).wanted if _is_word(word.text)]
    unknown = [word for word in dict.fromkeys(words) if not known(word)][:MOST]
    proposed = text
    for word in unknown:
        best = max(_near(word.lower()), key=known)
        if known(best) >= LEAST:
            proposed = re.sub(rf"\b{re.escape(word)}\b", best, proposed)
    return proposed if proposed != text else ""


def _is_word(text: str) -> bool:
    return len(text) >= SHORTEST and text.isascii() and text.isalpha()


def _near(word: str) -> Iterator[str]:
    """All texts one letter away."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]
        if after:
            yield before + after[1:]
