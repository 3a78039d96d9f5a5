"""Conversations written out, to take away: Markdown for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bookwheel.assistant.events import Answer, AnswerSentence, Form, Part, Status
from bookwheel.assistant.wording import HEADINGS
from bookwheel.core.own_names import own_number
from bookwheel.core.paper_ids import home_of
from bookwheel.core.quotes import Quote
from bookwheel.models import Conversation, Message, Paper, Reader
from bookwheel.queries.answers_kept import from_values
from bookwheel.queries.conversations import branch, conversations


def answer_markdown(answer: Answer) -> str:
    """An answer with numbered footnotes for its quotations."""
    marks = "####" if any(part.form is Form.SECTION for part in answer.parts) else "###"
    parts = [_part(part, marks) for part in answer.parts]
    notes = [_note(quote) for quote in answer.quotes]
    return "\n\n".join(filter(None, [*parts, "\n".join(notes)]))


def message_markdown(message: Message) -> str:
    """One message alone."""
    return answer_markdown(from_values(message.answer)) if message.answer else message.text


def conversation_markdown(conversation: Conversation) -> str:
    """The branch in sight, questions as headings."""
    told = [f"# {conversation.title}"]
    for said in branch(conversation):
        if said.message.role == Message.Role.QUESTION:
            quote = said.message.about.get("quote", "")
            told += [f"## {said.message.text}", *([f"> {quote}"] if quote else [])]
        else:
            told += [message_markdown(said.message)]
    return "\n\n".join(told) + "\n"


def _part(part: Part, marks: str) -> str:
    heading = part.heading or HEADINGS.get(part.code, "")
    marks = "###" if part.form is Form.SECTION else marks
    told = [f"{marks} {heading}"] if heading else []
    if part.rows:
        told.append(_table(part))
    elif part.form in (Form.PROSE, Form.NOTE):
        told.append(" ".join(map(_sentence, _shown(part.sentences))))
    elif part.form is Form.LEAD:
        told += [f"> {_sentence(one)}" for one in _shown(part.sentences)]
    else:
        told.append("\n".join(f"- {_sentence(one)}" for one in _shown(part.sentences)))
    return "\n\n".join(filter(None, told))


def _shown(sentences: Iterable[AnswerSentence]) -> list[AnswerSentence]:
    return [one for one in sentences if one.status is not Status.STRUCK]


def _sentence(sentence: AnswerSentence) -> str:
    words = " ".join(sentence.text.split())
    told = f"“{words}”" if sentence.status is Status.QUOTED else words
    return told + "".join(f"[^{n}]" for n in sentence.citations)


def _table(part: Part) -> str:
    lines = [["", *part.columns], ["---"] * (len(part.columns) + 1)]
    for name, row in zip(part.names, part.rows, strict=True):
        lines.append([name, *(_sentence(cell) if cell else "—" for cell in row)])
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def _note(quote: Quote) -> str:
    words = " ".join(quote.text.split())
    if own_number(quote.paper) is not None:
        return f"[^{quote.n}]: “{words}” {quote.title}. {quote.section}".rstrip()
    home = home_of(quote.paper)
    place = f"{home.label}v{quote.version}, {quote.section}"
    return f"[^{quote.n}]: “{words}” {quote.title}. {place}. {home.page(quote.version)}"


def conversation_values(conversation: Conversation) -> dict[str, Any]:
    """All of a conversation, with every branch, as plain values."""
    return {
        "title": conversation.title,
        "folder": conversation.tag.name if conversation.tag else "",
        "created": conversation.created.isoformat(),
        "updated": conversation.updated.isoformat(),
        "pinned": conversation.pinned is not None,
        "archived": conversation.archived is not None,
        "shown": conversation.leaf_id,
        "messages": [_message(each) for each in conversation.messages.order_by("pk")],
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "parent": message.parent_id,
        "role": message.role,
        "state": message.state,
        "text": message.text,
        "about": message.about,
        "scope": message.scope,
        "model": message.model,
        "answer": message.answer,
        "rating": message.rating,
        "reason": message.reason,
        "created": message.created.isoformat(),
    }


def own_conversations(reader: Reader) -> list[dict[str, Any]]:
    """All conversations of a reader, oldest first."""
    mine = conversations(reader).select_related("tag").order_by("created", "pk")
    return [conversation_values(each) for each in mine]


def cited(messages: Sequence[Message]) -> list[Paper]:
    """The papers that answers cite, in order of first citation."""
    numbers = dict.fromkeys(
        paper for message in messages for paper in (message.answer or {}).get("papers", ())
    )
    known = {paper.arxiv_id: paper for paper in Paper.objects.filter(arxiv_id__in=numbers)}
    return [known[each] for each in numbers if each in known]
