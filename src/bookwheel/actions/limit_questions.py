"""Limit how often a reader's programs ask, for each question costs something."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookwheel.actions.count_requests import count_request
from bookwheel.config import config
from bookwheel.errors import QuotaError
from bookwheel.models import Reader

HOUR = 3600  # seconds


def check_questions(reader: Reader) -> None:
    """Count one more question of a reader's programs; the limit holds for each hour of the clock.

    Raises:
        QuotaError: there were more than the setting `questions_per_hour` allows.
    """
    most = config().questions_per_hour
    if most and count_request(f"questions:{reader.pk}", HOUR) > most:
        raise QuotaError(
            _("Your programs have asked %(count)d questions in this hour. Ask again in the next.")
            % {"count": most}
        )
