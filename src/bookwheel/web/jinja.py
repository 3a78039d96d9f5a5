"""The environment of our templates: escaping always on, translation, addresses."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone, translation
from jinja2 import Environment, StrictUndefined

from bookwheel import __version__
from bookwheel.config import config
from bookwheel.core.paper_ids import home_of

static = lru_cache(maxsize=256)(static)


def date_and_time(moment: datetime) -> str:
    """12 Nov 2026 18:05, as the reader's language writes a date, in the reader's time zone."""
    here = timezone.localtime(moment)
    day = formats.date_format(here, translation.pgettext("date format", "j M Y"))
    return f"{day} {here:%H:%M}"


def day(one: date) -> str:
    """Write a day as everywhere on the site: 12 Nov 2026."""
    return formats.date_format(one, translation.pgettext("date format", "j M Y"))


def grouped(number: int) -> str:
    """12,345, as the reader's language groups digits."""
    return str(formats.number_format(number, use_l10n=True, force_grouping=True))


@lru_cache(maxsize=16384)
def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Give the address of a page by its name in `urls.py`; remembered, because lists ask often."""
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> Environment:
    """Make the environment that `TEMPLATES` names."""
    options |= {"autoescape": True, "undefined": StrictUndefined, "cache_size": 400}
    made = Environment(  # noqa: S701  (autoescape is in the options)
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.filters.update(date_and_time=date_and_time, day=day, grouped=grouped)
    made.globals.update(
        url=url,
        static=static,
        version=__version__,
        language=translation.get_language,
        home=home_of,
        sends_mail=lambda: bool(config().smtp_host),
    )
    return made
