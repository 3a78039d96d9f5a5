"""Two texts compared word by word, as HTML that marks what went and what came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from markupsafe import Markup

MOST = 4000  # words; of longer texts it is only said that they differ
_WORDS = re.compile(r"\S+\s*|\s+")
_GONE, _CAME = Markup("<del>{}</del>"), Markup("<ins>{}</ins>")


def texts(old: str, new: str) -> Markup:
    """The new text with what went and what came; TeX stays as it was written."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST:
        return _GONE.format(old) + Markup(" ") + _CAME.format(new)
    return _marked(before, after, "")


def lists(old: Sequence[str], new: Sequence[str]) -> Markup:
    """The same of names, each whole."""
    return _marked(old, new, ", ")


def _marked(before: Sequence[str], after: Sequence[str], between: str) -> Markup:
    parts: list[Markup] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if kind == "equal":
            parts.append(Markup("{}").format(between.join(after[from_new:to_new])))
            continue
        if to_old > from_old:
            parts.append(_GONE.format(between.join(before[from_old:to_old])))
        if to_new > from_new:
            parts.append(_CAME.format(between.join(after[from_new:to_new])))
    return Markup("{}").format(between).join(parts)
