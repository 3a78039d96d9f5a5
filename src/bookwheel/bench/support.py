"""Which sentences are shown as said, doubted or struck out, on sentences whose truth is known.

Of SciFact: claims beside the sentences that support or refute them, beside others of the same
abstract, of one that says nothing of it, of any. Made: whole sentences and clauses, which are
true; their words shuffled and their numbers changed, which are not. Abstracts learned from and
checked with are apart.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.evidence import candidates
from bookwheel.assistant.support import COPIED, NAMES, Support, measure, odd
from bookwheel.bench.evidence import CHECKED, PARTS, Claim, Collection, fitted
from bookwheel.bench.report import Row
from bookwheel.core.quotes import Quote

TRUE = ("supported", "copied", "clause")
FALSE = ("refuted", "same paper", "near paper", "any paper", "shuffled", "number")
MADE_OF = ("shuffled", "number")  # told by order and by numbers, not by weights
MADE = 1000  # sentences that others are made from
MISSED = 0.10  # of true claims that may be struck out
DISORDERED = 0.02  # of true sentences in the words of their quotations may count as shuffled
MOST_ORDERED = 0.75  # as much order is asked for at most: clauses change places
PASSED = 0.10  # of false sentences that may be shown as said; refuted claims aside
_DIGITS = re.compile(r"\b\d+(?:\.\d+)?\b")


@dataclass(frozen=True)
class Told:
    """A sentence and what it cites, of a kind."""

    kind: str
    held_out: bool
    odd: bool
    measures: NDArray[np.float32]


def sentences(collection: Collection, claims: Sequence[Claim]) -> list[Told]:
    """All sentences, measured."""
    chance = random.Random(1)  # noqa: S311
    quotes = {
        name: [one.quote for one in candidates(edition, least=0)]
        for name, edition in collection.editions.items()
    }
    quotes = {name: some for name, some in quotes.items() if some}
    made = [*_claims(quotes, claims, chance), *_forged(quotes, chance)]
    found = list[Told]()
    for kind, text, used in made:
        vectors = collection.encode([one.text for one in used])
        measures = measure(text, used, vectors, collection)
        if measures is not None:
            out = zlib.crc32(used[0].paper.encode()) % PARTS < CHECKED
            found.append(Told(kind, out, odd(text, used), measures))
    return found


def _claims(
    quotes: Mapping[str, list[Quote]],
    claims: Sequence[Claim],
    chance: random.Random,
) -> Iterator[tuple[str, str, list[Quote]]]:
    names = sorted(quotes)
    for claim in claims:
        for paper, marked in claim.marks.items():
            held = quotes.get(paper, [])
            used = [one for at, one in enumerate(held) if at in marked]
            rest = [one for at, one in enumerate(held) if at not in marked]
            if used:
                yield "supported" if claim.supported else "refuted", claim.text, used
            if rest:
                yield "same paper", claim.text, [chance.choice(rest)]
            yield "any paper", claim.text, [chance.choice(quotes[chance.choice(names)])]
        near = [quotes[paper] for paper in claim.cited if paper in quotes]
        if near and not claim.marks:
            yield "near paper", claim.text, [chance.choice(near[0])]


def _forged(
    quotes: Mapping[str, list[Quote]], chance: random.Random
) -> Iterator[tuple[str, str, list[Quote]]]:
    names = sorted(quotes)
    for _ in range(MADE):
        quote = chance.choice(quotes[chance.choice(names)])
        words = quote.text.split()
        if len(words) < 6:
            continue
        third = len(words) // 3
        start, end = chance.randint(0, third), chance.randint(2 * third, len(words))
        yield "copied", quote.text, [quote]
        yield "clause", " ".join(words[start:end]), [quote]
        yield "shuffled", " ".join(chance.sample(words, len(words))), [quote]
        if match := _DIGITS.search(quote.text):
            number = str(chance.randint(3, 97))
            start, end = match.span()
            yield "number", f"{quote.text[:start]}{number}{quote.text[end:]}", [quote]


def learned(found: Sequence[Told]) -> Support:
    """Weights, each kind counting the same, and the lines."""
    learn = [one for one in found if not one.held_out]
    kinds = [kind for kind in (*TRUE, *FALSE) if kind not in MADE_OF]
    least = min(len(_of(learn, kind)) for kind in kinds)
    even = [one for kind in kinds for one in _of(learn, kind)[:least]]
    made = fitted(
        np.stack([one.measures for one in even]),
        np.array([one.kind in TRUE for one in even]),
        NAMES,
        strength=0.3,
    )
    copied, order = NAMES.index("words"), NAMES.index("order")
    true = [one.measures for one in learn if one.kind in ("supported", "clause")]
    alike = [one[order] for one in true if one[copied] >= COPIED]
    ordered = round(min(float(np.quantile(alike, DISORDERED)), MOST_ORDERED), 3)
    used = Support(made.bias, made.weights, 0.5, 0.0, ordered)
    false = [_scores(used, _of(learn, kind)) for kind in FALSE[1:] if kind not in MADE_OF]
    said = max(float(np.quantile(scores, 1 - PASSED)) for scores in false)
    hardly = float(np.quantile(_scores(used, _of(learn, "supported")), MISSED))
    return replace(used, said=round(said, 3), hardly=round(hardly, 3))


def rows(found: Sequence[Told], used: Support) -> list[Row]:
    """For each kind, how it is shown; of held-out abstracts only."""
    made = list[Row]()
    for kind in (*TRUE, *FALSE):
        some = [one for one in _of(found, kind) if one.held_out]
        scores = _scores(used, some)
        doubt = np.array([one.odd for one in some], np.bool_)
        said = (scores >= used.said) & ~doubt
        struck = scores < used.hardly
        made.append(
            {
                "method": kind,
                "true": "yes" if kind in TRUE else "no",
                "sentences": len(some),
                "said": float(said.mean()),
                "doubtful": float((~said & ~struck).mean()),
                "struck": float(struck.mean()),
            }
        )
    return made


def _of(found: Sequence[Told], kind: str) -> list[Told]:
    return [one for one in found if one.kind == kind]


def _scores(used: Support, found: Sequence[Told]) -> NDArray[np.float32]:
    if not found:
        return np.empty(0, np.float32)
    return used.of(np.stack([one.measures for one in found]))
