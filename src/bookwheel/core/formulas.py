r"""Where formulas stand in a text: `$..$`, `$$..$$`, `\(..\)`, `\[..\]` and equation environments.

One pass, linear in the length of the text. A dollar sign that is money (`costs $5 and $6`) or has
no partner is text. Leaves out: what a formula says (`tex.py`) and how it is shown (`content/`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

LONGEST = 4000  # characters of one formula; more is a forgotten dollar sign

_ENVIRONMENTS = "equation|align|gather|eqnarray|multline|displaymath|math"
_MARK = re.compile(
    r"\\(?:(?P<environment>(?:begin|end)\{(?:" + _ENVIRONMENTS + r")\*?\})|(?P<bracket>[()\[\]])|.)"
    r"|(?P<dollar>\$)",
    re.DOTALL,
)
_CLOSING = {"\\(": "\\)", "\\[": "\\]"}
# After a number, TeX or a comparison says that a formula goes on; plain words say it was money.
_AMOUNT = re.compile(r"\s?[0-9][0-9.,]*")
_SIGNS = re.compile(r"[\\^_=<>]")
_PROSE = re.compile(r"(?:^|[\s/])[A-Za-z]{2,}[\s,]")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Formula:
    """Mathematics at `[start, end)` of a text, delimiters included; `tex` is without them."""

    start: int
    end: int
    tex: str
    display: bool


def formulas(text: str) -> list[Formula]:
    """Find the formulas of a text, in order; they do not overlap."""
    if "$" not in text and "\\" not in text:
        return []
    return _Finder(text).run()


class _Finder:
    """All delimiters, by kind and place, so that looking for a partner never scans the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.openings: list[tuple[int, str]] = []
        self.places: dict[str, list[int]] = {}
        for match in _MARK.finditer(text):
            if match.lastgroup:
                self.openings.append((match.start(), match[0]))
                self.places.setdefault(match[0], []).append(match.start())
        dollars = self.places.get("$", [])
        follows = set(dollars)
        self.places["$$"] = [place for place in dollars if place + 1 in follows]

    def run(self) -> list[Formula]:
        found: list[Formula] = []
        done = 0
        for start, mark in self.openings:
            if start >= done:
                formula = self.formula(start, mark)
                if formula:
                    found.append(formula)
                    done = formula.end
                elif self.is_double(start):
                    done = start + 2
        return found

    def is_double(self, start: int) -> bool:
        """Whether two dollar signs stand here; one after the other is then not looked at alone."""
        return self.text.startswith("$$", start)

    def formula(self, start: int, mark: str) -> Formula | None:
        """The formula that begins here, if one does."""
        if mark == "$":
            return self.between(start, "$$", "$$") if self.is_double(start) else self.dollars(start)
        if mark in _CLOSING:
            return self.between(start, mark, _CLOSING[mark])
        if mark.startswith("\\begin"):
            return self.between(start, mark, mark.replace("begin", "end", 1))
        return None

    def next(self, mark: str, start: int) -> int:
        """Place of the next such delimiter from `start` on, or -1."""
        places = self.places.get(mark, [])
        index = bisect_left(places, start)
        return places[index] if index < len(places) else -1

    def between(self, start: int, opening: str, closing: str) -> Formula | None:
        inside = start + len(opening)
        end = self.next(closing, inside)
        if end < 0 or end - inside > LONGEST or not self.text[inside:end].strip():
            return None
        whole = self.text[start : end + len(closing)]
        tex = whole if opening.startswith("\\begin") else self.text[inside:end]
        return Formula(start, start + len(whole), tex, display=opening != "\\(")

    def dollars(self, start: int) -> Formula | None:
        end = self.next("$", start + 1)
        if end < 0 or end - start > LONGEST:
            return None
        tex = self.text[start + 1 : end]
        if (
            not tex.strip()
            or _PARAGRAPH.search(tex)
            or _is_money(tex, self.text[end + 1 : end + 2])
        ):
            return None
        return Formula(start, end + 1, tex, display=False)


def _is_money(tex: str, after: str) -> bool:
    """Whether `$tex$after` is more likely two amounts of money than one formula."""
    amount = _AMOUNT.match(tex)
    if not amount:
        return False
    rest = tex[amount.end() :]
    is_prose = len(_PROSE.findall(rest)) > 1
    if _SIGNS.search(rest):
        return is_prose and tex[-1] in " ("
    if after.isdigit() and not tex[-1].isalnum():  # $5-$10
        return True
    return is_prose or (tex[-1].isspace() and bool(_PROSE.search(rest)))
