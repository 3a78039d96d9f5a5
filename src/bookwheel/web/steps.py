"""Steps of a tag's history, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from bookwheel.core.steering import Turn, author_parts
from bookwheel.models import Paper
from bookwheel.queries.effect import Moved
from bookwheel.queries.history import Step
from bookwheel.web.authors import full_name
from bookwheel.web.jinja import date_and_time
from bookwheel.web.lines import title_link
from bookwheel.web.listing import grouped
from bookwheel.web.steering import effect_text, level_names, paper_level_names

_ITEM = Markup("{} <span class=quiet>{}</span>")


@dataclass(frozen=True)
class StepShown:
    """One line of the history."""

    number: int
    text: str | Markup
    by: str
    undone: bool
    effect: str
    rose: list[Markup]
    fell: list[Markup]


def steps_shown(steps: Iterable[Step]) -> list[StepShown]:
    """The history for the template."""
    return [
        StepShown(
            number=step.number,
            text=step_text(step.turn, step.paper),
            by=f"{step.reader} · {date_and_time(step.when)}",
            undone=step.undone,
            effect=effect_text(step.effect),
            rose=[_moved(*each) for each in step.rose],
            fell=[_moved(*each) for each in step.fell],
        )
        for step in steps
    ]


def _moved(paper: Paper, one: Moved) -> Markup:
    places = [
        f"{grouped(place)}." if place else _("kept away") for place in (one.before, one.after)
    ]
    return _ITEM.format(title_link(paper), " → ".join(places))


def step_text(turn: Turn, paper: Paper | None = None) -> str | Markup:
    """What was done."""
    if turn.kind == "papers":
        return _paper(turn, paper)
    if turn.kind in ("words", "authors", "categories"):
        name = _named(turn)
        return f"{name}: {level_names()[turn.value] if turn.value else _('as learned')}"
    if turn.kind.startswith("never_"):
        said = _("Never: %(name)s") if turn.value else _("No longer filtered: %(name)s")
        return said % {"name": _named(turn)}
    return _OTHERS[turn.kind]() if turn.kind in _OTHERS else _valued(turn)


def _paper(turn: Turn, paper: Paper | None) -> Markup:
    title = title_link(paper) if paper else escape(_("a paper that is gone"))
    said = paper_level_names().get(turn.value) or _("counts like the others")
    return Markup("{}: {}").format(title, said)


def _named(turn: Turn) -> str:
    if turn.kind.endswith("authors"):
        return full_name(*author_parts(turn.name))
    return f"“{turn.name}”" if turn.kind.endswith("words") else turn.name


def _valued(turn: Turn) -> str:
    if turn.kind == "breadth":
        return _("Breadth: %(n)s") % {"n": f"{int(turn.value):+d}".replace("-", "−")}
    if turn.kind == "fade" and turn.value == "0":
        return _("Old papers count like new ones")
    if turn.kind == "fade":
        return _("Papers count half after %(n)s months") % {"n": turn.value}
    if not turn.value:
        return _("The sentence was taken away")
    return _("In words: %(sentence)s") % {"sentence": turn.value}


_OTHERS = {
    "reset": lambda: _("Reset: as learned"),
    "restore": lambda: _("Back to an earlier state"),
    "choice": lambda: _("A card was chosen"),
}
