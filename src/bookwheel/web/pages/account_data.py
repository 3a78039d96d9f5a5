"""A copy of everything that is the reader's, to take away."""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from bookwheel.queries.own_data import own_data
from bookwheel.web.visit import Visit


@require_safe
def account_data(request: Visit) -> HttpResponse:
    """Download JSON."""
    content = orjson.dumps(own_data(request.user), option=orjson.OPT_INDENT_2)
    return HttpResponse(
        content,
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="bookwheel.json"'},
    )
