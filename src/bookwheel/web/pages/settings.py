"""Settings: short, grouped, each with its effect in a sentence."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.actions.set_learning import EXPLORES
from bookwheel.models.reader import Theme
from bookwheel.web.visit import Visit
from bookwheel.web.zones import named_zones

_LINES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)


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
        "lines": [
            (f"{line:.2f}", number_format(line, 2)) for line in sorted({*_LINES, request.user.line})
        ],
        "explores": [(each, f"{each} %" if each else _("none")) for each in EXPLORES],
        "chosen_line": f"{request.user.line:.2f}",
        "zones": named_zones(),
        "languages": django_settings.LANGUAGES,
        "chosen_language": get_language(),
    }
    return render(request, "settings.html", context)
