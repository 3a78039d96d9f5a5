"""Set when a reader gets a digest, and of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.errors import InputError
from bookwheel.models import DigestPlan, Reader
from bookwheel.queries.digest_due import next_occasion

MOST = 100  # papers of one digest; beyond some, mail programs cut a mail off


@dataclass(frozen=True)
class Wish:
    """What a form or a program asked for."""

    on: bool
    weekdays: Sequence[str]  # "1" is Monday
    hour: int
    when: str
    least: float
    most: int
    tags: Sequence[int]  # numbers of the tags that are in it
    likes: bool
    language: str


@transaction.atomic
def set_digest(reader: Reader, wish: Wish) -> DigestPlan:
    """Keep the wish; the first digest comes on the next day that it names.

    Raises:
        InputError: there is no such choice.
    """
    days = "".join(sorted({day for day in wish.weekdays if day in tuple("1234567")}))
    if wish.on and not days:
        raise InputError(_("Choose at least one day."))
    if wish.when not in DigestPlan.When.values or not 0 <= wish.hour <= 23:
        raise InputError(_("There is no such choice."))
    if not (0 <= wish.least <= 1 and 1 <= wish.most <= MOST):
        raise InputError(_("There is no such choice."))
    plan, _new = DigestPlan.objects.get_or_create(reader=reader)
    plan.on, plan.hour, plan.when = wish.on, wish.hour, wish.when
    plan.weekdays = days or plan.weekdays
    plan.least, plan.most, plan.likes = wish.least, wish.most, wish.likes
    plan.language = wish.language
    look_again(plan)
    plan.save()
    plan.without.set(reader.tags.exclude(pk__in=wish.tags))
    return plan


def look_again(plan: DigestPlan, *, alerts: bool = True) -> None:
    """When to look at it next, without saving; where alerts may be wanted, soon."""
    now = timezone.now()
    plan.next_at = now if alerts and plan.alerted else next_occasion(plan, now)
