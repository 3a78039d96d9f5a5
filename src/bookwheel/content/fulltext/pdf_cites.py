"""What a text of a PDF points to: references by number or by name and year, figures, sections.

Leaves out: what the parts are (`pdf_blocks.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bookwheel.core.document import Block, Kind, Mark, Reference, Section, Span

_GROUP = re.compile(r"\[([^\[\]]{1,160})\]")
_LABEL = re.compile(r"(?<![\w.])[A-Z]*[\w+*’']{1,12}(?![\w])")
_YEAR = r"(?:19|20)\d{2}[a-z]?"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
_NAMED = re.compile(
    rf"(?P<name>{_NAME})(?:\s+et\s+al\.?|(?:,?\s+{_NAME}){{0,14}},?\s+(?:and|&)\s+{_NAME})?"
    rf",?\s+\(?(?P<year>{_YEAR})\b"
)
_FIRST_NAME = re.compile(r",|\band\b|&|(?<=[a-zà-ÿ])\.\s")  # where it ends
_LISTED_YEAR = re.compile(rf"(?<![\d:./-])({_YEAR})(?![\d:/-])")
_PART = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?|[A-Z](?:\.\d{1,3}){0,3}|[IVX]{1,5})(?![\w])"
_REF = re.compile(
    r"(?P<name>fig(?:ure|s?\.)s?|tab(?:le|\.)s?|sec(?:tion|s?\.)s?|§{1,2}|append(?:ix|ices)|"
    r"eq(?:uation|s?\.|n\.)s?|theorems?|lemmas?|propositions?|corollar(?:y|ies)|definitions?|"
    rf"algorithms?|remarks?|assumptions?|listing)[\s\u00a0]*(?P<parts>\(?{_PART}\)?"
    rf"(?:\s*(?:,|and|to|&|–|-|,\s*and)\s*\(?{_PART}\)?){{0,6}})",
    re.IGNORECASE,
)
_ONE = re.compile(_PART)


def pointers(
    text: str, references: Sequence[Reference], formulas: Sequence[tuple[int, int]]
) -> tuple[Span, ...]:
    """Formulas, citations and names of other parts, in order; targets of the last are names."""
    found = [Span(start, end, Mark.MATH) for start, end in formulas]
    taken = list(formulas)
    for span in (*cited(text, references), *_named(text, references), *_referred(text)):
        if not any(span.start < end and start < span.end for start, end in taken):
            taken.append((span.start, span.end))
            found.append(span)
    return tuple(sorted(found, key=lambda span: span.start))


def cited(text: str, references: Sequence[Reference]) -> tuple[Span, ...]:
    """A span for each number or sign in square brackets that is the label of a reference.

    Brackets must begin with one: "[KR95, Theorem 3]", not "[0, 1)".
    """
    known = {one.label.strip("[]().").strip(): one.id for one in references if one.label}
    if not known:
        return ()
    found = []
    for group in _GROUP.finditer(text):
        labels = list(_LABEL.finditer(group[1]))
        if labels and labels[0].start() == 0 and labels[0][0] in known:
            found += [
                Span(group.start(1) + one.start(), group.start(1) + one.end(), Mark.CITE,
                     known[one[0]])
                for one in labels
                if one[0] in known
            ]  # fmt: skip
    return tuple(found)


def resolved(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Sections whose references to figures, tables and sections lead there, or nowhere."""
    known = _parts(sections)
    return tuple(
        replace(one, blocks=tuple(_leading(block, known) for block in one.blocks))
        for one in sections
    )


def _leading(block: Block, known: Mapping[str, str]) -> Block:
    if not any(span.mark is Mark.REF for span in block.spans):
        return block
    spans = tuple(
        replace(span, target=known.get(span.target, "")) if span.mark is Mark.REF else span
        for span in block.spans
    )
    return replace(block, spans=spans)


def _parts(sections: Sequence[Section]) -> dict[str, str]:
    """Ids by kind and number: "f3", "t2", "s2.1", "e12"."""
    known: dict[str, str] = {}
    for section in sections:
        if section.number:
            known.setdefault(f"s{section.number}", section.id)
            known.setdefault(f"a{section.number}", section.id)
        for block in section.blocks:
            number = _ONE.search(block.label.partition(" ")[2] or block.label)
            if block.label and number:
                kind = "e" if block.kind is Kind.EQUATION else block.label[0].lower()
                known.setdefault(f"{kind}{number[0]}", block.id)
    return known


def _referred(text: str) -> Iterator[Span]:
    for match in _REF.finditer(text):
        kind = "s" if match["name"][0] == "§" else match["name"][0].lower()
        for one in _ONE.finditer(match["parts"]):
            start = match.start("parts") + one.start()
            yield Span(start, start + len(one[0]), Mark.REF, f"{kind}{one[0]}")


def _named(text: str, references: Sequence[Reference]) -> Iterator[Span]:
    """Citations by name and year: "(Hinton et al., 2015)", "Hinton and Salakhutdinov (2006)"."""
    known: dict[tuple[str, str], str] = {}
    for one in references:
        if not one.label.strip("[]().").isdigit():
            year = _LISTED_YEAR.search(one.text)
            first = _FIRST_NAME.split(one.text[:120], maxsplit=1)[0]
            if year:
                for name in re.findall(_NAME, first):
                    known.setdefault((name, year[1]), one.id)
    for match in _NAMED.finditer(text) if known else ():
        if target := known.get((match["name"], match["year"])):
            yield Span(match.start(), match.end(), Mark.CITE, target)
