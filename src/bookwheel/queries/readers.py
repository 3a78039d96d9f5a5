"""What is known about the accounts as a whole."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet

from bookwheel.models import Reader


def accounts_exist() -> bool:
    """Tell whether anybody can log in with a password."""
    return with_password().exists()


def with_password() -> QuerySet[Reader]:
    """All accounts that have a password."""
    return Reader.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
