"""Stems of words that tell something, as questions and sentences are compared by them."""

from __future__ import annotations

from bookwheel.core.stop_words import STOP_WORDS
from bookwheel.index.words import plain_words, stems


def telling(text: str) -> list[str]:
    """Words of a text without those that tell nothing, in order."""
    return [word for word in plain_words(text) if word not in STOP_WORDS]


def stem(word: str) -> str:
    """The stem of one word."""
    return next(iter(stems(word)), word)


def stemmed(text: str) -> list[str]:
    """Stems of the words that tell something, in order."""
    return [stem(word) for word in telling(text)]
