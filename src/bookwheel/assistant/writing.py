"""A model writes from the quotations; each sentence is checked before it is shown as said.

Leaves out: the quotations (`compose.py`), the checks (`checking.py`), the words told to the model
(`prompts.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bookwheel.assistant.checking import Checker
from bookwheel.assistant.events import (
    AnswerSentence,
    Event,
    Form,
    Part,
    PartBegun,
    SentenceDone,
    Status,
    Token,
    Usage,
)
from bookwheel.assistant.models import Model, Stop
from bookwheel.assistant.prompts import judging, told
from bookwheel.assistant.questions import Asked, Turn
from bookwheel.assistant.splitting import Splitter
from bookwheel.assistant.suspicious import suspicious
from bookwheel.core.quotes import Quote
from bookwheel.errors import ModelError

TRIES = 3  # with half the quotations each time, when a model takes fewer than it said
LONGEST = 40  # sentences; a model that goes on is cut off
AGAIN = 3  # sentences said before, after which the model is taken to turn in circles
REFUSALS = ("i cannot", "i can't", "i'm sorry", "i am sorry", "as an ai", "i'm unable")
SILENCE = "the papers do not say"


@dataclass
class Written:
    """What a model wrote, and what that took."""

    sentences: list[AnswerSentence] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    silent: bool = False  # it found nothing in the quotations
    stopped: bool = False

    @property
    def good(self) -> bool:
        """Whether anything of it can be shown as said by papers."""
        return any(one.status in (Status.SUPPORTED, Status.DOUBTED) for one in self.sentences)

    @property
    def part(self) -> Part:
        """All of it, the struck sentences too."""
        return Part(Form.PROSE, sentences=tuple(self.sentences))


class Writer:
    """One model at work on one answer."""

    def __init__(
        self,
        model: Model,
        checker: Checker,
        *,
        judge: Model | None = None,
        stop: Stop | None = None,
        picture: bytes = b"",
    ) -> None:
        self._model = model
        self._checker = checker
        self._judge = judge
        self._stop = Stop() if stop is None else stop
        self._picture = picture  # that is asked about
        self._splitter = Splitter()
        self._again = 0  # sentences that came before
        self.written = Written()

    def write(
        self,
        asked: Asked,
        quotes: Sequence[Quote],
        *,
        history: Sequence[Turn] = (),
        instructions: str = "",
    ) -> Iterator[Event]:
        """Yield the draft and the checked sentences.

        Raises:
            ModelError: the model failed; what came before stays in `written`.
        """
        held = [quote for quote in quotes if not suspicious(quote.text)]
        yield PartBegun(0, Part(Form.PROSE))
        for tried in range(TRIES):
            try:
                yield from self._once(asked, held, history, instructions)
                return
            except ModelError as error:
                if error.code != "context" or tried == TRIES - 1 or len(held) < 2:
                    raise
                held = held[: len(held) // 2]

    def _once(
        self, asked: Asked, quotes: Sequence[Quote], history: Sequence[Turn], instructions: str
    ) -> Iterator[Event]:
        messages, limit, kept = told(
            asked.text,
            asked.kind,
            quotes,
            self._model,
            history=history,
            instructions=instructions,
            picture=self._picture,
        )
        if not kept and not self._picture:
            raise ModelError(f"{self._model.name} can read too little at once.", "context")
        pieces, counted = list[str](), None
        for piece in self._model.stream(messages, limit=limit, stop=self._stop):
            if isinstance(piece, Usage):
                counted = piece
                continue
            pieces.append(piece)
            yield Token(piece)
            for sentence in self._splitter.feed(piece):
                yield from self._checked(sentence)
            if self._over():
                break
        for sentence in [] if self._over() else self._splitter.rest():
            yield from self._checked(sentence)
        self.written.stopped = bool(self._stop)
        self.written.usage += counted or self._counted(messages, pieces)

    def _counted(self, messages: Sequence[object], pieces: Sequence[str]) -> Usage:
        given = sum(self._model.count(str(getattr(one, "content", ""))) for one in messages)
        return self._model.costing(given, self._model.count("".join(pieces)))

    def _over(self) -> bool:
        """Whether to break off: stopped, endless, or in circles."""
        return bool(self._stop) or len(self.written.sentences) >= LONGEST or self._again >= AGAIN

    def _checked(self, sentence: str) -> Iterator[Event]:
        said = sentence.casefold()
        if said.startswith(SILENCE):
            self.written.silent = True
            return
        checked = self._checker.check(sentence)
        if suspicious(sentence) or said.startswith(REFUSALS):
            checked = replace(checked, status=Status.STRUCK, citations=(), reason="instruction")
        if checked.status is Status.DOUBTED and self._judge:
            checked = self._judged(checked)
        if any(one.text == checked.text for one in self.written.sentences):
            self._again += 1
            return
        if checked.text.strip(" .[]") and not checked.text.endswith(":"):  # which only announces
            self.written.sentences.append(checked)
            yield SentenceDone(0, checked)

    def _judged(self, sentence: AnswerSentence) -> AnswerSentence:
        """What another model says of a doubtful sentence; where it cannot, the doubt stays."""
        if self._judge is None:
            return sentence
        quotes = self._checker.cited(sentence.citations)
        try:
            pieces = list(self._judge.stream(judging(sentence.text, quotes), limit=4))
        except ModelError:
            return sentence
        said = "".join(one for one in pieces if isinstance(one, str)).strip().casefold()
        self.written.usage += sum((p for p in pieces if isinstance(p, Usage)), Usage())
        if said.startswith("yes"):
            return replace(sentence, status=Status.SUPPORTED, reason="")
        if said.startswith("no"):
            return replace(sentence, status=Status.STRUCK, reason="unsupported")
        return sentence
