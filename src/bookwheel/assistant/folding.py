"""Near-duplicates are folded: of sentences that say the same, the best one is kept."""

from __future__ import annotations

from collections.abc import Sequence

from bookwheel.assistant.evidence import Scored
from bookwheel.assistant.words import stemmed

SAME_WORDS = 0.7  # share of the shorter one's words that the other has too
SAME_MEANING = 0.93  # cosine


def fold(scored: Sequence[Scored]) -> list[Scored]:
    """Leave out what says the same as a better one; the order stays."""
    kept = list[Scored]()
    held = list[frozenset[str]]()
    chosen = set[int]()
    order = sorted(range(len(scored)), key=lambda at: -scored[at].score)
    for at in order:
        words = frozenset(stemmed(scored[at].quote.text))
        if any(_same(scored[at], words, *one) for one in zip(kept, held, strict=True)):
            continue
        kept.append(scored[at])
        held.append(words)
        chosen.add(at)
    return [one for at, one in enumerate(scored) if at in chosen]


def _same(one: Scored, words: frozenset[str], other: Scored, others: frozenset[str]) -> bool:
    if one.quote.key == other.quote.key:
        return True
    least = min(len(words), len(others))
    shared = len(words & others) / least if least else 0.0
    return shared >= SAME_WORDS or float(one.vector @ other.vector) >= SAME_MEANING
