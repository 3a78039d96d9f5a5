"""The page of what a tag has learned and was told, ready for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from bookwheel.core.categories import name as category_name
from bookwheel.core.steering import BREADTHS, FADES, LEVELS, PAPER_LEVELS, Steering, author_parts
from bookwheel.models import Tag
from bookwheel.queries.effect import Effect, reached
from bookwheel.queries.learned import Learned, Weighted
from bookwheel.web.authors import full_name
from bookwheel.web.lines import title_link
from bookwheel.web.listing import grouped


@dataclass(frozen=True)
class Choice:
    """A button or radio: what it posts, what it says, and whether it holds now."""

    value: str
    text: str
    current: bool
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One word, author, category or paper with its weight, and what can be said of it."""

    label: str | Markup
    note: str
    weight: str
    size: float  # 0 to 100
    raises: bool
    level: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Group:
    """A table of rows under a heading."""

    key: str
    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class Filter:
    """One thing that is never shown, and what takes the filter away."""

    label: str
    value: str


def level_names() -> dict[str, str]:
    """What can be said of a word, author or category, as buttons say it."""
    return {"mute": _("mute"), "less": _("less"), "more": _("more"), "pin": _("pin")}


def paper_level_names() -> dict[str, str]:
    """What can be said of a paper."""
    return {"mute": _("does not count"), "more": _("counts more")}


def groups(tag: Tag, found: Learned) -> list[Group]:
    """All tables that have a row."""
    made = [
        Group("words", _("Words that raise a paper"), _rows(tag, "words", found.raising)),
        Group("lowering", _("Words that lower it"), _rows(tag, "words", found.lowering)),
        Group("authors", _("Authors"), _rows(tag, "authors", found.authors)),
        Group("categories", _("Categories"), _rows(tag, "categories", found.categories)),
        Group("papers", _("Papers that say most of it"), list(_papers(tag, found))),
    ]
    return [group for group in made if group.rows]


def _rows(tag: Tag, kind: str, found: Iterable[Weighted]) -> list[Row]:
    return [_row(tag, kind, each, *_shown(kind, each.label)) for each in found]


def _shown(kind: str, label: str) -> tuple[str, str]:
    if kind == "authors":
        return full_name(*author_parts(label)), ""
    return label, category_name(label) if kind == "categories" else ""


def _papers(tag: Tag, found: Learned) -> Iterable[Row]:
    for paper, each in found.exemplars:
        yield _row(tag, "papers", each, title_link(paper), "")


def _row(tag: Tag, kind: str, each: Weighted, label: str | Markup, note: str) -> Row:
    papers = kind == "papers"
    names = paper_level_names() if papers else level_names()
    levels = PAPER_LEVELS if papers else LEVELS
    return Row(
        label=label,
        note=note,
        weight=f"{each.weight:.2f}".replace("-", "−"),
        size=round(100 * each.size, 1),
        raises=each.weight >= 0,
        level=each.level,
        choices=tuple(
            Choice(_posts(tag, kind, level, each), names[level], each.level == level)
            for level in levels
        ),
    )


def _posts(tag: Tag, kind: str, level: str, each: Weighted) -> str:
    """What a button posts: pressed again, it takes back what it said."""
    return f"{tag.pk or 0} {kind} {'' if each.level == level else level}:{each.name}"


def breadths(tag: Tag, steering: Steering) -> tuple[list[Choice], str]:
    """The dial, each place with how many papers of the newest day reach the line there."""
    names = [
        _("much narrower"),
        _("narrower"),
        _("as learned"),
        _("broader"),
        _("much broader"),
    ]
    announced, counts = reached(tag, steering)
    made = [
        Choice(str(breadth), name, steering.breadth == breadth, grouped(count))
        for breadth, name, count in zip(BREADTHS, names, counts, strict=True)
    ]
    said = _(
        "Under each place: how many of the %(n)s papers of the newest day reach your line there."
    )
    return made, said % {"n": grouped(announced)} if announced else ""


def fades(steering: Steering) -> list[Choice]:
    """After how long a paper counts half."""
    return [
        Choice(
            str(months),
            ngettext(
                "after %(n)s month a paper counts half",
                "after %(n)s months a paper counts half",
                months,
            )
            % {"n": months}
            if months
            else _("old papers count like new ones"),
            steering.fade == months,
        )
        for months in FADES
    ]


def filters(tag: Tag, steering: Steering) -> list[Filter]:
    """All that the tag must never show."""
    named = [
        *(("never_words", each, f"“{each}”") for each in steering.never_words),
        *(
            ("never_authors", each, full_name(*author_parts(each)))
            for each in steering.never_authors
        ),
        *(("never_categories", each, each) for each in steering.never_categories),
    ]
    return [Filter(label, f"{tag.pk or 0} {kind} :{name}") for kind, name, label in named]


def effect_text(effect: Effect | None) -> str:
    """What a step did, in a sentence."""
    if effect is None:
        return ""
    said = _(
        "Of the %(n)s papers of %(day)s, %(after)s reach your line; before it were %(before)s."
    )
    return said % {
        "n": grouped(effect.announced),
        "day": date_format(effect_day(effect), "SHORT_DATE_FORMAT"),
        "after": grouped(effect.after),
        "before": grouped(effect.before),
    }


def effect_day(effect: Effect) -> date:
    """The day that a step was tried on."""
    return date.fromisoformat(effect.day)
