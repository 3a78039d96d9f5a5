r"""The list of references of TeX: `thebibliography` and what biblatex writes.

Leaves out: packages with `.bib` files alone (`tex_bib.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bookwheel.content.fulltext import tex_bib
from bookwheel.content.fulltext import tex_walk as walk
from bookwheel.content.fulltext.found_ids import arxiv_ids, dois
from bookwheel.content.fulltext.tex_macros import END, read_tokens
from bookwheel.content.fulltext.tex_state import State
from bookwheel.content.fulltext.tex_tokens import Tokens, source
from bookwheel.core.document import Mark, Reference

_AUTHOR_YEAR = re.compile(r"^(?P<authors>.*?)\s*\((?P<year>\d{4}[a-z]?|[^()]{0,20})\)")
_ENTRY = re.compile(
    r"\\entry\{(?P<key>[^{}]+)\}.*?(?=\\entry\{|\\enddatalist|\\endsortlist|\Z)", re.S
)
_FIELD = re.compile(r"\\field\{(?P<name>\w+)\}\{(?P<value>(?:[^{}]|\{[^{}]*\})*)\}")
_VERB = re.compile(r"\\verb\{(?P<name>\w+)\}\s*\\verb (?P<value>\S+)")
_PERSON = re.compile(r"(family|given)=\{(?P<value>(?:[^{}]|\{[^{}]*\})*)\}")


def environment(state: State, name: str) -> None:
    """`thebibliography`."""
    body = state.mouth.environment(name)
    state.mouth.push([*body, END])
    state.mouth.argument()
    rest: Tokens = []
    while (token := state.mouth.next()) is not None and token != END:
        rest.append(token)
    state.flush()
    entries: list[Tokens] = []
    for token in rest:
        if token in ("\\bibitem", "\\bibitemdeclare"):
            entries.append([])
        elif entries:
            entries[-1].append(token)
    for entry in entries:
        _bibitem(state, entry)


def _bibitem(state: State, parts: Tokens) -> None:
    state.mouth.push([*parts, END])
    told = state.mouth.optional()
    key = state.mouth.name()
    rest: Tokens = []
    while (token := state.mouth.raw()) is not None and token != END:
        rest.append(token)
    found = walk.text_of(state, rest)
    if not found and not key:
        return
    label = walk.text_of(state, told).text if told else ""
    links = [span.target for span in found.spans if span.mark is Mark.LINK]
    number = str(len(state.builder.references) + 1)
    shown = _shown(state, label, number)
    state.known.cites[key] = shown
    state.builder.reference(
        Reference(
            "",
            found.text,
            f"[{shown}]" if " " not in shown else shown,
            arxiv_ids(found.text, links),
            dois(found.text, links),
        ),
        keys=[key],
    )


def _shown(state: State, label: str, number: str) -> str:
    """How the entry is cited: natbib's author and year, a label of its own, or its number."""
    if not label or state.counters.get("numeric"):
        return number
    if match := _AUTHOR_YEAR.match(label):
        return f"{match['authors']}, {match['year']}".strip(" ,") or number
    return label if len(label) < 20 else number


def bibliography(state: State, token: str) -> None:
    """`\\bibliography{…}`: the `.bbl` stands for it."""
    if token in ("\\bibliography", "\\addbibresource"):
        state.mouth.argument()
    else:
        state.mouth.optional()
    text = state.sources.bbl() if not state.builder.references else None
    if token == "\\addbibresource":
        return
    if text is None and not state.builder.references:
        tex_bib.references(state, state.sources.bib())
    if text is None and not state.builder.references:
        state.builder.warnings.append("The package has no list of references (.bbl).")
    elif text is not None and "\\entry{" in text:
        for match in _ENTRY.finditer(text):
            _biblatex(state, match["key"], match[0])
    elif text is not None:
        state.mouth.push(read_tokens(text))


@dataclass(slots=True)
class _Fields:
    values: dict[str, str]

    def joined(self, *names: str) -> str:
        return ". ".join(filter(None, (self.values.get(name, "") for name in names)))


def _biblatex(state: State, key: str, entry: str) -> None:
    """One `\\entry` of biblatex."""
    fields = _Fields({m["name"]: m["value"] for m in _FIELD.finditer(entry)})
    fields.values.update({m["name"]: m["value"] for m in _VERB.finditer(entry)})
    names = entry.partition("\\name{author}")[2].partition("\\strng")[0].partition("\\name{")[0]
    people: list[str] = []
    family = ""
    for match in _PERSON.finditer(names):
        if match[1] == "family":
            family = match["value"]
            people.append(family)
        elif people:
            people[-1] = f"{match['value']} {family}"
    told = f"{', '.join(people)}. {fields.joined('title', 'journaltitle', 'booktitle', 'year')}."
    text = walk.text_of(state, read_tokens(told)).text
    eprint, doi = fields.values.get("eprint", ""), fields.values.get("doi", "")
    links = [f"https://arxiv.org/abs/{eprint}" if eprint else "", doi]
    number = str(len(state.builder.references) + 1)
    state.known.cites[key] = number
    shown = " ".join(filter(None, (text, f"arXiv:{eprint}." if eprint else "", doi)))
    state.builder.reference(
        Reference("", shown, f"[{number}]", arxiv_ids(shown, links), dois(shown, links)), keys=[key]
    )


def newblock(state: State, token: str) -> None:
    """Space between the parts of an entry."""
    del token
    state.line.write(" ")


__all__ = ["bibliography", "environment", "newblock", "source"]
