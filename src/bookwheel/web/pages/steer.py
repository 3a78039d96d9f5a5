"""Steering a tag: one turn, a reset, or back to an earlier state; each a POST with a way back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookwheel.access import steering_write, step_write
from bookwheel.actions.loose_tag import loose_tag
from bookwheel.actions.restore_steering import restore_steering
from bookwheel.actions.steer_tag import steer_tag
from bookwheel.core.steering import Turn
from bookwheel.models import Change, SteeringStep, Tag
from bookwheel.queries.effect import Effect
from bookwheel.web.answers import back, tell
from bookwheel.web.learned import learned_context
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.steering import effect_text
from bookwheel.web.visit import Visit


@require_POST
def steer(request: Visit) -> HttpResponse:
    """One turn: a button says "number-of-tag kind value:name", a form has a field for each."""
    tag, turn = _button(request) if "steer" in request.POST else _form(request)
    return _answer(request, tag, steer_tag(request.user, tag, turn))


@require_POST
def restore(request: Visit) -> HttpResponse:
    """Make all as it was before a step."""
    step = step_write(request.user, posted_number(request, "step"))
    return _answer(request, step.tag, restore_steering(request.user, step))


def _button(request: Visit) -> tuple[Tag, Turn]:
    which, _space, rest = posted(request, "steer").partition(" ")
    kind, _space, rest = rest.partition(" ")
    value, _colon, name = rest.partition(":")
    return _tag(request, number(which)), Turn(kind, name, value)


def _form(request: Visit) -> tuple[Tag, Turn]:
    tag = _tag(request, posted_number(request, "which"))
    kind, _dot, value = posted(request, "kind").partition(".")
    return tag, Turn(kind, request.POST.get("name", ""), value or request.POST.get("value", ""))


def _tag(request: Visit, which: int) -> Tag:
    """A tag; 0 is what stands for papers kept without one, made when it is first steered."""
    return steering_write(request.user, which) if which else loose_tag(request.user)


def _answer(request: Visit, tag: Tag, change: Change | None) -> HttpResponse:
    step = SteeringStep.objects.filter(pk=change.before["step"]).first() if change else None
    said = effect_text(Effect.read(step.effect)) if step else ""
    text = " ".join(filter(None, (_("Steered.") if change else _("That is so already."), said)))
    if not request.htmx:
        tell(request, text, change)
        return back(request)
    context = learned_context(request, tag)
    context |= {"text": text, "change": change.pk if change else ""}
    return render(request, "steered.html", context)
