"""Finding a passage again by its words, in the version it was marked in or in another one.

A passage is remembered by its words, by what stands around them, and by where they stood (W3C Web
Annotation Data Model, 2017: TextQuoteSelector and TextPositionSelector). It is looked for as it
was; then with case, white space and the look of quotation marks and dashes left aside; then among
passages that share most of its words, in their order. What is found nowhere is an orphan.
Leaves out: passages over several blocks, which are marked block by block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 48  # characters remembered on either side
LIKE = 0.7  # share of words that two passages have in common, of all words of both, to be the same
_FEW = 4  # words; fewer are no passage that could have been rewritten
_WORD = re.compile(r"\w+")
_FOLDED = str.maketrans("“”„’‘‐‑‒–—−", '"""\'\'------')


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is remembered of a passage: `[start, end)` of a block's text, then in other words."""

    block: str
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A block by its id and its text."""

    block: str
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a passage is now; `exact` when not a word of it has changed."""

    block: str
    start: int
    end: int
    exact: bool = True


def anchor(block: str, text: str, start: int, end: int) -> Anchor:
    """Remember `[start, end)` of a block's text."""
    return Anchor(
        block,
        start,
        end,
        text[start:end],
        text[max(start - AROUND, 0) : start],
        text[end:][:AROUND],
    )


def find(wanted: Anchor, texts: Sequence[Text]) -> Spot | None:
    """Where a passage stands among the blocks of a version, or None if it is not there."""
    if not wanted.quote.strip():
        return None
    for one in texts:
        if one.block == wanted.block and one.text[wanted.start : wanted.end] == wanted.quote:
            return Spot(one.block, wanted.start, wanted.end)
    spots = [spot for one in texts for spot in _copies(wanted, one)]
    if not spots:
        spots = [spot for one in texts for spot in _folded_copies(wanted, one)]
    if spots:
        by_block = {one.block: one.text for one in texts}
        return max(spots, key=lambda spot: _fit(wanted, spot, by_block[spot.block]))
    return _rewritten(wanted, texts)


def _copies(wanted: Anchor, one: Text) -> Iterable[Spot]:
    start = one.text.find(wanted.quote)
    while start >= 0:
        yield Spot(one.block, start, start + len(wanted.quote))
        start = one.text.find(wanted.quote, start + 1)


def _folded_copies(wanted: Anchor, one: Text) -> Iterable[Spot]:
    quote, _places = _fold(wanted.quote.strip())
    text, places = _fold(one.text)
    start = text.find(quote)
    while quote and start >= 0:
        yield Spot(one.block, places[start], places[start + len(quote) - 1] + 1)
        start = text.find(quote, start + 1)


def _fold(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each character of that its place in the text."""
    made: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        folded = " " if char.isspace() else char.translate(_FOLDED).lower()
        if folded == " " and (not made or made[-1] == " "):
            continue
        for part in folded:
            made.append(part)
            places.append(place)
    return "".join(made), places


def _fit(wanted: Anchor, spot: Spot, text: str) -> tuple[int, bool, int]:
    """How well a place fits what was remembered: its surroundings, its block, its distance."""
    around = _alike(wanted.before[::-1], text[: spot.start][::-1])
    around += _alike(wanted.after, text[spot.end :])
    return around, spot.block == wanted.block, -abs(spot.start - wanted.start)


def _alike(first: str, second: str) -> int:
    """How many characters two texts begin with together."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _rewritten(wanted: Anchor, texts: Sequence[Text]) -> Spot | None:
    quote = [match[0].lower() for match in _WORD.finditer(wanted.quote)]
    if len(quote) < _FEW:
        return None
    known = set(quote)
    best: tuple[float, Spot] | None = None
    for one in texts:
        words = list(_WORD.finditer(one.text))
        lower = [match[0].lower() for match in words]
        if len(known.intersection(lower)) < LIKE / 2 * len(known):
            continue
        like, first, last = _nearest(quote, lower)
        if like >= LIKE and (best is None or like > best[0]):
            spot = Spot(one.block, words[first].start(), words[last].end(), exact=False)
            best = like, spot
    return best[1] if best else None


def _nearest(quote: list[str], words: list[str]) -> tuple[float, int, int]:
    """The run of words most like the quotation: how much, its first and its last word."""
    matcher = SequenceMatcher(None, quote, words, autojunk=False)
    matched = [block for block in matcher.get_matching_blocks() if block.size]
    best = (0.0, 0, 0)
    for first in range(len(matched)):
        count = 0
        for block in matched[first:]:
            count += block.size
            start, end = matched[first].b, block.b + block.size
            like = 2 * count / (len(quote) + end - start)
            best = max(best, (like, start, end - 1))
    return best
