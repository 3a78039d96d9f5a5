"""Entries of a bibliography written again: right where they were wrong, else as they were.

Leaves out: what is wrong (`queries/checked.py`).
"""

from __future__ import annotations

from collections.abc import Collection

from bookwheel.content.bibtex import Citable, bibtex
from bookwheel.content.references.bibtex_scan import entries
from bookwheel.content.references.reference import Reference
from bookwheel.content.totex import to_tex

_FIELDS = {"title": "title", "authors": "author", "year": "year", "doi": "doi", "arxiv": "eprint"}
_ALWAYS = ("eprint", "archiveprefix", "primaryclass")  # so that the next check is sure


def mended(entry: Reference, paper: Citable | None, wrong: Collection[str] = ()) -> str:
    """BibTeX of an entry; `wrong` names what the paper is to say in its place.

    An entry that was not BibTeX is written anew. Without a paper it stays as it was, and is empty
    where that was no BibTeX.
    """
    own = next(iter(entries(entry.source)), None) if entry.source.lstrip().startswith("@") else None
    if paper is None:
        return entry.source.strip() if own else ""
    right = bibtex(paper, key=entry.key)
    if own is None:
        return right
    theirs = next(iter(entries(right))).fields
    replaced = {_FIELDS[name] for name in wrong if name in _FIELDS} | set(_ALWAYS)
    fields = {name: _balanced(value) for name, value in own.fields.items()}
    fields |= {name: value for name, value in theirs.items() if name in replaced}
    if "doi" in theirs:
        fields.setdefault("doi", theirs["doi"])
    lines = (f"  {name:<13} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{own.kind}{{{own.key},\n{''.join(lines)}}}"


def _balanced(value: str) -> str:
    depth = 0
    for letter in value:
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            break
    return value if depth == 0 else to_tex(value)
