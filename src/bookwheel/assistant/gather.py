"""From a question to evidence: papers, their passages, the sentences that bear on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bookwheel.assistant.evidence import Scored, candidates, score, wanted
from bookwheel.assistant.folding import fold
from bookwheel.assistant.questions import Asked
from bookwheel.assistant.retriever import Days, Retriever
from bookwheel.core.quotes import Edition

READ = 24  # papers read for a question to many
FIRST = 8  # sentences by which it is told whether papers say anything of it
PASSAGES = 40  # passages of full text looked at
LONG = 60  # blocks up to which a whole paper is looked through


@dataclass(frozen=True)
class Evidence:
    """What was read, and its sentences with their scores, best first."""

    editions: dict[str, Edition] = field(default_factory=dict)
    scored: tuple[Scored, ...] = ()
    looked_at: int = 0

    @property
    def strength(self) -> float:
        """How much of the question the best of the first sentences has, 0 to 1."""
        return max((one.strength for one in self.scored[:FIRST]), default=0.0)

    def of(self, paper: str) -> list[Scored]:
        """Sentences of one paper, best first."""
        return [one for one in self.scored if one.quote.paper == paper]

    @property
    def papers(self) -> list[str]:
        """Papers with a sentence, the best sentence's first."""
        return list(dict.fromkeys(one.quote.paper for one in self.scored))


def papers_for(asked: Asked, retriever: Retriever, days: Days) -> Sequence[str]:
    """Which papers to read."""
    if retriever.named:
        return retriever.named
    if not asked.topic:
        return retriever.newest(READ, days)
    return retriever.search(asked.topic, READ, days)


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
    scored = score(asked, found, retriever)
    ordered = sorted(scored, key=lambda one: -one.score)
    return Evidence(editions, tuple(fold(ordered)), len(found))
