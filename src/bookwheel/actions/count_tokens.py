"""Count what a language model wrote for a reader, and hold the reader to the day's allowance."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F
from django.utils.formats import number_format
from django.utils.translation import ngettext

from bookwheel.assistant.events import Usage
from bookwheel.config import config
from bookwheel.errors import QuotaError
from bookwheel.models import Reader, TokenUse
from bookwheel.queries.token_use import today, used_today


@transaction.atomic
def count_tokens(reader: Reader, model: str, usage: Usage, *, answers: int = 1) -> None:
    """Add what an answer, or another piece of work of a model, took."""
    if not model or not (usage.prompt or usage.completion):
        return
    row, _new = TokenUse.objects.get_or_create(reader=reader, day=today(), model=model)
    TokenUse.objects.filter(pk=row.pk).update(
        answers=F("answers") + answers,
        prompt=F("prompt") + usage.prompt,
        completion=F("completion") + usage.completion,
        cost=F("cost") + usage.cost,
    )


def check_tokens(reader: Reader, model: str) -> None:
    """Let a model be asked, or say until when it cannot be.

    Raises:
        QuotaError: the reader's models had as many tokens today as a day allows.
    """
    most = config().tokens_per_day
    if not most or not model or used_today(reader) < most:
        return
    now = datetime.now(UTC)
    hours = 24 - now.hour
    raise QuotaError(
        ngettext(
            "Models have had the %(most)s tokens that you may use in a day. Ask again in "
            "%(n)d hour, or choose Quotations, which need none.",
            "Models have had the %(most)s tokens that you may use in a day. Ask again in "
            "%(n)d hours, or choose Quotations, which need none.",
            hours,
        )
        % {"most": number_format(most, use_l10n=True, force_grouping=True), "n": hours}
    )
