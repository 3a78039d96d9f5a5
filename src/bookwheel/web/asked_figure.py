"""The figure that a question is about, as the page of a conversation shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from bookwheel.access import figure_asked
from bookwheel.models import Figure
from bookwheel.queries.sight import named
from bookwheel.web.figured import Plate, plate


@dataclass(frozen=True)
class AskedFigure:
    """Its name in forms, and the figure; None if it is not here any more."""

    name: str
    plate: Plate | None


def asked_figure(figure: Figure) -> AskedFigure:
    """A figure to ask about."""
    return AskedFigure(named(figure), plate(figure))


def figure_of(about: dict[str, str]) -> AskedFigure | None:
    """The figure that a question was about."""
    name = about.get("figure", "")
    if not name:
        return None
    try:
        return asked_figure(figure_asked(name))
    except Http404:
        return AskedFigure(name, None)
