"""Everything a reader gave to Bookwheel, to take away."""

from __future__ import annotations

from typing import Any

from bookwheel.models import Mark, Reader


def own_data(reader: Reader) -> dict[str, Any]:
    """Account, settings, likes, hides and tags as plain values; papers by arXiv identifier."""
    return {
        "reader": {
            "name": reader.username,
            "email": reader.email,
            "joined": reader.date_joined.isoformat(),
        },
        "settings": {"density": reader.density, "theme": reader.theme},
        "likes": _marked(reader, Mark.Kind.LIKE),
        "hides": _marked(reader, Mark.Kind.HIDE),
        "tags": _tags(reader),
    }


def _marked(reader: Reader, kind: Mark.Kind) -> list[dict[str, str]]:
    marks = reader.marks.filter(kind=kind).order_by("created", "pk")
    return [
        {"paper": arxiv_id, "since": created.isoformat()}
        for arxiv_id, created in marks.values_list("paper__arxiv_id", "created")
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
