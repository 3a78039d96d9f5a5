"""When to say that the papers do not say: learned, and how often it errs for each threshold.

    python bench/silence.py QUESTIONS.jsonl CLAIMS.jsonl CORPUS.jsonl.gz [--learn FILE]

`QUESTIONS` are answered by the papers of the installation ("text" a line), `CLAIMS` and `CORPUS`
are of a far field (SciFact's). From titles of both sides short questions are made. Half of all are
learned from, the other half is reported. The data folder is the one of the settings.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

FORMS = ("What is known about {}?", "What limits {}?", "How does {} work?")
SHORT = 150
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
ABOUT = "Learned by `python bench/silence.py QUESTIONS CLAIMS CORPUS --learn FILE`."


@click.command()
@click.argument("questions", type=click.Path(exists=True, path_type=Path))
@click.argument("claims", type=click.Path(exists=True, path_type=Path))
@click.argument("corpus", type=click.Path(exists=True, path_type=Path))
@click.option("--learn", type=click.Path(path_type=Path), help="Write weights here.")
@click.option("--threshold", default=0.4, show_default=True)
def main(questions: Path, claims: Path, corpus: Path, learn: Path | None, threshold: float) -> None:
    """Print a line for each threshold: the share of each kind that is answered."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
    import django

    django.setup()
    kinds, rows = _measured(list(_questions(questions, claims, corpus)))
    told = np.isin(kinds, ("literature", "short"))
    half = np.random.default_rng(0).random(len(told)) < 0.5
    weights, bias = _fit(rows[half], told[half])
    if learn:
        _save(learn, weights, bias, threshold, int(half.sum()))
    chances = 1 / (1 + np.exp(-(rows @ weights + bias)))
    for limit in THRESHOLDS:
        shares = {
            kind: f"{np.mean(chances[(kinds == kind) & ~half] >= limit):.3f}"
            for kind in dict.fromkeys(kinds.tolist())
        }
        print(limit, "  ".join(f"{kind} {share}" for kind, share in shares.items()))


def _questions(questions: Path, claims: Path, corpus: Path) -> Iterator[tuple[str, str]]:
    """Kinds and texts: the first two kinds are answered here, the others are not."""
    from bookwheel.models import Paper

    chance = random.Random(4)
    yield from (("literature", one["text"]) for one in _lines(questions))
    last = Paper.objects.order_by("-pk").values_list("pk", flat=True)[0]
    drawn = [chance.randrange(1, last) for _ in range(2 * SHORT)]
    ours = Paper.objects.filter(pk__in=drawn).order_by("pk").values_list("title", flat=True)
    yield from _short("short", list(ours), chance)
    yield from (("far claims", one["text"]) for one in _lines(claims)[::3])
    theirs = [one["title"] for one in _lines(corpus)]
    yield from _short("far and short", chance.sample(theirs, 2 * SHORT), chance)


def _short(kind: str, titles: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    from bookwheel.core.stop_words import STOP_WORDS

    made = 0
    for title in titles:
        words = re.findall(r"[A-Za-z][A-Za-z-]{2,}", title)
        runs = [words[at : at + n] for n in (2, 3) for at in range(len(words) - n + 1)]
        runs = [run for run in runs if not any(word.lower() in STOP_WORDS for word in run)]
        if runs and made < SHORT:
            yield kind, FORMS[made % len(FORMS)].format(" ".join(chance.choice(runs)))
            made += 1


def _measured(asked: Sequence[tuple[str, str]]) -> tuple[np.ndarray, np.ndarray]:
    from bookwheel.assistant.gather import gather, papers_for
    from bookwheel.assistant.questions import understand
    from bookwheel.assistant.retriever import Scope
    from bookwheel.assistant.silence import measured
    from bookwheel.queries.scoped import retriever

    papers = retriever(None, Scope())
    kinds, rows = list[str](), list[Any]()
    for kind, text in asked:
        wanted = understand(text, today=papers.today)
        found = gather(wanted.topic, papers_for(wanted, papers, wanted.days), papers)
        if found.scored:
            kinds.append(kind)
            rows.append(measured(found.scored, found.asked))
    return np.array(kinds), np.array(rows)


def _fit(rows: np.ndarray, told: np.ndarray) -> tuple[np.ndarray, float]:
    from sklearn.linear_model import LogisticRegression

    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    made = LogisticRegression(C=0.1, class_weight="balanced").fit((rows - mean) / scale, told)
    weights = made.coef_[0] / scale
    return weights, float(made.intercept_[0] - weights @ mean)


def _save(path: Path, weights: np.ndarray, bias: float, threshold: float, cases: int) -> None:
    from bookwheel.assistant.silence import MEASURES

    named = dict(zip(MEASURES, map(float, weights), strict=True))
    told = {"about": ABOUT, "cases": cases, "bias": bias, "threshold": threshold, "weights": named}
    path.write_text(json.dumps(told, indent=2) + "\n")


def _lines(path: Path) -> list[dict[str, Any]]:
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    main()
