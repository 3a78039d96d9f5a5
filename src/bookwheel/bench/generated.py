"""Answers that models write, each checked: is every quotation held, and every paper named here?

A run is kept in a file, a line an answer, and goes on where it was broken off.
Leaves out: which sentences are chosen (`answers.py`), forgers (`forgers.py`).
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bookwheel.assistant.answer import answer
from bookwheel.assistant.checking import identifiers
from bookwheel.assistant.events import Answer, Done, Failed, Status, Token
from bookwheel.assistant.models import Model
from bookwheel.assistant.retriever import Retriever
from bookwheel.bench.report import Row
from bookwheel.core.quotes import Edition, held

SHOWN = (Status.SUPPORTED, Status.DOUBTED, Status.OWN)
_MARKED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")
LEAST = 4  # words between quotation marks that must stand in a paper


@dataclass(frozen=True)
class Checked:
    """What was found in one answer."""

    quotations: int
    not_held: int  # quotations that do not stand where they say
    absent: int  # papers cited or named that are not here
    unquoted: int  # words between quotation marks, shown, that stand nowhere in what is quoted
    said: int
    doubtful: int
    own: int
    struck: int
    failed: bool
    first: float  # seconds to the first quotation ...
    token: float  # ... and to the model's first word
    took: float


def checked(asked: str, retriever: Retriever, model: Model | None) -> Checked:
    """Ask, and look at all that is shown."""
    began, first, token = time.perf_counter(), 0.0, 0.0
    last: object = None
    for event in answer(asked, retriever=retriever, model=model):
        now = time.perf_counter() - began
        if isinstance(event, Token) and not token:
            token = now
        elif not first and type(event).__name__ == "QuoteFound":
            first = now
        last = event
    made = last.answer if isinstance(last, Done | Failed) and last.answer else Answer(asked, "")
    return _looked_at(made, retriever, (first, token, time.perf_counter() - began), last)


def _looked_at(
    made: Answer, retriever: Retriever, times: tuple[float, float, float], last: object
) -> Checked:
    papers = {quote.paper for quote in made.quotes}
    editions = {one.paper: one for one in retriever.editions(sorted(papers))}
    numbers = {quote.n: quote for quote in made.quotes}
    told = made.sentences()
    counts = {status: sum(one.status is status for one in told) for status in Status}
    wrong = sum(not held(quote, editions.get(quote.paper)) for quote in made.quotes)
    wrong += sum(
        one.status is Status.QUOTED
        and not any(one.text == numbers[n].text for n in one.citations if n in numbers)
        for one in told
    )
    shown = [one for one in told if one.status in SHOWN]
    named = {name for one in shown for name in identifiers(one.text)}
    cited = {n for one in shown for n in one.citations}
    return Checked(
        quotations=len(made.quotes),
        not_held=wrong,
        absent=len(papers - editions.keys()) + len(named - papers) + len(cited - numbers.keys()),
        unquoted=sum(_altered(one.text, made, editions) for one in shown),
        said=counts[Status.SUPPORTED],
        doubtful=counts[Status.DOUBTED],
        own=counts[Status.OWN],
        struck=counts[Status.STRUCK],
        failed=isinstance(last, Failed),
        first=times[0],
        token=times[1],
        took=times[2],
    )


def _altered(text: str, made: Answer, editions: dict[str, Edition]) -> int:
    """How many passages between quotation marks stand in no block that is quoted."""
    sources = [" ".join(quote.source.split()).casefold() for quote in made.quotes]
    sources += [one.title.casefold() for one in editions.values()]
    sources.append(made.question.casefold())
    marked = [" ".join(one.split()).strip(" .,;:").casefold() for one in _MARKED.findall(text)]
    long = [one for one in marked if len(one.split()) >= LEAST]
    return sum(not any(one in source for source in sources) for one in long)


def run(
    questions: Sequence[str],
    shelf: Callable[[int], Retriever],
    model: Callable[[int], Model | None],
    count: int,
    path: Path | None = None,
) -> Iterator[Checked]:
    """Answer `count` questions, going round; those that the file has are not asked again."""
    known = _known(path)
    for at in range(count):
        if at not in known:
            known[at] = checked(questions[at % len(questions)], shelf(at), model(at))
            if path:
                with path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"at": at, **asdict(known[at])}) + "\n")
        yield known[at]


def _known(path: Path | None) -> dict[int, Checked]:
    if path is None or not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines if line.endswith("}")]  # the last may be broken
    return {entry.pop("at"): Checked(**entry) for entry in entries}


def row(name: str, found: Sequence[Checked]) -> Row:
    """All answers of one model, added up."""
    summed = {
        field: sum(getattr(one, field) for one in found)
        for field in ("quotations", "not_held", "absent", "unquoted")
    }
    written = {
        field: sum(getattr(one, field) for one in found)
        for field in ("said", "doubtful", "own", "struck", "failed")
    }
    return {"method": name, "answers": len(found), **summed, **written}
