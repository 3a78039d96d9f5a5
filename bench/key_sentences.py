"""How well the key sentence stands for an abstract: ROUGE against summaries that people wrote.

`python bench/key_sentences.py SCITLDR_FOLDER SENTENCES.csv` measures; with `--fit` it learns
weights from the training part of SciTLDR and half of the marked abstracts, and prints them.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bookwheel.core import key_sentence as ours
from bookwheel.core.sentences import sentences

Choose = Callable[[str, str], str]
_WORD = re.compile(r"[a-z0-9]+")


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scitldr", type=Path)
    parser.add_argument("marked", type=Path)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    marked = _marked(options.marked)
    even = {key: one for number, (key, one) in enumerate(sorted(marked.items())) if number % 2 == 0}
    odd = {key: one for key, one in marked.items() if key not in even}
    if options.fit:
        print(_fit(_tldr(options.scitldr / "train.jsonl"), even))
        return
    methods: dict[str, Choose] = {
        "ours": lambda abstract, title: ours.key_sentence(abstract, title),
        "ours, no title": lambda abstract, _: ours.key_sentence(abstract),
        "first": lambda abstract, _: _at(abstract, 0),
        "second": lambda abstract, _: _at(abstract, 1),
        "last": lambda abstract, _: _at(abstract, -1),
    }
    test = _tldr(options.scitldr / "test.jsonl")
    print(f"SciTLDR test: {len(test)} papers; marked abstracts (odd half): {len(odd)}")
    print(f"{'':16}{'ROUGE-1':>9}{'ROUGE-2':>9}{'ROUGE-L':>9}{'idea/task':>11}{'idea':>7}")
    for name, choose in methods.items():
        scores = np.mean([_best(choose(text, title), targets) for text, title, targets in test], 0)
        told = [_labels(choose(text, ""), text, spans) for text, spans in odd.values()]
        either = np.mean([bool(labels & {"idea", "task"}) for labels in told])
        idea = np.mean(["idea" in labels for labels in told])
        print(
            f"{name:16}" + "".join(f"{one:9.3f}" for one in scores) + f"{either:11.3f}{idea:7.3f}"
        )
    ceiling = np.mean(
        [
            max((_best(text[a:b], targets) for a, b in sentences(text)), key=sum)
            for text, _, targets in test
        ],
        0,
    )
    print(f"{'best sentence':16}" + "".join(f"{one:9.3f}" for one in ceiling))


def _tldr(path: Path) -> list[tuple[str, str, list[str]]]:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [(" ".join(row["source"]), row.get("title") or "", row["target"]) for row in rows]


def _marked(path: Path) -> dict[str, tuple[str, list[tuple[int, int, str]]]]:
    texts: dict[str, str] = {}
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            texts[row["arxiv_id"]] = row["abstract"]
            place = int(float(row["start_idx"])), int(float(row["end_idx"]))
            spans[row["arxiv_id"]].append((*place, row["label"]))
    return {key: (text, spans[key]) for key, text in texts.items()}


def _at(abstract: str, place: int) -> str:
    found = sentences(abstract)
    if not found:
        return ""
    start, end = found[max(-len(found), min(place, len(found) - 1))]
    return abstract[start:end]


def _labels(sentence: str, text: str, spans: Sequence[tuple[int, int, str]]) -> set[str]:
    """Labels of marks that cover a good part of the sentence, or lie in it."""
    start = text.find(sentence)
    end = start + len(sentence)
    return {
        label
        for one, two, label in spans
        if min(end, two) - max(start, one) > 0.5 * min(two - one, end - start)
    }


def _best(text: str, targets: Sequence[str]) -> tuple[float, float, float]:
    """ROUGE-1, -2 and -L (F1) against the target that fits best."""
    return max((_rouge(text, target) for target in targets), key=sum)


def _rouge(text: str, target: str) -> tuple[float, float, float]:
    one, two = _WORD.findall(text.lower()), _WORD.findall(target.lower())
    pairs = [list(zip(words, words[1:], strict=False)) for words in (one, two)]
    longest = _longest(one, two)
    return _f1(_common(one, two), one, two), _f1(_common(*pairs), *pairs), _f1(longest, one, two)


def _common(one: Sequence[object], two: Sequence[object]) -> int:
    return sum(min(one.count(word), two.count(word)) for word in set(one))


def _f1(common: int, one: Sequence[object], two: Sequence[object]) -> float:
    return 2 * common / (len(one) + len(two)) if one and two else 0.0


def _longest(one: Sequence[str], two: Sequence[str]) -> int:
    row = [0] * (len(two) + 1)
    for word in one:
        before = 0
        for place, other in enumerate(two, 1):
            held = row[place]
            row[place] = before + 1 if word == other else max(row[place], row[place - 1])
            before = held
    return row[-1]


def _fit(
    tldr: Sequence[tuple[str, str, list[str]]],
    marked: dict[str, tuple[str, list[tuple[int, int, str]]]],
) -> str:
    """Weights by ridge regression of what a sentence is worth, within each abstract."""
    rows, worth = [], []
    for text, title, targets in tldr:
        found = sentences(text)
        if len(found) > 1:
            _add(rows, worth, ours.signals(text, found, title),
                 [float(np.mean(_best(text[a:b], targets))) for a, b in found])  # fmt: skip
    value = {"idea": 0.6, "task": 0.4, "result": 0.15, "problem": 0.0}
    for text, spans in marked.values():
        found = sentences(text)
        if len(found) > 1:
            _add(rows, worth, ours.signals(text, found, ""), [
                max((value.get(one, 0.0) for one in _labels(text[a:b], text, spans)), default=0.1)
                for a, b in found
            ])  # fmt: skip
    x, y = np.concatenate(rows), np.concatenate(worth)
    weights = np.linalg.solve(x.T @ x + 30 * np.eye(x.shape[1]), x.T @ y)
    return "\n".join(
        f"{weight * 10:7.2f}  {name}" for name, weight in zip(ours.SIGNALS, weights, strict=True)
    )


def _add(
    rows: list[np.ndarray], worth: list[np.ndarray], signals: object, values: Sequence[float]
) -> None:
    x, y = np.array(signals, float), np.array(values)
    rows.append(x - x.mean(0))
    worth.append(y - y.mean())


if __name__ == "__main__":
    main()
