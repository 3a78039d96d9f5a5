"""Where a sentence of one reading stands in another, word by word, with formulas masked.

What one side knows to be a formula, a citation or a reference may stand for as many words of the
other side as its own text has: a PDF does not say that the "8" in "8 heads" was a formula. Every
other word that is missing, added or different is an error.
Source of the method: edit distance over words with free ends (Sellers, 1980).
Leaves out: what the words of a document are (`reading.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

MASK = ""  # a place where any word may stand, or none
MOST_MASKED = 12  # words that one formula stands for
_ROOM = 12  # words around the place where a sentence is looked for
_PLACES = 3  # of the other text that are tried


class Running:
    """The words of a whole text in order, found again by three in a row."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)
        self._plain = [place for place, word in enumerate(self.words) if word != MASK]
        self._threes: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for length in (2, 3):
            for at in range(len(self._plain) - length + 1):
                places = self._plain[at : at + length]
                self._threes[tuple(self.words[one] for one in places)].append(places[0])

    def share(self, sentence: Sequence[str]) -> float:
        """How much of a sentence stands here at the best place: one less errors over words."""
        count = sum(word != MASK for word in sentence)
        best = 0.0
        for place in self._places(sentence):
            window = self.words[max(0, place - _ROOM) : place + len(sentence) + 2 * _ROOM]
            best = max(best, 1 - errors(sentence, window) / max(count, 1))
        return best

    def _places(self, sentence: Sequence[str]) -> list[int]:
        """Where it may begin, the likeliest first."""
        plain = [place for place, word in enumerate(sentence) if word != MASK]
        votes: Counter[int] = Counter()
        for length in (3, 2):
            for at in range(len(plain) - length + 1):
                key = tuple(sentence[one] for one in plain[at : at + length])
                for place in self._threes.get(key, ())[:200]:
                    votes[max(0, place - plain[at]) // 8 * 8] += 1
            if votes:
                break
        return [place for place, _ in votes.most_common(_PLACES)]


def errors(sentence: Sequence[str], window: Sequence[str]) -> int:
    """Fewest words to change, add or leave out so that the sentence stands in the window."""
    row = [0] * (len(window) + 1)  # it may begin anywhere
    for word in sentence:
        cost = int(word != MASK)
        above, row = row, [row[0] + cost]
        for place, other in enumerate(window, 1):
            same = word == other or not cost or other == MASK
            row.append(
                min(
                    above[place - 1] + (not same),
                    above[place] + cost,
                    row[-1] + (other != MASK),
                )
            )
    return min(row)
