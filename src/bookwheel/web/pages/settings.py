"""Settings: short, grouped, each with its effect in a sentence."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.models.reader import Theme
from bookwheel.web.visit import Visit


@require_safe
def settings(request: Visit) -> HttpResponse:
    """Show them."""
    context = {
        "densities": [
            ("titles", _("Titles"), _("One line for each paper, for days with many.")),
            (
                "sentences",
                _("Titles with a key sentence"),
                _("The sentence that says what is new."),
            ),
            ("cards", _("Full cards"), _("The whole abstract of each paper.")),
        ],
        "themes": [(theme.value, theme.label) for theme in Theme],
        "languages": django_settings.LANGUAGES,
        "chosen_language": get_language(),
    }
    return render(request, "settings.html", context)
