"""Everything a reader gave to Bookwheel, to take away."""

from __future__ import annotations

from typing import Any

from bookwheel.models import Mark, Reader, Reading


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
        },
        "likes": _marked(reader, Mark.Kind.LIKE),
        "hides": _marked(reader, Mark.Kind.HIDE),
        "tags": _tags(reader),
        "read": _said(reader, Reading.State.READ),
        "later": _said(reader, Reading.State.LATER),
        "unread": _said(reader, Reading.State.UNREAD),
        "days_read": _days(reader),
        "authors": _authors(reader),
        "searches": _searches(reader),
    }


def _marked(reader: Reader, kind: Mark.Kind) -> list[dict[str, str]]:
    marks = reader.marks.filter(kind=kind).order_by("created", "pk")
    return [
        {"paper": arxiv_id, "since": created.isoformat()}
        for arxiv_id, created in marks.values_list("paper__arxiv_id", "created")
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
            "papers": [
                {"paper": arxiv_id, "since": created.isoformat()}
                for arxiv_id, created in tag.taggings.order_by("created", "pk").values_list(
                    "paper__arxiv_id", "created"
                )
            ],
        }
        for tag in tags
    ]
