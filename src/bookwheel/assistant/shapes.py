"""Answers of a shape of their own: tables, lists of papers or people, sections, figures.

Everything said in them is a quotation; only headings are ours, or titles, names and days.
Leaves out: ordinary questions (`compose.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bookwheel.assistant.events import AnswerSentence, Form, Part
from bookwheel.assistant.evidence import Scored
from bookwheel.assistant.folding import fold
from bookwheel.assistant.gather import Evidence
from bookwheel.assistant.numbering import Numbers
from bookwheel.core.document import Kind as BlockKind
from bookwheel.core.key_sentence import key_sentence
from bookwheel.core.quotes import blocks, cut, places

LISTED = 10  # papers or people of a list
FIGURES = 12
EACH = 2  # quotations of a section or step
PLAIN = 0.25  # score from which a sentence serves in a step or cell

# What a sentence tells, by the words authors use.
ASPECTS: Mapping[str, re.Pattern[str]] = {
    "problem": re.compile(
        r"\b(?:problem|challenge|difficult\w*|remains?|however|lack\w*|need\w*|important|crucial|"
        r"little is known|gap|bottleneck|expensive|aims?|goal)\b",
        re.I,
    ),
    "how": re.compile(
        r"\b(?:we (?:propose|present|introduce|develop|use|design|describe|formulate|build)|"
        r"approach|method|algorithm|framework|architecture|based on|consists? of|works? by|"
        r"technique|is an?)\b",
        re.I,
    ),
    "results": re.compile(
        r"\b(?:results?|show\w*|demonstrat\w*|outperform\w*|achiev\w*|improv\w*|found|find|reveal\w*|"
        r"increas\w*|decreas\w*|reduc\w*|better|higher|faster|prove[sd]?|conclude)\b",
        re.I,
    ),
    "limits": re.compile(
        r"\b(?:limit\w*|however|fail\w*|drawback|open (?:question|problem)|future work|remain\w*|"
        r"suffer\w*|cannot|costly|unstable|sensitive|unclear|challeng\w*)\b",
        re.I,
    ),
}
SURVEY = re.compile(
    r"\b(?:survey|review|introduction|tutorial|primer|lectures?|overview|guide|notes on|"
    r"pedagogical|foundations|handbook|course)\b",
    re.I,
)


def table(sides: Sequence[tuple[str, Evidence]], both: Evidence, numbers: Numbers) -> list[Part]:
    """A comparison: what speaks of both sides, then a table with a quotation in each cell."""
    parts = list[Part]()
    wanted = [one for one in both.scored if all(_names(one, side) for side, _ in sides)]
    if wanted:
        lead = tuple(numbers.cite(one.quote) for one in wanted[:EACH])
        parts.append(Part(Form.LEAD, sentences=lead, paper=wanted[0].quote.paper))
    taken = {one.quote.key for one in wanted[:EACH]}
    rows, names = list[tuple[AnswerSentence | None, ...]](), list[str]()
    for code, pattern in ASPECTS.items():
        row = [_cell(side, found, pattern, taken, numbers) for side, found in sides]
        if any(row):
            rows.append(tuple(row))
            names.append(code)
    columns = tuple(side for side, _ in sides)
    parts.append(
        Part(Form.TABLE, code="against", columns=columns, names=tuple(names), rows=tuple(rows))
    )
    return parts


def _cell(
    side: str,
    found: Evidence,
    pattern: re.Pattern[str],
    taken: set[tuple[str, int, str, int, int]],
    numbers: Numbers,
) -> AnswerSentence | None:
    for one in found.scored:
        if one.quote.key in taken or one.score < PLAIN or not _names(one, side):
            continue
        if pattern.search(one.quote.text):
            taken.add(one.quote.key)
            return numbers.cite(one.quote)
    return None


def _names(one: Scored, side: str) -> bool:
    """Whether a sentence speaks of a side: has most of its words."""
    told = re.findall(r"[\w-]{3,}", side.casefold())
    text = one.quote.text.casefold()
    return bool(told) and sum(word[:6] in text for word in told) * 2 > len(told)


def papers(evidence: Evidence, numbers: Numbers, *, by_day: bool = False) -> list[Part]:
    """Papers, each with the sentence that bears most on the question; with days, newest first."""
    chosen = evidence.papers[:LISTED]
    if by_day:
        chosen = sorted(chosen, key=lambda paper: evidence.editions[paper].day, reverse=True)
    made = list[Part]()
    for paper in chosen:
        edition = evidence.editions[paper]
        heading = f"{edition.day} · {edition.title}" if by_day else edition.title
        cited = (numbers.cite(evidence.of(paper)[0].quote),)
        made.append(Part(Form.LIST, heading=heading, paper=paper, sentences=cited))
    return made


def people(evidence: Evidence, numbers: Numbers) -> list[Part]:
    """Authors of the papers that bear on the question, each with a sentence of one."""
    wrote: dict[str, list[str]] = defaultdict(list)
    weight: dict[str, float] = defaultdict(float)
    for paper in evidence.papers:
        best = evidence.of(paper)[0].score
        for name in evidence.editions[paper].authors:
            wrote[name].append(paper)
            weight[name] += best
    order = sorted(wrote, key=lambda name: (-len(wrote[name]), -weight[name]))
    several = [name for name in order if len(wrote[name]) > 1]
    shown = list[Part]()
    seen = set[tuple[str, ...]]()
    for name in (several or order)[: 2 * LISTED]:
        key = tuple(wrote[name])
        if key in seen and len(shown) >= 3:  # one of a group that always writes together
            continue
        seen.add(key)
        cited = tuple(numbers.cite(evidence.of(paper)[0].quote) for paper in wrote[name][:EACH])
        shown.append(Part(Form.LIST, heading=name, paper=wrote[name][0], sentences=cited))
    return shown[:LISTED]


def sections(evidence: Evidence, numbers: Numbers) -> list[Part]:
    """A paper by its sections; of one known by its abstract alone, what each sentence tells."""
    made = list[Part]()
    for edition in evidence.editions.values():
        scored = {one.quote.key: one for one in evidence.of(edition.paper)}
        by_heading: dict[str, list[Scored]] = defaultdict(list)
        for one in scored.values():
            by_heading[one.quote.section].append(one)
        if len(by_heading) > 1:
            headings = list(dict.fromkeys(heading for heading, _ in blocks(edition)))
            for heading in headings:
                chosen = by_heading.get(heading, [])[:EACH]
                made += _group(heading, edition.paper, chosen, numbers)
        else:
            made += _by_aspect(edition.paper, list(scored.values()), numbers)
    return made


def _by_aspect(paper: str, scored: Sequence[Scored], numbers: Numbers) -> list[Part]:
    made = list[Part]()
    ordered = sorted(scored, key=lambda one: (one.quote.block, one.quote.start))
    if not ordered:
        return made
    key = key_sentence(ordered[0].quote.source)
    lead = next((one for one in ordered if one.quote.text == key), ordered[0])
    made.append(Part(Form.LEAD, paper=paper, sentences=(numbers.cite(lead.quote),)))
    taken = {lead.quote.key}
    for code, pattern in ASPECTS.items():
        chosen = [
            one
            for one in (ordered if code in ("problem", "how") else ordered[::-1])
            if one.quote.key not in taken and pattern.search(one.quote.text)
        ][:EACH]
        taken.update(one.quote.key for one in chosen)
        made += _group("", paper, chosen, numbers, code=code)
    return made


def _group(
    heading: str, paper: str, chosen: Sequence[Scored], numbers: Numbers, *, code: str = ""
) -> list[Part]:
    ordered = sorted(fold(chosen), key=lambda one: (one.quote.block, one.quote.start))
    cited = tuple(numbers.cite(one.quote) for one in ordered)
    return [Part(Form.GROUP, code, heading, paper, cited)] if cited else []


def figures(evidence: Evidence, numbers: Numbers) -> list[Part]:
    """What figures and tables show, in the words of their captions; none without full text."""
    made = list[Part]()
    for edition in evidence.editions.values():
        for section, block in blocks(edition):
            if block.kind not in (BlockKind.FIGURE, BlockKind.TABLE) or not block.text.strip():
                continue
            spots = places(block)[:3]
            cited = tuple(
                numbers.cite(cut(edition, section, block, start, end)) for start, end in spots
            )
            heading = block.label or block.id
            made.append(Part(Form.GROUP, heading=heading, paper=edition.paper, sentences=cited))
    return made[:FIGURES]
