"""What an answer is, and the events in which it arrives.

    Step(code="searching", …) Step("reading", count=12, …) …
    QuoteFound(quote) …                     each before the first sentence that cites it
    PartBegun(part=0, …)                    a lead, a group of quotations, a table, prose …
    Token("Sparse "), Token("attention") …  a model's words as they come: a draft, not yet checked
    SentenceDone(part=0, sentence)          checked: replaces the draft of this sentence
    Done(answer)                            or Failed(message); always the last one

Text of a model must not be shown as fact before its `SentenceDone`. Without a model there are no
tokens. All text is raw (papers' or a model's): `content` makes HTML of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bookwheel.core.quotes import Quote


class Status(StrEnum):
    """What the check found."""

    QUOTED = "quoted"  # the sentence is a quotation, character for character
    SUPPORTED = "supported"  # a model's, and what it cites says so
    DOUBTED = "doubted"  # a model's, and what it cites hardly says so: shown with a flag
    OWN = "own"  # a model's own words, without a citation: shown as such
    STRUCK = "struck"  # cites what is not there or says what is not in it: shown struck out


class Form(StrEnum):
    """How a part of an answer is laid out."""

    LEAD = "lead"  # the sentence that answers best
    GROUP = "group"  # quotations of one paper, section or sub-question under a heading
    STEPS = "steps"  # what to read in which order
    TABLE = "table"
    LIST = "list"  # papers, each with a quotation
    PROSE = "prose"  # a model's
    SECTION = "section"  # a heading of a report; the parts that follow stand under it
    NOTE = "note"  # what was searched, and what the papers do not say


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence, or one cell of a table. `citations` are numbers of quotes."""

    text: str
    citations: tuple[int, ...] = ()
    status: Status = Status.QUOTED
    support: float | None = None  # 0 to 1, how far what is cited says it
    reason: str = ""  # code of why it is doubted or struck (`checking.Reason`)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it. A table has `columns` and `rows`, all else sentences.

    `code` names a heading that is ours, to be translated (`wording.HEADINGS` has it in English);
    `heading` is text of a paper or of the question. Of a table, `heading` of row i is `names[i]`.
    """

    form: Form
    code: str = ""
    heading: str = ""
    paper: str = ""  # identifier, if the part is about one paper
    sentences: tuple[AnswerSentence, ...] = ()
    columns: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rows: tuple[tuple[AnswerSentence | None, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model was given and gave, in its tokens, and what that cost."""

    prompt: int = 0
    completion: int = 0
    cost: float = 0.0  # in the currency of the model's prices, as configured

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt + other.prompt,
            self.completion + other.completion,
            self.cost + other.cost,
        )


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through."""

    query: str = ""
    papers: int = 0  # that may be answered from, in the scope
    read: int = 0  # of them, those whose text was read
    passages: int = 0  # sentences looked at
    full_texts: int = 0  # of the papers read, those with more than an abstract
    first_day: str = ""  # if only papers since then count
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `found` is False when the papers do not say."""

    question: str
    kind: str  # `questions.Kind`
    parts: tuple[Part, ...] = ()
    quotes: tuple[Quote, ...] = ()
    found: bool = True
    model: str = ""  # name of the model that wrote it; empty: quotations alone
    searched: Searched = field(default_factory=Searched)
    usage: Usage = field(default_factory=Usage)
    follow_ups: tuple[str, ...] = ()  # questions to ask next
    papers: tuple[str, ...] = ()  # identifiers cited, in order of first citation
    stopped: bool = False  # the reader stopped it
    took: float = 0.0  # seconds

    def sentences(self) -> list[AnswerSentence]:
        """All sentences and cells, in order."""
        told = list[AnswerSentence]()
        for part in self.parts:
            told += part.sentences
            told += [cell for row in part.rows for cell in row if cell is not None]
        return told


@dataclass(frozen=True, slots=True)
class Step:
    """Work that begins: `code` is one of `wording.STEPS`, `text` the same in English."""

    code: str
    text: str
    seconds: float  # since the question
    count: int = 0


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """A quotation that the answer will stand on."""

    quote: Quote
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class PartBegun:
    """A part begins; its sentences, or a table's rows, come later."""

    index: int
    part: Part  # without sentences; of a table, whole


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a model's text, not yet checked."""

    text: str


@dataclass(frozen=True, slots=True)
class SentenceDone:
    """A checked sentence of the part that began last. `status` STRUCK: it did not pass."""

    index: int  # of the part
    sentence: AnswerSentence


@dataclass(frozen=True, slots=True)
class Done:
    """The end: the whole answer, as it is to be kept."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Failed:
    """The end: nothing more comes. `answer` has what can still be given: the quotations."""

    message: str  # for people: what happened and what to do
    code: str = "failed"
    retry: bool = True  # whether trying again can help
    answer: Answer | None = None


Event = Step | QuoteFound | PartBegun | Token | SentenceDone | Done | Failed
