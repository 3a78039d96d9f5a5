"""Teaching somebody who is new: what it is, what to read before, how it works, what to ask oneself.

What to read before is found in what the papers speak of beside the subject: pairs of words that
many of them share, and for each pair a paper here that is about it, an introduction where there is
one. Each check of understanding is a question of ours with the quotation that answers it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from bookwheel.assistant.events import Form, Part
from bookwheel.assistant.evidence import Scored
from bookwheel.assistant.gather import READ, Evidence, gather
from bookwheel.assistant.numbering import Numbers
from bookwheel.assistant.retriever import Retriever
from bookwheel.assistant.shapes import ASPECTS, EACH, PLAIN, SURVEY
from bookwheel.assistant.words import stem, telling
from bookwheel.core.quotes import Edition
from bookwheel.core.stop_words import STOP_WORDS
from bookwheel.core.text import words

BEFORE = 3  # subjects to read before
SHARED = 3  # papers that speak of one, at least
LOOKED = 8  # papers looked at for each
BESIDE = 2  # words that a definition may have beside the subject, before its "is"
CHECKS = {
    "what": "check_what",
    "how": "check_how",
    "results": "check_found",
    "limits": "check_open",
}
_IS = re.compile(
    r"\b(?:is|are|refers? to|means|denotes?|aims? to|provides?|allows?|seeks?|concerns?|"
    r"have become|has become)\b",
    re.I,
)
_EMPTY = frozenset(
    """paper propose proposed show shows results result method methods approach novel based using
    work art experiments performance existing however model models significantly demonstrate two
    three used recent large high low new well various different many experimental extensive
    framework data datasets dataset tasks task time first problem problems due real world set pre
    downstream""".split()  # noqa: SIM905
)


def steps(topic: str, evidence: Evidence, retriever: Retriever, numbers: Numbers) -> list[Part]:
    """The parts of a lesson; those for which nothing is found are left out."""
    wider = evidence
    if not retriever.named:
        found = retriever.search(f"{topic} introduction survey tutorial", READ)
        wider = gather(topic, found, retriever)
        evidence.editions.update(wider.editions)
    every = sorted({one.quote.key: one for one in (*evidence.scored, *wider.scored)}.values(),
                   key=lambda one: -one.score)  # fmt: skip
    taken = set[tuple[str, int, str, int, int]]()
    parts, shown = list[Part](), dict[str, Scored]()

    def add(form: Form, code: str, keep: Callable[[Scored], bool], count: int) -> None:
        chosen = _apart([one for one in every if one.quote.key not in taken and keep(one)], count)
        taken.update(one.quote.key for one in chosen)
        if chosen:
            shown[code or "what"] = chosen[0]
            cited = tuple(numbers.cite(one.quote) for one in chosen)
            parts.append(Part(form, code, paper=chosen[0].quote.paper, sentences=cited))

    add(Form.LEAD, "", lambda one: defines(one.quote.text, topic), 1)
    add(Form.STEPS, "start", lambda one: bool(SURVEY.search(one.quote.title)), EACH)
    if not retriever.named:
        parts += _before(topic, evidence, retriever, numbers)
    for code in ("problem", "how", "results", "limits"):
        add(Form.STEPS, code, _telling_of(ASPECTS[code]), EACH)
    return [*parts, *_checks(shown, numbers)] if parts else parts


def _telling_of(pattern: re.Pattern[str]) -> Callable[[Scored], bool]:
    return lambda one: one.score >= PLAIN and bool(pattern.search(one.quote.text))


def _apart(found: Sequence[Scored], count: int) -> list[Scored]:
    """The best, each of another paper."""
    by_paper: dict[str, Scored] = {}
    for one in found:
        by_paper.setdefault(one.quote.paper, one)
    return list(by_paper.values())[:count]


def defines(text: str, topic: str) -> bool:
    """Whether a sentence begins with a subject and says what it is."""
    match = _IS.search(text)
    if match is None:
        return False
    before = telling(text[: match.start()])
    wanted = {stem(word) for word in telling(topic)}
    subject = {stem(word) for word in before[: len(wanted) + 1]}
    return bool(wanted) and len(before) <= len(wanted) + BESIDE and wanted <= subject


def _before(topic: str, evidence: Evidence, retriever: Retriever, numbers: Numbers) -> list[Part]:
    """Subjects that the papers stand on, each with a paper here."""
    made = list[Part]()
    used = {one.paper for one in evidence.editions.values()}
    for subject in subjects(topic, evidence.editions.values())[: 2 * BEFORE]:
        if len(made) == BEFORE:
            break
        editions = retriever.editions(
            [one for one in retriever.search(f"{subject} introduction", LOOKED) if one not in used]
        )
        named = [one for one in editions if _about(one.title, subject)]
        named.sort(key=lambda one: not SURVEY.search(one.title))
        found = gather(subject, [one.paper for one in named[:1]], retriever)
        if found.scored:
            used.add(named[0].paper)
            evidence.editions.update(found.editions)
            cited = (numbers.cite(found.scored[0].quote),)
            heading = f"{subject} · {named[0].title}"
            made.append(Part(Form.STEPS, "earlier", heading, named[0].paper, cited))
    return made


def subjects(topic: str, editions: Iterable[Edition]) -> list[str]:
    """Pairs of words that several papers share and that are not the topic, the commonest first.

    Those that are equally common come by the alphabet, so that each process tells the same.
    """
    own = {stem(word) for word in telling(topic)}
    counts: Counter[str] = Counter()
    for edition in editions:
        text = " ".join(block.text for block in edition.document.abstract)
        found = set[str]()
        for sentence in re.split(r"[.,;:()]", f"{edition.title}. {text}"):
            told = words(sentence)
            for pair in zip(told, told[1:], strict=False):
                if all(_telling(word) for word in pair) and not own & {stem(one) for one in pair}:
                    found.add(" ".join(pair))
        counts.update(found)
    kept = list[str]()
    for subject, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        stems = {stem(word) for word in subject.split()}
        if count >= SHARED and not any(stems & {stem(w) for w in one.split()} for one in kept):
            kept.append(subject)
    return kept


def _telling(word: str) -> bool:
    return word.isalpha() and len(word) > 2 and word not in STOP_WORDS and word not in _EMPTY


def _about(title: str, subject: str) -> bool:
    return {stem(word) for word in subject.split()} <= {stem(word) for word in words(title)}


def _checks(shown: dict[str, Scored], numbers: Numbers) -> list[Part]:
    return [
        Part(Form.STEPS, CHECKS[code], paper=one.quote.paper, sentences=(numbers.cite(one.quote),))
        for code, one in shown.items()
        if code in CHECKS
    ]
