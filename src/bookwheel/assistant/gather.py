"""From a question to evidence: papers, their passages, the sentences that bear on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bookwheel.assistant.evidence import NAMES, Scored, candidates, score, wanted
from bookwheel.assistant.folding import fold
from bookwheel.assistant.questions import Asked, Kind
from bookwheel.assistant.retriever import Days, Retriever
from bookwheel.assistant.standing import standing
from bookwheel.core.quotes import Edition

READ = 24  # papers read for a question to many
PEOPLE = 72  # and to find who wrote most of them
PASSAGES = 40  # passages of full text looked at
FOLDED = 120  # of the best sentences, among which near-duplicates are looked for
TOPIC = 0.6  # of what the best paper shares with the question
_PAPER = NAMES.index("paper")
LONG = 60  # blocks up to which a whole paper is looked through


@dataclass(frozen=True)
class Evidence:
    """What was read, and its sentences with their scores, best first."""

    editions: dict[str, Edition] = field(default_factory=dict)
    scored: tuple[Scored, ...] = ()
    looked_at: int = 0
    asked: int = 0  # telling words of the question

    def of(self, paper: str) -> list[Scored]:
        """Sentences of one paper, best first."""
        return [one for one in self.scored if one.quote.paper == paper]

    @property
    def papers(self) -> list[str]:
        """Papers with a sentence, the best sentence's first."""
        return list(dict.fromkeys(one.quote.paper for one in self.scored))


def _on_topic(scored: Sequence[Scored]) -> list[Scored]:
    """Without papers that share much less with the question than the best do."""
    best = max((float(one.measures[_PAPER]) for one in scored), default=0.0)
    return [one for one in scored if one.measures[_PAPER] >= TOPIC * best]


def papers_for(asked: Asked, retriever: Retriever, days: Days) -> Sequence[str]:
    """Which papers to read."""
    if retriever.named:
        return retriever.named
    if not asked.topic:
        return retriever.newest(READ, days)
    count = PEOPLE if asked.kind is Kind.WHO else READ
    return retriever.search(asked.topic, count, days)


def gather(query: str, papers: Sequence[str], retriever: Retriever) -> Evidence:
    """Read papers and score their sentences for a query."""
    editions = {edition.paper: edition for edition in retriever.editions(papers)}
    asked = wanted(query, retriever)
    passages = retriever.passages(query, PASSAGES, list(editions))
    blocks = {paper: {one.block for one in passages if one.paper == paper} for paper in editions}
    found = []
    for paper, edition in editions.items():
        whole = sum(1 for _ in edition.document.blocks()) <= LONG
        abstract = {block.id for block in edition.document.abstract}
        found += candidates(edition, None if whole else blocks[paper] | abstract)
    scored = score(asked, found, retriever, () if retriever.named else papers)
    standing_first = [replace(one, score=one.score * standing(one.quote.text)) for one in scored]
    ordered = sorted(_on_topic(standing_first), key=lambda one: -one.score)
    return Evidence(editions, tuple(fold(ordered[:FOLDED])), len(found), len(asked.stems))
