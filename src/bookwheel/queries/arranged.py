"""The order of a feed: whom one follows first, then the surest; what says the same is folded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bookwheel.index import exact
from bookwheel.index.engine import Engine
from bookwheel.queries.judged import Judged

FOLDED = 400  # of the first so many; those that come after are hardly ever seen


@dataclass(frozen=True)
class Arranged:
    """Places of the papers to show, best first, and what is folded under each."""

    places: NDArray[np.intp]
    under: dict[int, tuple[int, ...]]  # place -> places

    def pick(self, mask: NDArray[np.bool_]) -> Arranged:
        """Those places, of all papers, for which the mask holds."""
        return Arranged(self.places[mask[self.places]], self.under)

    def spread(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """What holds for one of several that say the same holds for the one that is shown."""
        found = mask.copy()
        for place, folded in self.under.items():
            found[place] |= mask[list(folded)].any()
        return found

    def first(self, count: int) -> Arranged:
        """The best so many."""
        return Arranged(self.places[:count], self.under)


def arrange(
    opened: Engine, judged: Judged, mask: NDArray[np.bool_], *, source: int | None = None
) -> Arranged:
    """Order some of the papers: by the best interest, or by one; near-identical ones fold."""
    places = np.flatnonzero(mask)
    order = places[_order(judged, places, source)]
    lead = np.arange(len(order))
    lead[:FOLDED] = exact.leaders(opened, judged.found.rows[order[:FOLDED]])
    under: dict[int, tuple[int, ...]] = {}
    for place, first in enumerate(lead.tolist()):
        if place != first:
            leader = int(order[first])
            under[leader] = (*under.get(leader, ()), int(order[place]))
    return Arranged(order[lead == np.arange(len(order))], under)


def _order(judged: Judged, places: NDArray[np.intp], source: int | None) -> NDArray[np.intp]:
    papers = judged.papers[places]
    if not judged.sources:
        return np.lexsort((-papers, ~judged.by_author[places]))
    best = judged.best[places] if source is None else np.full(len(places), source)
    chances, scores = judged.chances[best, places], judged.scores[best, places]
    first = ~judged.by_author[places] if source is None else np.zeros(len(places), np.bool_)
    return np.lexsort((-papers, -scores, -chances, first))
