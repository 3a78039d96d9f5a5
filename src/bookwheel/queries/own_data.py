"""Everything a reader gave to Bookwheel, to take away."""

from __future__ import annotations

from typing import Any

from bookwheel.models import Asking, Mark, Paper, Reader, Reading, Tag
from bookwheel.models.annotation import HIGHLIGHTS
from bookwheel.queries.steering import steering_of
from bookwheel.queries.written_out import own_conversations


def own_data(reader: Reader) -> dict[str, Any]:
    """Account, settings, likes, hides and tags as plain values; papers by arXiv identifier."""
    return {
        "reader": {
            "name": reader.username,
            "email": reader.email,
            "joined": reader.date_joined.isoformat(),
        },
        "settings": {
            "density": reader.density,
            "theme": reader.theme,
            "time_zone": reader.time_zone,
            "line": reader.line,
            "shade": reader.shade,
            "explore": reader.explore,
            "learn_opens": reader.learn_opens,
        },
        "likes": _marked(reader, Mark.Kind.LIKE),
        "hides": _marked(reader, Mark.Kind.HIDE),
        "tags": _tags(reader),
        "kept_without_a_tag": _loose(reader),
        "read": _said(reader, Reading.State.READ),
        "later": _said(reader, Reading.State.LATER),
        "unread": _said(reader, Reading.State.UNREAD),
        "days_read": _days(reader),
        "authors": _authors(reader),
        "searches": _searches(reader),
        "asking": _asking(reader),
        "conversations": own_conversations(reader),
        "opened": _opened(reader),
        "annotations": _annotations(reader),
        "places": _places(reader),
    }


def _annotations(reader: Reader) -> list[dict[str, Any]]:
    """Highlights and notes, with the selectors of the W3C's Web Annotation Data Model."""
    found = reader.annotations.filter(deleted=None).select_related("paper").order_by("pk")
    return [
        {
            "paper": each.paper.arxiv_id,
            "version": each.version,
            "since": each.created.isoformat(),
            "changed": each.changed.isoformat(),
            "colour": HIGHLIGHTS[each.colour],
            "note": each.note,
            "block": each.block,
            "selectors": [
                {
                    "type": "TextQuoteSelector",
                    "exact": each.quote,
                    "prefix": each.before,
                    "suffix": each.after,
                },
                {"type": "TextPositionSelector", "start": each.start, "end": each.end},
            ]
            if each.quote
            else [],
        }
        for each in found
    ]


def _places(reader: Reader) -> list[dict[str, Any]]:
    found = reader.places.order_by("pk").select_related("paper")
    return [
        {"paper": each.paper.arxiv_id, "block": each.block, "share": each.share} for each in found
    ]


def _asking(reader: Reader) -> dict[str, Any]:
    chosen = Asking.objects.filter(reader=reader).first() or Asking()
    kept = reader.memories.order_by("created", "pk").values_list("text", flat=True)
    return {
        "instructions": chosen.instructions,
        "remembers": chosen.remembers,
        "memories": list(kept),
    }


def _marked(reader: Reader, kind: Mark.Kind) -> list[dict[str, str]]:
    marks = reader.marks.filter(kind=kind).order_by("created", "pk")
    return [
        {"paper": arxiv_id, "since": created.isoformat()}
        for arxiv_id, created in marks.values_list("paper__arxiv_id", "created")
    ]


def _opened(reader: Reader) -> list[dict[str, str]]:
    opened = reader.opened.order_by("created", "pk")
    return [
        {"paper": arxiv_id, "since": created.isoformat()}
        for arxiv_id, created in opened.values_list("paper__arxiv_id", "created")
    ]


def _steering(tag: Tag) -> dict[str, Any]:
    """What a tag was told, papers by their identifiers."""
    told = steering_of(tag)[0]
    numbers = {*map(int, told.papers), *(one for pair in told.choices for one in pair)}
    names = dict(Paper.objects.filter(pk__in=numbers).values_list("pk", "arxiv_id"))
    papers = {names[int(one)]: level for one, level in told.papers.items() if int(one) in names}
    choices = [[names.get(one) for one in pair] for pair in told.choices]
    said = told.stored()
    return said | {
        name: value for name, value in (("papers", papers), ("choices", choices)) if name in said
    }


def _loose(reader: Reader) -> dict[str, Any]:
    """What was said of papers kept without a tag."""
    tag = reader.tags.filter(loose=True).first()
    return {"steering": _steering(tag), "history": _history(tag)} if tag else {}


def _history(tag: Tag) -> list[dict[str, Any]]:
    return [
        {"turn": step.turn, "since": step.created.isoformat(), "undone": step.undone is not None}
        for step in tag.steps.order_by("pk")
    ]


def _said(reader: Reader, state: Reading.State) -> list[dict[str, str]]:
    said = reader.readings.filter(state=state).order_by("created", "pk")
    return [
        {"paper": arxiv_id, "since": created.isoformat()}
        for arxiv_id, created in said.values_list("paper__arxiv_id", "created")
    ]


def _days(reader: Reader) -> list[str]:
    days = reader.days_read.order_by("day").values_list("day", flat=True)
    return [day.isoformat() for day in days]


def _authors(reader: Reader) -> list[dict[str, str]]:
    return [
        {"family": author.family, "given": author.given, "since": author.created.isoformat()}
        for author in reader.followed_authors.order_by("created", "pk")
    ]


def _searches(reader: Reader) -> list[dict[str, str]]:
    return [
        {"text": search.text, "since": search.created.isoformat()}
        for search in reader.saved_searches.order_by("created", "pk")
    ]


def _tags(reader: Reader) -> list[dict[str, Any]]:
    tags = reader.tags.filter(deleted=None).order_by("created", "pk")
    return [
        {
            "name": tag.name,
            "colour": tag.colour,
            "created": tag.created.isoformat(),
            "steering": _steering(tag),
            "history": _history(tag),
            "awaited": list(tag.awaited.order_by("pk").values_list("arxiv_id", flat=True)),
            "papers": [
                {"paper": arxiv_id, "since": created.isoformat()}
                for arxiv_id, created in tag.taggings.order_by("created", "pk").values_list(
                    "paper__arxiv_id", "created"
                )
            ],
        }
        for tag in tags
    ]
