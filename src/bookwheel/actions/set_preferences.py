"""Set how the pages look to a reader."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookwheel.errors import InputError
from bookwheel.models import Reader
from bookwheel.models.reader import Density, Theme


def set_preferences(
    reader: Reader, *, density: str | None = None, theme: str | None = None
) -> None:
    """Change what is given, leave the rest.

    Raises:
        InputError: there is no such density or theme.
    """
    try:
        reader.density = Density(density or reader.density)
        reader.theme = Theme(theme or reader.theme)
    except ValueError as error:
        raise InputError(_("There is no such choice.")) from error
    reader.save(update_fields=["density", "theme"])
