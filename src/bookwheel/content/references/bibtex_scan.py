"""BibTeX as it is found in real life, taken apart into entries and fields.

An entry that is not closed ends where the next one begins on a line of its own, and a field that is
not closed where the next field does: nothing that follows is lost. Takes time linear in the text.
Leaves out: what the fields mean (`bibtex.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_START = re.compile(r"@\s*([A-Za-z]+)\s*[{(]")
# Before it a line begins or an entry ended; within a field, `@` stands elsewhere.
_NEXT = re.compile(r"^[ \t]*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*([^,={}\"\s]*)\s*(?:,|(?=[})]))")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:+./-]*)\s*=\s*")
_MACRO = re.compile(r"[A-Za-z0-9_:+./-]+")
_JOIN = re.compile(r"\s*#\s*")
_MARK = re.compile(r'[{}"]')
_NEXT_FIELD = re.compile(r"(?:(?<=[}\"]),|\n)[ \t]*[A-Za-z][\w:-]{0,40}[ \t]*=[ \t]*[{\"\d]")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
MOST_FIELDS = 200


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as it stands in the file; `flaw` says what is wrong with it, if anything is."""

    kind: str
    key: str
    fields: dict[str, str]
    line: int
    source: str
    flaw: str = ""


def entries(text: str) -> Iterator[RawEntry]:
    """Give the entries; comments, preambles and what is between are passed over."""
    macros = {name: name for name in _MONTHS.split()}
    starts = [match.start() for match in _NEXT.finditer(text)]
    if not starts or text[: starts[0]].find("@") >= 0:
        starts.insert(0, 0)
    line, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        at = start
        while (match := _START.search(text, at, end)) is not None:
            line += text.count("\n", counted, match.start())
            counted = match.start()
            entry, at = _entry(text, match, end, macros, line)
            if entry is not None:
                yield entry


def _entry(
    text: str, match: re.Match[str], end: int, macros: dict[str, str], line: int
) -> tuple[RawEntry | None, int]:
    kind, at = match[1].lower(), match.end()
    if kind in ("comment", "preamble"):
        close = _closing(text, at, end, "")
        return None, end if close is None else close
    key = ""
    if kind != "string" and (found := _KEY.match(text, at, end)):
        key, at = found[1], found.end()
    fields, at, flaw = _fields(text, at, end, macros)
    if kind == "string":
        macros.update(fields)
        return None, at
    return RawEntry(kind, key, fields, line, text[match.start() : at].strip(), flaw), at


def _fields(
    text: str, at: int, end: int, macros: dict[str, str]
) -> tuple[dict[str, str], int, str]:
    fields: dict[str, str] = {}
    flaw = ""
    while len(fields) < MOST_FIELDS and (match := _FIELD.match(text, at, end)):
        value, after, broken = _value(text, match.end(), end, macros)
        flaw = flaw or (f"the field {match[1]} is not closed" if broken else "")
        if after == at:
            break
        fields.setdefault(match[1].lower(), value)
        at = after
    rest = text[at:end]
    closed = re.match(r"[\s,]*[})]", rest)
    if closed:
        return fields, at + closed.end(), flaw
    return fields, end, flaw or "the entry is not closed"


def _value(text: str, at: int, end: int, macros: dict[str, str]) -> tuple[str, int, bool]:
    """A value with its `#`s, where it ends, and whether its braces or quotes do not pair."""
    parts: list[str] = []
    while at < end:
        opening = text[at]
        if opening in '{"':
            close = _closing(text, at + 1, end, '"' if opening == '"' else "")
            if close is None or _took_the_entry(text, at, close, end):
                cut = _NEXT_FIELD.search(text, at, end)
                stop = cut.start() if cut else end
                return "".join([*parts, _stripped(text[at + 1 : stop])]), stop, True
            parts.append(text[at + 1 : close - 1])
            at = close
        elif word := _MACRO.match(text, at, end):
            parts.append(macros.get(word[0].lower(), word[0]))
            at = word.end()
        else:
            break
        joined = _JOIN.match(text, at, end)
        if joined is None:
            break
        at = joined.end()
    return "".join(parts), at, False


def _took_the_entry(text: str, at: int, close: int, end: int) -> bool:
    """Whether a value swallowed the fields after it, and the brace that closes the entry."""
    if text[close:end].strip():
        return False
    return _NEXT_FIELD.search(text, at, close) is not None


def _closing(text: str, at: int, end: int, quote: str) -> int | None:
    """Behind the brace (or the quote outside of braces) that closes what was opened before `at`."""
    depth = 0
    for match in _MARK.finditer(text, at, end):
        mark = match[0]
        if mark == quote and depth == 0:
            return match.end()
        if mark == "{":
            depth += 1
        elif mark == "}":
            if depth == 0 and not quote:
                return match.end()
            depth -= 1
            if depth < 0:
                return None
    return None


def _stripped(value: str) -> str:
    """Without its braces, of which nobody knows which is missing."""
    return value.replace("{", "").replace("}", "").strip().rstrip(",").strip()
