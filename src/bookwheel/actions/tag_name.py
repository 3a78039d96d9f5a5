"""What a tag may be called."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from bookwheel.errors import InputError, NameTakenError
from bookwheel.models import Reader, Tag
from bookwheel.queries.tags import tag_named

LONGEST = 64
# Letters and signs of all scripts are welcome. Not welcome: control characters, line breaks, and
# what turns the direction of the text around it.
_UNWELCOME = {"Cc", "Cs", "Zl", "Zp"}
_DIRECTION = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_name(text: str) -> str:
    """Trim a name, fold its white space and its Unicode form (NFC).

    A name is part of an address, hence no slashes and not only dots.

    Raises:
        InputError: it cannot be a name, with the reason.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(unicodedata.category(letter)[0] not in "CZ" for letter in name):
        raise InputError(_("A tag needs a name."))
    if len(name) > LONGEST:
        raise InputError(
            _("A tag's name can have at most %(count)d characters.") % {"count": LONGEST}
        )
    if "/" in name or "\\" in name or not name.strip("."):
        raise InputError(_("A tag's name cannot contain slashes or be only dots."))
    if any(unicodedata.category(letter) in _UNWELCOME or letter in _DIRECTION for letter in name):
        raise InputError(_("A tag's name cannot contain control characters."))
    return name


def free_name(reader: Reader, text: str, *, besides: Tag | None = None) -> str:
    """Clean a name and make sure that no other tag of the reader has it, in whatever case.

    Raises:
        InputError: it cannot be a name.
        NameTakenError: another tag has it.
    """
    name = clean_name(text)
    other = tag_named(reader, name)
    if other and other != besides:
        raise NameTakenError(_("You already have a tag called “%(name)s”.") % {"name": other.name})
    return name
