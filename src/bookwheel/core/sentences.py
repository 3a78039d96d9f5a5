"""Where the sentences of an abstract or a paragraph begin and end.

A full stop ends a sentence unless it stands in a formula, in brackets, or after an abbreviation or
an initial. Leaves out: languages other than English; which sentence matters (`key_sentence.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from bookwheel.core.formulas import formulas

_END = re.compile(
    r"""[.!?]["'”’)\]}$*]{0,5}(?P<gap>\s+)(?=["'“‘(\[{`$*]{0,5}[A-Z0-9\\$])|\n\s*\n\s*"""
)
_BRACKETS = re.compile(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]")
# Before a full stop that ends no sentence, whatever follows.
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|w\.r\.t|a\.k\.a|i\.i\.d|al|cf|vs|resp|approx|viz|ca|Figs?|Eqs?|Secs?|Refs?|"
    r"Tab|Thm|Prop|Lem|Cor|Ch|Nos?|Vol|pp?|Dr|Prof|Mr|Mrs|Ms|St|Phys|Rev|Lett|Math|Proc|Nat|Sci|"
    r"Comm|Astron|Astrophys)$"
)
_INITIAL = re.compile(r"(?:^|[\s.(~{-])[A-Z]$")
_STARTER = re.compile(r"(?:We|The|This|These|In|It|Our|To|For|By|A|An|However|Moreover|Here)\b")


def sentences(
    text: str, formulas_at: Iterable[tuple[int, int]] | None = None
) -> list[tuple[int, int]]:
    """Places `[start, end)` of the sentences, without the white space between them.

    Where the formulas stand is found from their delimiters if it is not given.
    """
    solid = _solid(text, formulas_at)
    starts = [start for start, _ in solid]
    found: list[tuple[int, int]] = []
    begin = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        end = match.start("gap") if match["gap"] else match.start()
        inside = bisect_right(starts, end) - 1
        in_solid = inside >= 0 and end < solid[inside][1]
        if in_solid or (match["gap"] and _goes_on(text, begin, match)):
            continue
        if shown := text[begin:end].rstrip():
            found.append((begin, begin + len(shown)))
        begin = match.end()
    last = len(text.rstrip())
    return [*found, (begin, last)] if begin < last else found


def _solid(text: str, formulas_at: Iterable[tuple[int, int]] | None) -> list[tuple[int, int]]:
    """Spans that no sentence ends in: formulas and what is in brackets, outermost only."""
    if formulas_at is None:
        formulas_at = ((formula.start, formula.end) for formula in formulas(text))
    spans = list(formulas_at)
    spans += [match.span() for match in _BRACKETS.finditer(text)]
    outer: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if outer and start < outer[-1][1]:
            outer[-1] = (outer[-1][0], max(outer[-1][1], end))
        else:
            outer.append((start, end))
    return outer


def _goes_on(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to an abbreviation or an initial."""
    before = text[max(begin, match.start() - 12) : match.start()]
    if text[match.start()] != "." or not before:
        return False
    if _ABBREVIATION.search(before):
        return True
    return bool(_INITIAL.search(before)) and not _STARTER.match(text, match.end())
