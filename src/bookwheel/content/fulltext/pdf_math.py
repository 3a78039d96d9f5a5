"""Formulas inside the lines of a PDF: where they stand, and TeX that looks like them.

A formula is told by its fonts: those that only mathematics has, TeX's roman in a text that is set
in another type, lone italic letters, and what is raised or lowered beside them. Numbers, signs and
brackets that touch one belong to it.
Leaves out: displayed formulas (`pdf_equations.py`); roots and accents keep their signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bookwheel.content.fulltext.pdf_fonts import Font
from bookwheel.content.fulltext.pdf_lines import Line, Part

_BETWEEN = re.compile(r"[\s\d=+−()/|<>×·∼≈≤≥∈:^′-]*")
_AFTER = re.compile(r"(?:\s*[=<>+−×·/≈∼≤≥±]\s*\d+(?:[.,]\d+)*%?)+|\d+(?![\w.])|[’′]+")
_NUMBER = re.compile(r"\s*\d+(?:[.,]\d+)*%?")
_BEFORE = re.compile(r"(?<![\w.])(?:\d+(?:\.\d+)?\s*(?:[=<>+−×·/≈∼≤≥±]\s*)?)$")
_CALL = re.compile(r"(?<!\w)[A-Za-z]{0,20}\($")
_SIGN = re.compile(r"[Α-Ωα-ωϕϵϑ∈∉⊂⊆⊃⊇≤≥≈≠→↦∞∀∃∇∂∑∏∫√±×⊗⊕∪∩≪≫≡∼∝⟨⟩ℓℝℤℕℂ]+")
_OPERATOR = frozenset("=<>+−×·/≈∼≤≥∈∉⊂⊆→±≡∪∩;:(")
_BULLETS = frozenset("•◦▪■□►▶‣⁃∙✓◆★–—†‡§¶©∗⋆*")
_TEX_ROMAN = ("ot1",)
_SPECIAL = {
    "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_",
    "\\": r"\backslash ", "√": r"\surd ", "^": r"\hat{}", "~": r"\sim ", "′": "'", "’": "'",
}  # fmt: skip
_OPENING = {1: "^{", -1: "_{"}
_LETTERS = re.compile(r"[A-Za-z]{2,}")


@dataclass(slots=True)
class Marked:
    """A line's text with its formulas as TeX between dollar signs.

    `places` says for each character which one of the line it stands for.
    """

    text: str
    places: Sequence[int]
    formulas: list[tuple[int, int]]


def marked(line: Line, cut: int = 0) -> Marked:
    """The line from its character `cut` on."""
    text, places, found = "", list[int](), list[tuple[int, int]]()
    end = cut
    for start, stop in formula_places(line):
        if start < cut:
            continue
        text += line.text[end:start]
        places += range(end, start)
        begun = len(text)
        for piece, place in _tex(line, start, stop):
            text += piece
            places += [place] * len(piece)
        found.append((begun, len(text)))
        end = stop
    if not found:
        return Marked(line.text[cut:], range(cut, len(line.text)), [])
    return Marked(text + line.text[end:], [*places, *range(end, len(line.text))], found)


def formula_places(line: Line) -> list[tuple[int, int]]:
    """Where formulas stand in a line's own text."""
    if len(line.parts) == 1 and not line.parts[0].run.font.math and not _SIGN.search(line.text):
        return []
    found: list[tuple[int, int]] = []
    for start, end in _cores(line):
        if found and (start <= found[-1][1] or _one(line.text, found[-1][1], start)):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return _apart([_grown(line.text, start, end) for start, end in found])


def _one(text: str, end: int, start: int) -> bool:
    """Whether a formula up to `end` and another from `start` are one."""
    between = text[end:start]
    if between == " ":
        return text[end - 1] in _OPERATOR or text[start] in _OPERATOR
    return len(between) < 24 and bool(_BETWEEN.fullmatch(between))


def _cores(line: Line) -> Iterator[tuple[int, int]]:
    """What is certainly mathematics, part by part."""
    main = _main(line)
    foreign = main.encoding not in _TEX_ROMAN and not main.name.startswith(("SF", "LMRoman"))
    last = -1
    for part in line.parts:
        text = line.text[part.start : part.end]
        if not text.strip() or not text.strip("".join(_BULLETS) + " "):
            continue
        script = part.level != 0 and last == part.start
        if script or _is_math(part, text, foreign=foreign, upright=not main.italic):
            start = part.start + len(text) - len(text.lstrip())
            end = part.start + len(text.rstrip())
            yield start, end
            last = part.end
        else:
            for sign in _SIGN.finditer(text):
                yield part.start + sign.start(), part.start + sign.end()


def _is_math(part: Part, text: str, *, foreign: bool, upright: bool) -> bool:
    font = part.run.font
    if font.math:
        return True
    if font.encoding in _TEX_ROMAN and foreign:
        return not font.mono
    return upright and font.italic and len(text.strip()) == 1 and text.strip().isalpha()


def _main(line: Line) -> Font:
    counted: Counter[Font] = Counter()
    for part in line.parts:
        if not part.run.font.math:
            counted[part.run.font] += part.end - part.start
    return counted.most_common(1)[0][0] if counted else line.parts[0].run.font


def _grown(text: str, start: int, end: int) -> tuple[int, int]:
    """With the numbers, signs and brackets that touch it, without a sentence's own signs."""
    open_end = text[end - 1] in _OPERATOR
    if match := _AFTER.match(text, end) or (_NUMBER.match(text, end) if open_end else None):
        end = match.end()
    if match := _BEFORE.search(text[:start]):
        start = match.start()
    for _ in range(3):
        start, end = _closed(text, start, end)
    while end > start and text[end - 1] in " ,.;:":
        end -= 1
    while start < end and text[start] in " ,.;:":
        start += 1
    return start, end


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """With one more bracket that belongs to it, and the function's name before it."""
    inside = text[start:end]
    missing = inside.count("(") - inside.count(")")
    closes = text[end : end + 1] == ")"
    if missing > 0 and closes:
        return start, end + 1
    call = _CALL.search(text[max(0, start - 24) : start]) if missing < 0 or closes else None
    if call is None or (missing == 0 and len(call[0]) < 2):
        return start, end
    return start - len(call[0]), end + (missing == 0)


def _apart(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in found:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        elif start < end:
            made.append((start, end))
    return made


def _tex(line: Line, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Pieces of TeX and the character of the line that each stands for."""
    yield "$", start
    level = 0
    for part in line.parts:
        begin, stop = max(part.start, start), min(part.end, end)
        if part.end <= start or part.start >= end:
            continue
        if gap := line.text[max(start, _end_before(line, part)) : begin].strip(" "):
            yield gap, begin
        if part.level != level:
            yield "}" * (level != 0) + _OPENING.get(part.level, ""), begin
            level = part.level
        yield from _characters(line, part, begin, stop)
    yield "}" * (level != 0) + "$", end - 1


def _end_before(line: Line, part: Part) -> int:
    place = line.parts.index(part)
    return line.parts[place - 1].end if place else part.start


def _characters(line: Line, part: Part, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The characters of a part; words in roman type stay upright."""
    text = line.text
    place = start
    while place < end:
        word = _LETTERS.match(text, place, end)
        if word and not part.run.font.math:
            yield rf"\mathrm{{{word[0]}}}", place
            place = word.end()
        else:
            yield _SPECIAL.get(text[place], text[place]), place
            place += 1
