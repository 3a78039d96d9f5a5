"""The sentence of an abstract that says most about its paper, found by the words authors use.

The weights were learned by ridge regression (`bench/key_sentences.py --fit`) from the training part
of SciTLDR and half of the marked abstracts, and are measured on the rest: bench/LOG.md.
Leaves out: languages other than English.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from operator import mul

from bookwheel.core.sentences import sentences

_MAKING = (
    "propos|present|introduc|develop|design|devis|formulat|offer|build|construct|creat|describ|"
    "provid"
)
_FINDING = (
    "show|prov|demonstrat|find|found|establish|stud|investigat|report|analy|deriv|explor|address|"
    "consider|examin|revisit|argue|obtain|characteri|giv|determin|suggest|reveal|discover|generali|"
    "extend|review|survey|measur|observ|comput|solv|use|appl|exploit|leverag|combin"
)
_PAPER = r"(?:paper|work|article|study|letter|note|survey|review|thesis|report|contribution)"
_AUTHORS = (
    r"(?:(?:we|the authors?)(?: \w+ly| also| then| first| here| further| thus)?|"
    rf"th(?:is|e present) {_PAPER}(?: \w+ly)?) "
)
_OURS = "key|main|central|method|approach|model|framework|algorithm|idea|result|system"

# What a sentence says, in small letters -> how much it tells about the paper.
_WEIGHTS = {
    f"{_AUTHORS}(?:{_MAKING})": 8.7,
    f"{_AUTHORS}(?:{_FINDING})": 3.4,
    "(?:is|are) (?:propos|present|introduc|develop|describ|stud|investigat|shown|prov)": 2.0,
    f"this {_PAPER}": 5.6,
    f"our (?:{_OURS})": 0.6,
    r"(?:called|dubbed|named|termed|novel|new)\b": 2.9,
    r"to (?:this end|address|tackle|overcome|solve|fill|bridge)\b": 1.0,
    "(?:experiment|extensive|outperform|state-of-the-art|evaluat|benchmark|results)": -0.8,
    "(?:code|available at|https?:|website|project page|open[- ]source)": -1.3,
}
_CUES = re.compile(r"\b(?:" + "|".join(f"({cue})" for cue in _WEIGHTS) + ")")
_WORD = re.compile(r"[a-z]{4,}")
# Where a sentence stands, how long it is, what it shares with the title and the other sentences.
_PLACE = {
    "first": 2.0,
    "last": -0.5,
    "how far down": 0.1,
    "short": -1.7,
    "long": -1.3,
    "words of the title": 14.2,
    "words of the rest": 10.3,
}
SIGNALS = (*_WEIGHTS, *_PLACE)
_POINTS = (*_WEIGHTS.values(), *_PLACE.values())


def key_sentence(abstract: str, title: str = "") -> str:
    """The sentence that says most about the paper: what it proposes, shows or studies.

    It is copied as it stands, TeX included; without any hint it is the first sentence.
    """
    found = sentences(abstract)
    if not found:
        return ""
    rows = signals(abstract, found, title)
    points = [sum(map(mul, row, _POINTS)) for row in rows]
    start, end = found[points.index(max(points))]
    return abstract[start:end]


def signals(text: str, places: list[tuple[int, int]], title: str) -> list[list[float]]:
    """What is known about each sentence, in the order of `SIGNALS`."""
    small = text.lower()
    if len(small) != len(text):  # a letter that has no small form of its own, such as İ
        small = text
    starts = [start for start, _ in places]
    said = {(bisect_right(starts, cue.start()) - 1, cue.lastindex) for cue in _CUES.finditer(small)}
    rows = [[0.0] * len(_WEIGHTS) for _ in places]
    for sentence, cue in said:
        rows[sentence][(cue or 1) - 1] = 1.0
    worded = [set(_WORD.findall(small[start:end])) for start, end in places]
    titled = set(_WORD.findall(title.lower()))
    counted = Counter(word for words in worded for word in words)
    for place, (row, words) in enumerate(zip(rows, worded, strict=True)):
        length = places[place][1] - places[place][0]
        shared = sum(counted[word] > 1 for word in words)
        row += [
            float(place == 0),
            float(place == len(places) - 1),
            place / len(places),
            float(length < 60),
            max(0.0, length / 250 - 1),
            len(titled & words) / max(len(titled), 1),
            shared / max(len(words), 1),
        ]
    return rows
