"""What the name of a tag is worth beside its papers: nDCG@100 for each share of weak evidence.

    python bench/weak_evidence.py LISTS.json

`LISTS.json` holds lists of papers as `bookwheel bench recommend` reads them; those whose name has a
part in `--named` have a topic as their name, which stands behind that part. The data folder is the
one of the settings.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click
import numpy as np

SHARES = (0.0, 0.1, 0.2, 0.3, 0.45)
COUNTS = (0, 1, 3, 10)
LEAST = 12  # papers of a list that are here
DEPTH = 100


@click.command()
@click.argument("lists", type=click.Path(exists=True, path_type=Path))
@click.option("--named", default="topic folder ", show_default=True)
@click.option("--draws", default=3, show_default=True)
def main(lists: Path, named: str, draws: int) -> None:
    """Print a line for each number of papers."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
    import django

    django.setup()
    from bookwheel.models import Paper
    from bookwheel.queries.engine import engine

    random = np.random.default_rng(5)
    found: dict[tuple[int, float], list[float]] = {}
    for name, entry in json.loads(lists.read_text()).items():
        ids = Paper.objects.filter(arxiv_id__in=entry["ids"]).values_list("pk", flat=True)
        papers = np.array(sorted(ids), np.int64)
        if named not in name or len(papers) < LEAST:
            continue
        topic = name.partition(named)[2].replace("_", " ")
        _measure(engine(), topic, papers, draws, random, found)
    for count in COUNTS:
        shares = [share for share in (*SHARES, 1.0) if (count, share) in found]
        means = "  ".join(f"{share}: {np.mean(found[count, share]):.3f}" for share in shares)
        print(f"{count:3} papers  {means}")


def _measure(
    opened: Any,
    topic: str,
    papers: np.ndarray,
    draws: int,
    random: np.random.Generator,
    found: dict[tuple[int, float], list[float]],
) -> None:
    from bookwheel.core.blend import blend
    from bookwheel.index import worded

    by_name = worded.taste(opened, topic)
    for count in COUNTS:
        for _ in range(draws if count else 1):
            likes = random.choice(papers, count, replace=False)
            for share in SHARES if count else (1.0,):
                parts = [(1 - share, opened.taste(likes.tolist())), (share, by_name)]
                gain = _ndcg(opened, blend(parts), likes, papers)
                found.setdefault((count, share), []).append(gain)


def _ndcg(opened: Any, taste: Any, likes: np.ndarray, papers: np.ndarray) -> float:
    from bookwheel.core.metrics import ndcg
    from bookwheel.index.query import Filters, Query

    if taste.vector is None:
        return 0.0
    rest = np.setdiff1d(papers, likes)
    filters = Filters(without=likes) if len(likes) else Filters()
    hits = opened.search(Query(taste=taste, k=DEPTH, filters=filters))
    return ndcg(np.isin(hits.papers, rest), np.ones(len(rest)), DEPTH)


if __name__ == "__main__":
    main()
