"""What a form sent, checked before it is used. What no form of ours sends is refused."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookwheel.errors import InputError
from bookwheel.web.visit import Visit

_DIGITS = 18  # of the longest number that databases hold; Python refuses to read very long ones


def posted(request: Visit, name: str) -> str:
    """A value that must be there. Raises InputError."""
    value = request.POST.get(name, "")
    if not value:
        raise _incomplete()
    return value


def posted_number(request: Visit, name: str) -> int:
    """A value that must be a number. Raises InputError."""
    return number(posted(request, name))


def number(text: str) -> int:
    """The number of a thing, as a form writes it. Raises InputError."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise _incomplete()
    return int(text)


def _incomplete() -> InputError:
    return InputError(_("The form is not complete. Reload the page and try again."))
