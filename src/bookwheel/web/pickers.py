"""Which models a reader may choose from."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookwheel.config import config
from bookwheel.queries.asking import models


@dataclass(frozen=True)
class Choice:
    """One choice of a picker."""

    value: str
    text: str
    chosen: bool = False


def model_choices(chosen: str) -> list[Choice]:
    """Quotations alone, and each model that is there."""
    names = dict.fromkeys(["", *(each.name for each in models()), chosen])
    return [Choice(name, model_text(name), name == chosen) for name in names]


def seeing_choices() -> list[Choice]:
    """Models that can be shown figures; the site's own choice first, if it is one."""
    names = [each.name for each in models() if each.sees]
    names.sort(key=lambda name: name != first_model())
    return [Choice(name, model_text(name), place == 0) for place, name in enumerate(names)]


def model_text(name: str) -> str:
    """What a model is called on pages."""
    return name or _("Quotations")


def first_model() -> str:
    """The model that a new conversation begins with: the site's own choice."""
    return config().model
