r"""Lists of references as papers print them: a `.bbl`, or what was copied out of a PDF.

Each entry is kept as the text that it is, with the identifiers and the year that stand in it. Which
part of it is the title is left to who knows titles (`queries/checked.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bookwheel.content.references import identify
from bookwheel.content.references.read import form_of, read_references
from bookwheel.content.references.reference import Problem, Reference, References, one_line

LONGEST = 2000  # letters of an entry
_ITEM = re.compile(r"\\bibitem\s*(?:\[(?P<label>[^\[\]]{0,300})\])?\s*\{(?P<key>[^{}]{0,200})\}")
_END = re.compile(r"\\end\s*\{thebibliography\}")
_NUMBERED = re.compile(r"^[ \t]*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}\.)[ \t]+", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
_NEWBLOCK = re.compile(r"\\newblock\b|\\penalty\d*|\\natexlab\{[^{}]*\}")


def read_bibliography(text: str) -> References:
    """Read any bibliography: a file that `read_references` knows, a `.bbl`, or a printed list."""
    if _ITEM.search(text):
        return _listed("bbl", _items(text))
    form = form_of(text)
    if form == "links" or _NUMBERED.match(text.lstrip()):  # `[1] …` is no JSON
        return _listed("list", _printed(text))
    return read_references(text, form)


def _listed(form: str, parts: Iterator[tuple[int, str, str]]) -> References:
    found: list[Reference] = []
    problems: list[Problem] = []
    for line, key, part in parts:
        entry = _entry(line, key, part)
        if entry.source:
            found.append(entry)
        else:
            problems.append(Problem(line, "nothing to read in this entry"))
    return References(form, tuple(found), tuple(problems))


def _items(text: str) -> Iterator[tuple[int, str, str]]:
    end = _END.search(text)
    text = text[: end.start()] if end else text
    places = list(_ITEM.finditer(text))
    for match, after in zip(places, [*places[1:], None], strict=True):
        until = after.start() if after else len(text)
        yield _line(text, match.start()), match["key"].strip(), text[match.end() : until]


def _printed(text: str) -> Iterator[tuple[int, str, str]]:
    """By numbers where there are some, else by blank lines, else line by line."""
    text = text.replace("\r\n", "\n")
    if len(numbers := list(_NUMBERED.finditer(text))) > 1:
        cuts = [match.start() for match in numbers]
    elif blanks := [match.end() for match in _BLANK.finditer(text.strip("\n"))]:
        cuts = [0, *blanks]
    else:
        cuts = [0, *(match.end() for match in re.finditer("\n", text))]
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if text[start:end].strip():
            yield _line(text, start), "", _NUMBERED.sub("", text[start:end], count=1)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _entry(line: int, key: str, part: str) -> Reference:
    raw = _NEWBLOCK.sub(" ", part[: 4 * LONGEST])
    plain = one_line(raw, LONGEST)
    return Reference(
        arxiv_id=identify.arxiv_id([raw, plain]) or identify.arxiv_id([plain], bare=True),
        doi=identify.doi([raw]),
        year=_year(plain),
        key=key,
        line=line,
        source=plain,
    )


def _year(plain: str) -> int | None:
    """The last one: page numbers and titles come before, and identifiers are no years."""
    found = [identify.year([word.strip("().,;")]) for word in plain.split() if len(word) <= 8]
    return next((year for year in reversed(found) if year), None)
