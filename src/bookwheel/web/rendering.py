"""Pieces of pages, rendered apart from a request."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.template import engines
from jinja2 import Environment, Template
from markupsafe import Markup

from bookwheel.web.jinja import url

_STAND_IN = "IDENTIFIER"


def rendered(name: str, **context: Any) -> Markup:
    """Render one of our templates; it escapes what it shows."""
    return Markup(_template(name).render(context))  # noqa: S704


@cache
def _template(name: str) -> Template:
    environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return environment.get_template(name)


def about(page: str, arxiv_id: str) -> str:
    """Give the address of a page about a paper. Django's own way takes 30 µs; a list has 100."""
    before, after = _around(page)
    return f"{before}{arxiv_id}{after}"


@cache
def _around(page: str) -> tuple[str, str]:
    before, _stand_in, after = url(page, _STAND_IN).partition(_STAND_IN)
    return before, after
