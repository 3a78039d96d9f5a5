"""Cuts a model's stream into sentences as soon as each is whole, with the citations after it."""

from __future__ import annotations

import re

from bookwheel.core.sentences import sentences

_AFTER = re.compile(r"\s*(?:[\[【]\s*\d[\d\s,;–-]*[\]】]\s*)+[.,;]?")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+|^\s*#{1,6}\s+|\*\*|__")
LONGEST = 2000  # characters without an end: cut there, a model may never stop


class Splitter:
    """Feed it pieces, take sentences out; `rest` at the end."""

    def __init__(self) -> None:
        self._buffer = ""

    def feed(self, piece: str) -> list[str]:
        """The sentences that this piece made whole."""
        self._buffer += piece
        whole = list[str]()
        while True:
            cut = self._cut()
            if not cut:
                return [one for one in whole if one]
            whole.append(_bare(self._buffer[:cut]))
            self._buffer = self._buffer[cut:]

    def rest(self) -> list[str]:
        """What is left when the model has ended."""
        left, self._buffer = self._buffer, ""
        return [one for one in (_bare(part) for part in _parts(left)) if one]

    def _cut(self) -> int:
        """Where the first whole sentence ends; 0 if none is whole yet."""
        line = self._buffer.find("\n")
        text = self._buffer if line < 0 else self._buffer[:line]
        found = _spans(text)
        if len(found) > 1:
            after = text[found[0][1] :].lstrip()
            open_citation = after.startswith(("[", "【")) and not re.search(r"[\]】]", after)
            return 0 if open_citation and line < 0 else found[0][1]
        if line >= 0:
            return line + 1
        return LONGEST if len(self._buffer) > LONGEST else 0


def _parts(text: str) -> list[str]:
    return [
        line[start:end] for line in text.split("\n") for start, end in _spans(line) if end > start
    ]


def _spans(text: str) -> list[tuple[int, int]]:
    """Sentences of a line; citations that follow a full stop belong to what they follow."""
    found = list[tuple[int, int]]()
    for start, end in sentences(text):
        match = _AFTER.match(text, start)
        if found and match:
            after = min(match.end(), end)
            found[-1] = (found[-1][0], after)
            start = after
        if text[start:end].strip():
            found.append((start, end))
    return found


def _bare(text: str) -> str:
    return " ".join(_BULLET.sub("", text).split())
