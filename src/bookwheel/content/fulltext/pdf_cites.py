"""Where a text cites its references by number: "[3, 7-9]".

Leaves out: names and years, "(Hinton et al., 2015)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bookwheel.core.document import Mark, Reference, Span

_GROUP = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3}){0,40})\]")
_NUMBER = re.compile(r"\d{1,3}")


def cited(text: str, references: Sequence[Reference]) -> tuple[Span, ...]:
    """A span for each number in square brackets that is the label of a reference."""
    known = {one.label.strip("[]().").strip(): one.id for one in references if one.label}
    if not known:
        return ()
    return tuple(
        Span(group.start(1) + number.start(), group.start(1) + number.end(), Mark.CITE,
             known[number[0]])
        for group in _GROUP.finditer(text)
        for number in _NUMBER.finditer(group[1])
        if number[0] in known
    )  # fmt: skip
