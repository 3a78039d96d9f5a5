"""From evidence to an answer that consists of quotations: a lead, then groups, tables or lists.

Leaves out: what a model makes of the same quotations (`writing.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bookwheel.assistant.events import AnswerSentence, Form, Part
from bookwheel.assistant.evidence import Scored
from bookwheel.assistant.gather import Evidence
from bookwheel.core.quotes import Quote

GROUPS = 5  # papers quoted beside the lead
EACH = 2  # quotations of one of them
ONE_PAPER = 8  # quotations when only one paper is asked
SHARE = 0.55  # of the best score that a quotation must have


class Numbers:
    """Numbers quotations in the order in which they are first cited."""

    def __init__(self) -> None:
        self.quotes: list[Quote] = []
        self._known: dict[tuple[str, int, str, int, int], int] = {}

    def cite(self, quote: Quote) -> AnswerSentence:
        """The quotation as a sentence of the answer."""
        return AnswerSentence(quote.text, (self.number(quote),))

    def number(self, quote: Quote) -> int:
        """Its number."""
        if quote.key not in self._known:
            self.quotes.append(quote.numbered(len(self.quotes) + 1))
            self._known[quote.key] = len(self.quotes)
        return self._known[quote.key]


def compose(evidence: Evidence, numbers: Numbers) -> list[Part]:
    """The parts of an answer."""
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
