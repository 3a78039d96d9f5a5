"""Set how the pages look to a reader, where the reader is, and what is for them."""

from __future__ import annotations

import zoneinfo

from django.utils.translation import gettext as _

from bookwheel.errors import InputError
from bookwheel.models import Reader
from bookwheel.models.reader import Density, Theme


def set_preferences(
    reader: Reader,
    *,
    density: str | None = None,
    theme: str | None = None,
    time_zone: str | None = None,
    line: str | None = None,
    figures: bool | None = None,
) -> None:
    """Change what is given, leave the rest. An empty time zone is the browser's own.

    Raises:
        InputError: there is no such choice.
    """
    try:
        reader.density = Density(density or reader.density)
        reader.theme = Theme(theme or reader.theme)
        reader.line = reader.line if line is None else _line(line)
    except ValueError as error:
        raise InputError(_("There is no such choice.")) from error
    reader.figures = reader.figures if figures is None else figures
    if time_zone is not None:
        if time_zone and time_zone not in zoneinfo.available_timezones():
            raise InputError(_("There is no such time zone."))
        reader.time_zone = time_zone
    reader.save(update_fields=["density", "theme", "time_zone", "line", "figures"])


def _line(text: str) -> float:
    """A chance between 0 and 1, to hundredths."""
    line = round(float(text), 2)
    if not 0 <= line <= 1:
        raise ValueError(text)
    return line
