"""Random: a shuffle of all papers that its address repeats."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.queries import lists
from bookwheel.web.choices import changed, read_choices
from bookwheel.web.listing import show_list
from bookwheel.web.visit import Visit

_SEEDS = 1_000_000


@require_safe
def random(request: Visit) -> HttpResponse:
    """Show the shuffle of the seed in the address; without one, draw a seed."""
    seed = request.GET.get("seed", "")
    if not (seed.isascii() and seed.isdigit() and int(seed[:9]) < _SEEDS):
        return redirect(changed(request, seed=secrets.randbelow(_SEEDS)))
    choices = read_choices(request.GET)
    listing = lists.random(request.user, choices, int(seed))
    return show_list(request, listing, choices, heading=_("Random"), shuffle=True)
