"""`bookwheel ask`: a question to the papers, answered in quotations or by a model from them."""

from __future__ import annotations

from collections.abc import Iterable

import click
import orjson

from bookwheel.assistant.events import (
    Answer,
    AnswerSentence,
    Done,
    Event,
    Failed,
    Part,
    PartBegun,
    SentenceDone,
    Status,
    Step,
)
from bookwheel.assistant.retriever import Scope
from bookwheel.assistant.wording import HEADINGS, REASONS
from bookwheel.content.clean import clean
from bookwheel.errors import ModelError
from bookwheel.models import Reader
from bookwheel.queries.asking import answered, ask
from bookwheel.queries.asking import models as known

_FLAGS = {
    Status.OWN: "  (the model's own words)",
    Status.DOUBTED: "  (doubtful: {reason})",
    Status.STRUCK: "  (struck: {reason})",
}


@click.command()
@click.argument("question", required=False)
@click.option("--paper", "papers", multiple=True, metavar="ID", help="Ask this paper; repeat.")
@click.option("--tag", default="", metavar="TAG", help="Ask the papers under a tag.")
@click.option("--library", is_flag=True, help="Ask all that is liked or tagged.")
@click.option("--all", "everything", is_flag=True, help="Ask all papers: the default.")
@click.option("--user", default="", metavar="NAME", help="Whose tags and library, of several.")
@click.option(
    "--model",
    default=None,
    metavar="NAME",
    help="Let a language model write. Empty: quotations alone. Also BOOKWHEEL_MODEL.",
)
@click.option("--models", "list_models", is_flag=True, help="List the language models there are.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    question: str | None,
    papers: tuple[str, ...],
    tag: str,
    library: bool,
    everything: bool,
    user: str,
    model: str | None,
    list_models: bool,
    as_json: bool,
) -> None:
    """Answer a question from the papers, with quotations that can be opened where they stand."""
    if list_models:
        _list(as_json)
        return
    if not (question or "").strip():
        raise click.UsageError('Ask something: bookwheel ask "What limits sparse attention?"')
    if sum(map(bool, (papers, tag, library, everything))) > 1:
        raise click.UsageError("Choose one of --paper, --tag, --library and --all.")
    scope = Scope(papers=papers, tag=tag, library=library)
    reader = _reader(user) if tag or library else None
    if as_json:
        done = answered(str(question), reader=reader, scope=scope, model=model)
        click.echo(orjson.dumps(as_record(done), option=orjson.OPT_INDENT_2))
    else:
        _tell(ask(str(question), reader=reader, scope=scope, model=model))


def _reader(name: str) -> Reader:
    """The reader named, or the only one there is."""
    found = list(Reader.objects.filter(username=name) if name else Reader.objects.all()[:2])
    if len(found) != 1:
        raise click.UsageError("Say whose tags and library: --user NAME.")
    return found[0]


def _list(as_json: bool) -> None:
    from bookwheel.assistant.advice import advised, memory

    models = known()
    if as_json:
        rows = [{"name": one.name, "where": one.where, "context": one.context} for one in models]
        click.echo(orjson.dumps({"models": rows}, option=orjson.OPT_INDENT_2))
        return
    for one in models:
        click.echo(f"{one.name:<48} {one.where:<8} {one.context:>8,} tokens")
    fits = advised()
    click.echo(
        f"For the {memory():.0f} GB of this machine: {fits.name} "
        f"({fits.gigabytes} GB, {fits.note}). docs/asking.md says how to use it.",
        err=True,
    )


def as_record(answer: Answer) -> dict[str, object]:
    """An answer as JSON: sentences with their citations, and the quotations."""
    return {
        "question": answer.question,
        "kind": answer.kind,
        "found": answer.found,
        "model": answer.model,
        "sentences": [_sentence(one) for one in answer.sentences()],
        "parts": [_part(part) for part in answer.parts],
        "quotes": [
            {
                "n": quote.n,
                "paper": quote.paper,
                "version": quote.version,
                "section": quote.section,
                "block": quote.block,
                "start": quote.start,
                "end": quote.end,
                "text": quote.text,
                "source": quote.source,
                "title": quote.title,
                "read_from": quote.read_from,
            }
            for quote in answer.quotes
        ],
        "searched": answer.searched,
        "usage": answer.usage,
        "follow_ups": answer.follow_ups,
        "seconds": round(answer.took, 3),
    }


def _sentence(one: AnswerSentence) -> dict[str, object]:
    return {
        "text": one.text,
        "citations": one.citations,
        "status": one.status.value,
        "support": one.support,
        "reason": one.reason,
    }


def _part(part: Part) -> dict[str, object]:
    rows = [
        {
            "name": HEADINGS.get(name, name),
            "cells": [_sentence(cell) if cell else None for cell in row],
        }
        for name, row in zip(part.names, part.rows, strict=True)
    ]
    return {
        "form": part.form.value,
        "heading": part.heading or HEADINGS.get(part.code, ""),
        "paper": part.paper,
        "sentences": [_sentence(one) for one in part.sentences],
        "columns": part.columns,
        "rows": rows,
    }


def _tell(events: Iterable[Event]) -> None:
    for event in events:
        match event:
            case Step():
                click.echo(f"{event.seconds:5.2f} s  {event.text} {event.count or ''}", err=True)
            case PartBegun():
                _begin(event.part)
            case SentenceDone():
                _say(event.sentence)
            case Done():
                _sources(event.answer)
            case Failed():
                if event.answer is not None:
                    _sources(event.answer)
                raise ModelError(event.message, event.code)


def _begin(part: Part) -> None:
    heading = part.heading or HEADINGS.get(part.code, "")
    if heading:
        click.echo(f"\n{clean(heading)}" + (f"  ({part.paper})" if part.paper else ""))
    for name, row in zip(part.names, part.rows, strict=True):
        click.echo(f"\n  {HEADINGS.get(name, name)}")
        for column, cell in zip(part.columns, row, strict=True):
            click.echo(f"    {column}: {_line(cell) if cell else '–'}")


def _say(sentence: AnswerSentence) -> None:
    click.echo(f"  {_line(sentence)}")


def _line(sentence: AnswerSentence) -> str:
    cited = "".join(f"[{n}]" for n in sentence.citations)
    text = " ".join(clean(sentence.text).split())
    if sentence.status is Status.QUOTED and sentence.citations:
        text = f"“{text}”"
    flag = _FLAGS.get(sentence.status, "").format(reason=REASONS.get(sentence.reason, ""))
    return f"{text} {cited}{flag}".rstrip()


def _sources(answer: Answer) -> None:
    click.echo("")
    for quote in answer.quotes:
        place = f"{quote.paper}v{quote.version}, {quote.section}, {quote.block}"
        click.echo(f"  [{quote.n}] {clean(quote.title)} ({place}:{quote.start}-{quote.end})")
    seen = answer.searched
    whole = f", {seen.full_texts} whole" if seen.full_texts else ""
    click.echo(
        f"\nSearched {seen.papers:,} papers for “{seen.query}”, read {seen.read}{whole}, "
        f"{seen.passages:,} sentences; {answer.took:.2f} s"
        + (f"; written by {answer.model}" if answer.model else "")
    )
