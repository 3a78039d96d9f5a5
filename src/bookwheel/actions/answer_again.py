"""Answer a question again, with the same model or another one; the first answer stays."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from bookwheel.actions.ask_question import check_quota, expect_answer
from bookwheel.actions.count_tokens import check_tokens
from bookwheel.errors import InputError
from bookwheel.models import Message, Reader


@transaction.atomic
def answer_again(reader: Reader, told: Message, model: str | None = None) -> Message:
    """Make the place for another version of an answer; by its own model if none is named.

    Raises:
        InputError: it is no answer to a question.
        QuotaError: the reader has asked too much for now.
    """
    if told.role != Message.Role.ANSWER or told.parent is None:
        raise InputError(_("Only an answer can be written again."))
    check_quota(reader)
    chosen = told.model if model is None else model
    check_tokens(reader, chosen)
    return expect_answer(told.parent, chosen)
