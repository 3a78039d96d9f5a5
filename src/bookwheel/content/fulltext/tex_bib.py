"""The list of references of a TeX package that has `.bib` files but no `.bbl`.

Entries that are cited come in the order of their citing, as a numbered list.
Leaves out: styles of bibliographies; entries are written one way.
"""

from __future__ import annotations

from bookwheel.content.fulltext.found_ids import arxiv_ids, dois
from bookwheel.content.fulltext.tex_state import State
from bookwheel.content.references.bibtex import read_bibtex
from bookwheel.content.references.reference import Reference as Entry
from bookwheel.core.document import Reference


def references(state: State, text: str) -> None:
    """Add the cited entries; all of them after `\\nocite{*}`."""
    entries = {entry.key: entry for entry in read_bibtex(text).entries if entry.key}
    cited = [key for key in state.known.cited if key in entries]
    if "*" in state.known.cited:
        cited = list(dict.fromkeys([*cited, *entries]))
    for number, key in enumerate(cited, 1):
        shown = written(entries[key])
        state.known.cites[key] = str(number)
        state.builder.reference(
            Reference("", shown, f"[{number}]", arxiv_ids(shown), dois(shown)), keys=[key]
        )


def written(entry: Entry) -> str:
    """An entry as a line: authors, title, venue, year, identifiers."""
    names = [" ".join(filter(None, (given, family))) for family, given in entry.authors]
    who = ", ".join(names[:-1]) + " and " * (len(names) > 1) + "".join(names[-1:])
    venue = ", ".join(filter(None, (entry.venue, str(entry.year or ""))))
    parts = [part.rstrip(".") for part in (who, entry.title, venue) if part]
    named = [f"arXiv:{entry.arxiv_id}" if entry.arxiv_id else "", entry.doi]
    return ". ".join([*parts, *filter(None, named)]) + "."
