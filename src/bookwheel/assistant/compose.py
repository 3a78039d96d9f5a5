"""From evidence to an answer that consists of quotations, in the shape that the question asks for.

Leaves out: what a model makes of the same quotations (`writing.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bookwheel.assistant import shapes, teaching
from bookwheel.assistant.events import Form, Part
from bookwheel.assistant.evidence import Scored
from bookwheel.assistant.gather import Evidence, gather, papers_for
from bookwheel.assistant.numbering import Numbers
from bookwheel.assistant.questions import Asked, Kind
from bookwheel.assistant.retriever import Retriever

GROUPS = 5  # papers quoted beside the lead
EACH = 2  # quotations of one of them
ONE_PAPER = 8  # quotations when only one paper is asked
SHARE = 0.4  # of the best score that a quotation must have


def compose(asked: Asked, evidence: Evidence, retriever: Retriever, numbers: Numbers) -> list[Part]:
    """The parts of an answer to a question of its kind; ordinary ones where a shape stays empty."""
    made = _shaped(asked, evidence, retriever, numbers)
    if made and any(part.sentences or part.rows for part in made):
        return made
    return about(evidence, numbers) if evidence.scored else []


def _shaped(asked: Asked, evidence: Evidence, retriever: Retriever, numbers: Numbers) -> list[Part]:
    match asked.kind:
        case Kind.COMPARE:
            sides = [(side, _side(asked, side, retriever)) for side in asked.sides]
            for _, found in sides:
                evidence.editions.update(found.editions)
            return shapes.table(sides, evidence, numbers)
        case Kind.NEW:
            return shapes.papers(evidence, numbers, by_day=True)
        case Kind.PAPERS:
            return shapes.papers(evidence, numbers)
        case Kind.WHO:
            return shapes.people(evidence, numbers)
        case Kind.LEARN:
            return teaching.steps(asked.topic, evidence, retriever, numbers)
        case Kind.SUMMARY if len(evidence.editions) <= ONE_PAPER:
            return shapes.sections(evidence, numbers)
        case Kind.FIGURES:
            return shapes.figures(evidence, numbers) or _without_figures(evidence, numbers)
        case _:
            return []


def _without_figures(evidence: Evidence, numbers: Numbers) -> list[Part]:
    """Papers whose captions are not here, with what else they say."""
    return [Part(Form.NOTE, code="no_figures"), *about(evidence, numbers)]


def _side(asked: Asked, side: str, retriever: Retriever) -> Evidence:
    wanted = Asked(asked.text, asked.kind, side, days=asked.days)
    return gather(side, papers_for(wanted, retriever, asked.days), retriever)


def about(evidence: Evidence, numbers: Numbers) -> list[Part]:
    """A lead, then the quotations of each paper that bear on the question."""
    best = evidence.scored[0]
    parts = [Part(Form.LEAD, sentences=(numbers.cite(best.quote),), paper=best.quote.paper)]
    enough = [one for one in evidence.scored[1:] if one.score >= SHARE * best.score]
    limit = ONE_PAPER if len(evidence.editions) == 1 else EACH
    for paper in list(dict.fromkeys(one.quote.paper for one in enough))[:GROUPS]:
        chosen = _in_order([one for one in enough if one.quote.paper == paper][:limit])
        parts.append(group(evidence.editions[paper].title, paper, chosen, numbers))
    return parts


def group(heading: str, paper: str, chosen: Iterable[Scored], numbers: Numbers) -> Part:
    """Quotations under a heading."""
    cited = tuple(numbers.cite(one.quote) for one in chosen)
    return Part(Form.GROUP, heading=heading, paper=paper, sentences=cited)


def _in_order(chosen: Sequence[Scored]) -> list[Scored]:
    """As they stand in their paper."""
    return sorted(chosen, key=lambda one: (one.quote.block, one.quote.start))
