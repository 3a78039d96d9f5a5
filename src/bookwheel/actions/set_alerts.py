"""Set where new papers of authors and searches are told of."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.errors import InputError
from bookwheel.models import Alert, DigestPlan, Reader
from bookwheel.queries.feed import newest_day


@transaction.atomic
def set_alerts(reader: Reader, authors: Mapping[int, str], searches: Mapping[int, str]) -> None:
    """Set them by number; what is not the reader's is left alone. Mail begins with what is new.

    Raises:
        InputError: there is no such choice.
    """
    if not {*authors.values(), *searches.values()} <= set(Alert.values):
        raise InputError(_("There is no such choice."))
    for followed, wanted in ((reader.followed_authors, authors), (reader.saved_searches, searches)):
        for number, alert in wanted.items():
            followed.filter(pk=number).update(alert=alert)
    if Alert.MAIL in {*authors.values(), *searches.values()}:
        plan, _new = DigestPlan.objects.get_or_create(reader=reader)
        plan.alerted = plan.alerted or newest_day()
        plan.next_at = timezone.now()
        plan.save(update_fields=["alerted", "next_at"])
