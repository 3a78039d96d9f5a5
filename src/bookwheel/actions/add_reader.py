"""Add a reader: an account with a password."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bookwheel.errors import InputError
from bookwheel.models import Reader


def add_reader(name: str, password: str, *, email: str = "", admin: bool = False) -> Reader:
    """Make an account.

    Raises:
        InputError: the name, the address or the password cannot be used, and why.
    """
    reader = Reader(username=name, email=email, is_staff=admin, is_superuser=admin)
    put_password(reader, password)
    try:
        reader.clean_fields()
        _refuse_taken(reader)
        with transaction.atomic():
            reader.save()
            if email:  # whoever makes the account vouches for the address
                EmailAddress.objects.create(user=reader, email=email, verified=True, primary=True)
    except ValidationError as error:
        raise InputError(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise InputError(_("There is an account of this name.")) from error
    return reader


def put_password(reader: Reader, password: str) -> None:
    """Give a reader a password, without saving.

    Raises:
        InputError: it is too weak, and why.
    """
    try:
        validate_password(password, reader)
    except ValidationError as error:
        raise InputError(" ".join(error.messages)) from error
    reader.set_password(password)


def _refuse_taken(reader: Reader) -> None:
    """Both can be typed at login, so neither may be somebody else's in another case."""
    if Reader.objects.filter(username__iexact=reader.username).exists():
        raise InputError(_("There is an account of this name."))
    if reader.email and Reader.objects.filter(email__iexact=reader.email).exists():
        raise InputError(_("There is an account with this e-mail address."))
