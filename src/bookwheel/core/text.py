"""Words of a text: one definition, as a plain loop and as numpy over thousands of texts at once.

A word is a run of letters and digits after TeX is turned into text (`tex.py`), accents are taken
off and capitals lowered: `Erd\\H{o}s--R\\'enyi` is erdos, renyi. Runs of more than 32 bytes are
no words.
Leaves out: which words matter (`features.py`), and stemming.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.tex import is_plain, pieces, plain

__all__ = [
    "Tokens",
    "author_hash",
    "author_hashes",
    "author_key",
    "fold",
    "is_plain",
    "paper_text",
    "plain",
    "spans",
    "tokenise",
    "word_hash",
    "words",
]

LONGEST = 32  # bytes in a word; what is longer is data, not language
_MULTIPLIER = 0x9E3779B97F4A7C15
_ALL_ONES = 2**64 - 1

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "sigma tau upsilon phi chi psi omega"
)
_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK_NAMES.split(), strict=True))
_FOLDED = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ȷ": "j",
    "ŋ": "ng",
    "ħ": "h",
} | {letter: f" {name} " for letter, name in _GREEK.items()}

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_WORD = re.compile(r"[a-z0-9\x80-\U0010ffff]+")


def _fold_letter(letter: str) -> str:
    """Fold one character that `NFKD` has already taken apart."""
    if letter.isascii():
        return letter.lower()
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Cf"):  # accents, soft hyphens, invisible joiners
        return ""
    lowered = letter.casefold()
    return "".join(_FOLDED.get(part, part if part.isalnum() else " ") for part in lowered)


class _Folds(dict[str, str]):
    """What each character beyond ASCII is folded to, worked out when it is first met.

    No character is more than one word (¼ is 14), so that places of words never overlap.
    """

    def __missing__(self, letter: str) -> str:
        made = "".join(map(_fold_letter, unicodedata.normalize("NFKD", letter)))
        found = _WORD.findall(made)
        self[letter] = made = "".join(found) if len(found) > 1 else made
        return made


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Lower the capitals, take accents off, spell Greek letters: what words are compared by.

    What is left beyond ASCII is a letter or digit of another script; its punctuation became spaces.
    """
    if text.isascii():
        return text.lower()
    return _NOT_ASCII.sub(lambda match: _FOLDS[match[0]], text).translate(_LOWER)


def _is_word(run: str) -> bool:
    return len(run) <= LONGEST and len(run.encode()) <= LONGEST


def words(text: str) -> list[str]:
    """List the words of a text, in order."""
    return [run for run in _WORD.findall(fold(plain(text))) if _is_word(run)]


def spans(text: str) -> list[tuple[int, int, str]]:
    """List the words with the place `[start, end)` in `text`, TeX included, where each stands."""
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    for piece, start, end in pieces(text):
        made = fold(piece)
        folded.append(made)
        places.extend([(start, end)] * len(made))
    return [
        (places[match.start()][0], places[match.end() - 1][1], match[0])
        for match in _WORD.finditer("".join(folded))
        if _is_word(match[0])
    ]


def paper_text(title: str, abstract: str) -> str:
    """Join what a paper is encoded from: the title twice, for it says the most in the least."""
    return f"{title}\n{title}\n{abstract}"


@dataclass(frozen=True)
class Tokens:
    """The words of n texts; text i has the words `starts[i]:starts[i + 1]`."""

    hashes: NDArray[np.uint64]  # [words]: `word_hash` of each
    starts: NDArray[np.int64]  # [n + 1]
    buffer: bytes  # all texts, folded, one after the other
    first: NDArray[np.int64]  # [words]: where in `buffer` each word begins
    last: NDArray[np.int64]  # [words]: and where it ends (not included)

    def word(self, at: int) -> str:
        """Spell the word at a position."""
        return self.buffer[self.first[at] : self.last[at]].decode()


def word_hash(word: str) -> int:
    """Hash one word to 64 bits: eight bytes at a time, the same on every machine."""
    data = word.encode()
    made = 0
    for at in range(0, len(data), 8):
        made = ((made ^ int.from_bytes(data[at : at + 8], "little")) * _MULTIPLIER) & _ALL_ONES
        made ^= made >> 32
    return made


_SEPARATED = bytes(
    code if code >= 128 or chr(code).isalnum() else 32 for code in bytes(range(256)).lower()
)
_KEPT = np.array([2 ** (8 * size) - 1 for size in range(9)], dtype=np.uint64)


def tokenise(texts: Sequence[str]) -> Tokens:
    """Find and hash the words of many texts at once; the same words as `words` finds."""
    folded = [fold(plain(text)).encode() for text in texts]
    buffer = b" ".join([b"", *folded, bytes(8)]).translate(_SEPARATED)
    sizes = np.fromiter(map(len, folded), dtype=np.int64, count=len(folded))
    begins = np.zeros(len(folded) + 1, dtype=np.int64)
    np.cumsum(sizes + 1, out=begins[1:])
    inside = np.frombuffer(buffer, dtype=np.uint8) != 32
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    first, last = edges[0::2], edges[1::2]
    short = last - first <= LONGEST
    if not short.all():
        first, last = first[short], last[short]
    starts = np.searchsorted(first, begins + 1)
    return Tokens(_hashes(buffer, first, last - first), starts, buffer, first, last)


def _hashes(
    buffer: bytes, first: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Hash the words at `first` of `sizes` bytes; eight more bytes must follow the last word."""
    eights = np.ndarray((len(buffer) - 7,), dtype="<u8", buffer=buffer, strides=(1,))
    made = eights[first] & _KEPT[np.minimum(sizes, 8)]
    made *= np.uint64(_MULTIPLIER)
    made ^= made >> np.uint64(32)
    for done in range(8, LONGEST, 8):
        at = np.flatnonzero(sizes > done)
        if not at.size:
            break
        more = eights[first[at] + done] & _KEPT[np.minimum(sizes[at] - done, 8)]
        more = (made[at] ^ more) * np.uint64(_MULTIPLIER)
        made[at] = more ^ (more >> np.uint64(32))
    return made


def author_key(family: str, given: str) -> str:
    """Name an author by folded family name and first initial: `erdos_p`.

    Two people can share a key; that is the price of finding one person under several spellings.
    """
    name = family.lower() if _is_simple(family) else " ".join(words(family))
    first = given[:1]
    if first.isascii() and first.isalpha():  # no TeX and no accent: what follows does not matter
        return f"{name}_{first.lower()}"
    initials = words(given)
    return f"{name}_{initials[0][0]}" if initials else name


def _is_simple(name: str) -> bool:
    return name.isascii() and name.isalpha() and len(name) <= LONGEST


def author_hash(key: str) -> int:
    """Number an author key with 31 bits, the same on every machine (CRC-32 without its top bit)."""
    return zlib.crc32(key.encode()) & 0x7FFFFFFF


def author_hashes(names: Iterable[tuple[str, str]]) -> NDArray[np.int32]:
    """Number many authors, given as (family, given): int32 [authors]."""
    numbers = (author_hash(author_key(family, given)) for family, given in names)
    return np.fromiter(numbers, dtype=np.int32)
