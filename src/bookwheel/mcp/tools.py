"""The tools: ten, each with what it needs, takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bookwheel.access import document_read, paper_read, tag_read, tag_write
from bookwheel.actions.annotate import annotate
from bookwheel.actions.count_tokens import check_tokens, count_tokens
from bookwheel.actions.limit_questions import check_questions
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.set_reading import set_reading
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.actions.untag_paper import untag_paper
from bookwheel.api.base import Shape
from bookwheel.api.forms import WRITERS, CitedAs
from bookwheel.api.passages import PassageShape
from bookwheel.assistant.retriever import Scope
from bookwheel.config import config
from bookwheel.core.identifiers import ArxivId
from bookwheel.errors import NotFoundError
from bookwheel.mcp import shapes
from bookwheel.models import ApiKey, Mark, Paper, Reader, Reading
from bookwheel.queries import lists
from bookwheel.queries.answers_kept import words_of
from bookwheel.queries.asking import answered
from bookwheel.queries.cards import Card, Listing
from bookwheel.queries.feed import Wanted, day_feed, newest_day
from bookwheel.queries.lists import Choices
from bookwheel.queries.passages import search_passages
from bookwheel.queries.taken_out import cited, taken_out


@dataclass(frozen=True)
class Tool:
    """One tool."""

    name: str
    description: str
    scope: ApiKey.Scope
    takes: type[Shape]
    gives: type[Shape]
    run: Callable[[Reader, Any], Shape]

    def listed(self) -> dict[str, Any]:
        """As clients are told of it."""
        return {
            "name": self.name,
            "description": self.description,
            "inputSchema": self.takes.model_json_schema(),
            "outputSchema": self.gives.model_json_schema(mode="serialization"),
            "annotations": {"readOnlyHint": self.scope is not ApiKey.Scope.WRITE},
        }


def _paper(identifier: str) -> Paper:
    return paper_read(ArxivId.parse(identifier).base)


def _papers(listing: Listing, count: int) -> shapes.Papers:
    cards: tuple[Card, ...] = listing.cards[:count]
    found = [shapes.Brief.of(card.paper, card) for card in cards]
    return shapes.Papers(total=listing.total, papers=found)


def search(reader: Reader, asked: shapes.Searched) -> shapes.Papers:
    """Search; an identifier gives its paper."""
    found = lists.search(reader, asked.query, Choices(), asked.sort)
    if found.redirect_to:
        papers = [
            shapes.Brief.of(each) for each in Paper.objects.filter(arxiv_id=found.redirect_to)
        ]
        return shapes.Papers(total=len(papers), papers=papers)
    return _papers(found, asked.count)


def paper(reader: Reader, asked: shapes.OnePaper) -> shapes.Text:
    """A paper, with one section of its text."""
    found = _paper(asked.paper)
    held = document_read(found)
    sections = held.document.sections
    if asked.section and asked.section not in {each.id for each in sections}:
        raise NotFoundError("There is no such section; without one, the tool lists them.")
    wanted = next((each for each in sections if each.id == asked.section), None)
    return shapes.Text(
        paper=shapes.Brief.of(found),
        version=held.version,
        source=held.document.source.value,
        sections=[shapes.Heading(id=each.id, title=each.title) for each in sections],
        text="\n\n".join(block.text for block in wanted.blocks) if wanted else "",
    )


def passages(reader: Reader, asked: shapes.PassagesAsked) -> shapes.Passages:
    """Passages of full texts."""
    among = [_paper(asked.paper).pk] if asked.paper else None
    hits = search_passages(asked.query, papers=among, k=asked.count)
    return shapes.Passages(passages=[PassageShape.of(hit) for hit in hits])


def similar(reader: Reader, asked: shapes.Like) -> shapes.Papers:
    """Papers like one."""
    return _papers(lists.similar(reader, _paper(asked.paper), Choices()), asked.count)


def feed(reader: Reader, asked: shapes.FeedAsked) -> shapes.Papers:
    """A day for the reader, or the best for a tag."""
    if asked.tag:
        found = lists.by_tags(reader, [tag_read(reader, asked.tag)], Choices(hide_mine=True))
        return _papers(found, len(found.cards))
    day = asked.day or newest_day()
    if day is None:
        raise NotFoundError("There are no papers yet.")
    made = day_feed(reader, day, Wanted(), timezone.now())
    cards = [card for part in made.parts for card in part.listing.cards]
    briefs = [shapes.Brief.of(card.paper, card) for card in cards]
    return shapes.Papers(total=made.mine, papers=briefs)


def tag(reader: Reader, asked: shapes.Tagged) -> shapes.Done:
    """Tag, untag, like, hide, keep for later or mark read."""
    found = _paper(asked.paper)
    change = {
        "tag": lambda: tag_paper(reader, found, asked.tag),
        "untag": lambda: untag_paper(reader, found, tag_write(reader, asked.tag)),
        "like": lambda: mark_paper(reader, found, Mark.Kind.LIKE),
        "hide": lambda: mark_paper(reader, found, Mark.Kind.HIDE),
        "later": lambda: set_reading(reader, found, Reading.State.LATER),
        "read": lambda: set_reading(reader, found, Reading.State.READ),
    }[asked.action]()
    return shapes.Done(done=asked.action, change=change.pk if change else None)


def note(reader: Reader, asked: shapes.Noted) -> shapes.Done:
    """Write a note on a paper."""
    found = _paper(asked.paper)
    held = document_read(found)
    change = annotate(reader, found, (held.version, held.document), [], note=asked.note)
    return shapes.Done(done="note", change=change.pk)


def ask(reader: Reader, asked: shapes.Asked) -> shapes.Answered:
    """Answer from the papers, by the site's model or in quotations alone."""
    scope = Scope(
        papers=tuple(_paper(each).arxiv_id for each in asked.papers),
        tag=tag_read(reader, asked.tag).name if asked.tag else "",
    )
    check_questions(reader)
    check_tokens(reader, config().model)
    done = answered(asked.question, reader=reader, scope=scope)
    count_tokens(reader, config().model, done.usage)
    return shapes.Answered(
        found=done.found,
        answer=words_of(done),
        quotations=[
            shapes.Quotation(n=each.n, paper=each.paper, section=each.section, text=each.text)
            for each in done.quotes
        ],
    )


def cite(reader: Reader, asked: shapes.ToCite) -> shapes.Written:
    """Citations of papers."""
    write, _kind = WRITERS[CitedAs(asked.form.value)]
    return shapes.Written(text=write([cited(_paper(each)) for each in asked.papers]))


def export(reader: Reader, asked: shapes.ToExport) -> shapes.Written:
    """The library, or what is under a tag."""
    write, _kind = WRITERS[CitedAs(asked.form.value)]
    chosen = tag_read(reader, asked.tag) if asked.tag else None
    return shapes.Written(text=write(taken_out(reader, chosen)))


_READ, _WRITE, _ASK = ApiKey.Scope.READ, ApiKey.Scope.WRITE, ApiKey.Scope.ASK
_S = shapes
TOOLS = {
    each.name: each
    for each in (
        Tool("search", "Search arXiv papers held here.", _READ, _S.Searched, _S.Papers, search),
        Tool("paper", "A paper; a section of its text.", _READ, _S.OnePaper, _S.Text, paper),
        Tool(
            "passages",
            "Find passages in full texts.",
            _READ,
            _S.PassagesAsked,
            _S.Passages,
            passages,
        ),
        Tool("similar", "Papers like a paper.", _READ, _S.Like, _S.Papers, similar),
        Tool("feed", "New papers for the reader.", _READ, _S.FeedAsked, _S.Papers, feed),
        Tool("tag", "Tag, like, hide or keep a paper.", _WRITE, _S.Tagged, _S.Done, tag),
        Tool("note", "Write a note on a paper.", _WRITE, _S.Noted, _S.Done, note),
        Tool("ask", "Answer with exact quotations.", _ASK, _S.Asked, _S.Answered, ask),
        Tool("cite", "Citations of papers.", _READ, _S.ToCite, _S.Written, cite),
        Tool("export", "The reader's library.", _READ, _S.ToExport, _S.Written, export),
    )
}
