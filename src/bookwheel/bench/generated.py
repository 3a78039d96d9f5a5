"""Answers that models write, each checked: is every quotation held, and every paper named here?

A run is kept in a file, a line an answer, and goes on where it was broken off.
Leaves out: which sentences are chosen and a forger's answers (`answers.py`).
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bookwheel.assistant import embedded
from bookwheel.assistant.answer import answer
from bookwheel.assistant.checking import identifiers
from bookwheel.assistant.events import Answer, Done, Failed, QuoteFound, Status, Token, Usage
from bookwheel.assistant.models import Message, Model, Stop
from bookwheel.assistant.retriever import Retriever
from bookwheel.bench.asked import One
from bookwheel.bench.evidence import Collection
from bookwheel.bench.report import Row
from bookwheel.core.quotes import Edition, held

SHOWN = (Status.SUPPORTED, Status.DOUBTED, Status.OWN)
_MARKED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")
CONTEXT, TOKENS = 512, 48  # that a model is given, and that it may write
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
        elif not first and isinstance(event, QuoteFound):
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


def by_model(
    collection: Collection, folder: Path, path: Path, count: int, keep: Path | None
) -> Iterator[Checked]:
    """Answers of a GGUF model: to SciFact's claims, then on what abstracts find, one paper each.

    Short contexts and answers, as a small model is slow where nothing but two cores is had.
    """
    asked = [(one.text, one.cited[0]) for one in collection.claims(folder) if one.cited]
    asked += [
        (f"What does the paper find about {edition.title.rstrip('.')}?", name)
        for name, edition in collection.editions.items()
    ]
    asked = [(text, name) for text, name in asked if name in collection.editions]
    model = Brief(embedded.load(path, CONTEXT))
    texts = [text for text, _ in asked]
    written = 0
    for one in run(
        texts, lambda at: One(collection, asked[at][1]), lambda _: model, len(asked), keep
    ):
        if one.token:  # the others were refused before a model was asked
            written += 1
            yield one
        if written == count:
            return


class Brief:
    """A model that is let write little."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.name, self.context = model.name, model.context
        self.count, self.costing = model.count, model.costing

    def stream(
        self, messages: Sequence[Message], *, limit: int, stop: Stop | None = None
    ) -> Iterator[str | Usage]:
        """As the model's, with fewer tokens."""
        return self._model.stream(messages, limit=min(limit, TOKENS), stop=stop)
