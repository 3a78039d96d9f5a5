"""Which tables hold what is a reader's, found from the tables themselves.

So a table that is added later is in every archive from its first day, or named here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from bookwheel.models import Paper, Reader

# Not to be taken along: the reader's own files, which are more than rows; what is secret, what
# leads strangers in, what only undoing needs, and a mail address, which has to be confirmed
# wherever mail is sent from.
LEFT_OUT = frozenset(
    {"ApiKey", "Asking", "Change", "FeedLink", "ImportDraft", "SharedLink", "SteeringStep"}
    | {"MailAddress", "Digest", "Webhook", "Delivery", "OwnText"}
    | {"Reader_groups", "Reader_user_permissions"}
)


@cache
def owned_tables() -> dict[str, type[Model]]:
    """The tables by name, each after those whose rows its own cannot do without."""
    models = apps.get_app_config("bookwheel").get_models(include_auto_created=True)
    waiting = {model.__name__: model for model in models if model.__name__ not in LEFT_OUT}
    found: dict[str, type[Model]] = {}
    while True:
        ready = [
            name
            for name, model in waiting.items()
            if (needed := _needed(model))
            and needed <= {*found, "Reader", "Paper"}
            and needed != {"Paper"}
        ]
        if not ready:
            return found
        for name in ready:
            found[name] = waiting.pop(name)


def _needed(model: type[Model]) -> set[str]:
    """Tables that a row must have a row in, other than its own."""
    return {
        field.related_model.__name__
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and not field.null
    }


def owner(model: type[Model]) -> str:
    """The lookup that leads from a row to its reader: `reader`, or `tag__reader`."""
    for field in links(model):
        if field.related_model is Reader:
            return field.name
    for field in links(model):
        if not field.null and field.related_model not in (Paper, model):
            return f"{field.name}__{owner(field.related_model)}"
    raise LookupError(f"{model.__name__} belongs to nobody")


def links(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """The columns that name a row of another table."""
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def plain_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """All other columns but the number."""
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, ForeignKey) and not field.primary_key
    ]
