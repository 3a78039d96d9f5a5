"""A figure that is asked about: its picture, its caption, and what its paper says of it.

Leaves out: finding them (`queries/sight.py`), showing them to a model (`answer.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from bookwheel.core.quotes import Edition, Quote


@dataclass(frozen=True, slots=True)
class Sight:
    """One figure of one version. `picture` is a PNG, JPEG, GIF or WebP file."""

    edition: Edition
    label: str  # "Figure 3"
    quotes: tuple[Quote, ...]  # the caption's sentences first
    picture: bytes
