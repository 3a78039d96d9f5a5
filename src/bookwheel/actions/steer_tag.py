"""Steer a tag: tell it which words, authors, categories and papers to trust, and which never."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions.hold import hold
from bookwheel.actions.record_change import record_change
from bookwheel.core.steering import MOST, Steering, Turn
from bookwheel.errors import InputError
from bookwheel.models import Change, Reader, SteeringStep, Tag, TagSteering
from bookwheel.queries.effect import effect
from bookwheel.queries.steering import steering_of

KEPT = 500  # steps of a tag's history, the last ones


def steer_tag(reader: Reader, tag: Tag, *turns: Turn) -> Change | None:
    """Make one step of some turns; None when it changes nothing.

    Raises:
        InputError: a turn makes no sense, with the reason.
        NotFoundError: the tag was deleted meanwhile.
    """
    told, _stored = steering_of(tag)
    try:
        for turn in turns:
            told = told.turned(turn)
    except ValueError as error:
        raise InputError(_reason(str(error))) from error
    return steer_to(reader, tag, told, turns[-1])


def steer_to(reader: Reader, tag: Tag, told: Steering, turn: Turn) -> Change | None:
    """Make `told` the steering of a tag; `turn` is what the history says of it."""
    old, _stored = steering_of(tag)
    if told == old:
        return None
    done = effect(tag, old, told)  # before the transaction: it takes a while
    with transaction.atomic():
        tag = hold(tag)
        step = SteeringStep.objects.create(
            tag=tag,
            reader=reader,
            turn=asdict(turn),
            before=old.stored(),
            after=told.stored(),
            effect=done.stored() if done else {},
        )
        _forget_old(tag)
        put(tag, told.stored())
        return record_change(
            reader, "steer_tag", tag=tag.pk, state=step.before, after=step.after, step=step.pk
        )


def put(tag: Tag, stored: dict[str, Any]) -> None:
    """Store the steering of a tag, or that it has none."""
    if stored:
        TagSteering.objects.update_or_create(tag=tag, defaults={"state": stored})
    else:
        TagSteering.objects.filter(tag=tag).delete()


def _forget_old(tag: Tag) -> None:
    for step in tag.steps.order_by("-pk")[KEPT:]:
        step.delete()


def _reason(code: str) -> str:
    return {
        "level": _("There is no such choice."),
        "range": _("There is no such choice."),
        "paper": _("There is no such paper."),
        "word": _("Give one word or two, at most 64 characters."),
        "author": _("Give a name, such as Marie Curie or Curie, Marie."),
        "category": _("arXiv has no such category. They look like cs.LG or hep-th."),
        "many": _("There can be %(count)d of these. Take some away first.") % {"count": MOST},
        "long": _("A sentence can have at most 1,000 characters."),
    }[code]


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Give the tag back what it was told before.

    Raises:
        InputError: it was steered again since.
    """
    tag = reader.tags.filter(pk=before["tag"]).first()
    if tag is None:
        return
    _told, stored = steering_of(tag)
    if stored != before["after"]:
        raise InputError(
            _("“%(name)s” was steered again since. Go back in its history instead.")
            % {"name": tag.name}
        )
    put(tag, before["state"])
    SteeringStep.objects.filter(pk=before["step"]).update(undone=timezone.now())
