"""The API whole: its nouns, its errors, its addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

import orjson
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Router
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from bookwheel import __version__
from bookwheel.api import (
    ask,
    changes,
    conversations,
    feed,
    following,
    keys,
    library,
    lists,
    marks,
    notes,
    papers,
    passages,
    search,
    site,
    steering,
    tags,
)
from bookwheel.api.described import described, groups
from bookwheel.api.problems import handle_errors, not_found, problem

PREFIX = "api/v1/"


class _Orjson(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Days and times as RFC 3339 has them."""
        return orjson.dumps(data)


class _Parser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Refuse what JSON does not have, such as NaN, and half a surrogate pair."""
        return orjson.loads(request.body)


class _Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Noun and name: `papers_get_paper`."""
        view = operation.view_func
        return f"{view.__module__.rpartition('.')[2]}_{view.__name__}"

    def get_operation_url_name(self, operation: Operation, router: Router) -> str:
        """The same."""
        return self.get_openapi_operation_id(operation)


api = _Api(
    title="Bookwheel",
    version=__version__,
    description="Everything that the pages do, for programs.",
    docs_url=None,
    openapi_url=None,
    renderer=_Orjson(),
    parser=_Parser(),
    urls_namespace="api",
)
for _prefix, _noun in (
    ("/papers", marks),
    ("/papers", papers),
    ("/search", passages),
    ("/search", search),
    ("/lists", lists),
    ("/feed", feed),
    ("/tags", tags),
    ("", steering),
    ("", following),
    ("/notes", notes),
    ("/library", library),
    ("/ask", ask),
    ("", conversations),
    ("/changes", changes),
    ("/keys", keys),
    ("", site),
):
    api.add_router(_prefix, _noun.router)
handle_errors(api)


def _served(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view without the login page and the form's token, for keys do; nothing is sent twice."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def served(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        answer = view(request, **parts)
        patch_vary_headers(answer, ["Authorization", "Cookie"])
        if answer.status_code == 405:
            refused = problem(405, "This address does not take that method.")
            refused["Allow"] = answer["Allow"]
            return refused
        if request.method != "GET" or answer.status_code != 200 or answer.streaming:
            return answer
        assert isinstance(answer, HttpResponse)
        answer["Cache-Control"] = "private, no-cache"
        answer["ETag"] = f'"{blake2b(answer.content, digest_size=16).hexdigest()}"'
        return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer

    return served


@csrf_exempt
@login_not_required
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What is no address of the API."""
    return not_found()


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API that programs read: OpenAPI 3.1."""
    return HttpResponse(orjson.dumps(described(api)), content_type="application/json")


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    context = {"heading": "API", "groups": groups(api), "base": request.build_absolute_uri("/")}
    return render(request, "api.html", context)


def _patterns() -> list[URLPattern]:
    """One for each address; what takes a whole path stands behind what goes on after it."""
    found, _app, _name = api.urls
    views = [each for each in found if isinstance(each, URLPattern) and each.name != "api-root"]
    made = {str(each.pattern): each for each in views}
    return [
        path(PREFIX + route, _served(each.callback), name=f"api_{each.name}")
        for route, each in sorted(made.items(), key=lambda item: item[0].endswith("<path:paper>"))
    ]


urlpatterns = [
    path(PREFIX + "openapi.json", openapi, name="api_openapi"),
    path(PREFIX + "docs", documentation, name="api_docs"),
    *_patterns(),
    path(PREFIX + "<path:rest>", unknown, name="api_unknown"),
]
