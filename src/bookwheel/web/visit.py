"""A request as pages see it: behind the login there is always a reader."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from bookwheel.models import Reader


class Visit(HttpRequest):
    """For type hints only: the request of somebody who is logged in."""

    user: Reader
    htmx: HtmxDetails
