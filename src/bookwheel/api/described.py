"""The API described: as OpenAPI 3.1 for programs, in groups for the page and for docs/api.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE

from bookwheel.api.base import Problem
from bookwheel.api.problems import MEDIA_TYPE
from bookwheel.models import ApiKey

_ERRORS = {
    400: "What was asked makes no sense; `detail` says why.",
    401: "There is no key, or it is not known, or it has expired.",
    403: "The key may not do this, or a session's change came without its token.",
    404: "It is not there, or it is not yours.",
    409: "The name is taken.",
    413: "It is more than this server takes at once.",
    422: "Values are not as the schema has them; `errors` names them.",
    429: "Too much in too short a time; `Retry-After` says when to come back.",
    500: "A mistake of Bookwheel's; it is in its log.",
    503: "It cannot be done just now; `detail` says why.",
}
_METHODS = ("get", "post", "put", "patch", "delete")
_GROUPS = {
    "papers": "Papers",
    "search": "Search",
    "lists": "Lists",
    "feed": "The feed",
    "tags": "Tags",
    "following": "Following",
    "notes": "Highlights and notes",
    "library": "The library in and out",
    "ask": "Ask",
    "conversations": "Conversations",
    "changes": "Changes and undo",
    "keys": "Keys",
    "site": "The site",
}


@dataclass(frozen=True)
class Line:
    """One operation, for people."""

    method: str
    path: str
    summary: str
    scope: str  # read, write, ask, or login
    takes: tuple[tuple[str, str], ...]  # name and what it says, of parameters and fields
    gives: str


@lru_cache(maxsize=1)
def described(api: NinjaAPI) -> dict[str, Any]:
    """The whole description."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    problem = Problem.model_json_schema(ref_template=REF_TEMPLATE)
    made["components"]["schemas"] |= problem.pop("$defs", {}) | {"Problem": problem}
    made["components"]["responses"] = {str(code): _error(text) for code, text in _ERRORS.items()}
    _secured(made)
    for _path, _method, operation in _operations(made):
        operation["summary"], _dot, _rest = operation["description"].partition(".")
        for code in _ERRORS:
            operation["responses"].setdefault(code, {"$ref": f"#/components/responses/{code}"})
        operation["responses"] = {str(code): each for code, each in operation["responses"].items()}
    made["servers"] = [{"url": "/"}]
    return made


def _secured(made: dict[str, Any]) -> None:
    """One scheme for keys, with the scope that each operation needs."""
    schemes = made["components"]["securitySchemes"]
    scopes = {f"{scope.title()}Key": scope for scope in ApiKey.Scope.values}
    schemes["key"] = next(schemes.pop(name) for name in [*scopes] if name in schemes)
    for _path, _method, operation in _operations(made):
        names = [name for need in operation["security"] for name in need]
        scope = next((scopes[name] for name in names if name in scopes), "")
        key: list[dict[str, list[str]]] = [{"key": [scope]}] if scope else []
        operation["security"] = [*key, {"Session": []}]
        operation["x-scope"] = scope or "login"
    for name in scopes:
        schemes.pop(name, None)


def _error(text: str) -> dict[str, Any]:
    reference = {"$ref": REF_TEMPLATE.format(model="Problem")}
    return {"description": text, "content": {MEDIA_TYPE: {"schema": reference}}}


def _operations(made: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operations[method])
        for path, operations in made["paths"].items()
        for method in _METHODS
        if method in operations
    ]


def groups(api: NinjaAPI) -> list[tuple[str, list[Line]]]:
    """All operations by noun."""
    made = described(api)
    found: dict[str, list[Line]] = {name: [] for name in _GROUPS}
    for path, method, operation in _operations(made):
        found[operation["tags"][0]].append(_line(made, path, method, operation))
    return [(_GROUPS[name], lines) for name, lines in found.items()]


def _line(made: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> Line:
    given = next(each for code, each in operation["responses"].items() if code < "300")
    kinds = given.get("content", {})
    schema = kinds.get("application/json", {}).get("schema", {})
    return Line(
        method=method.upper(),
        path=path,
        summary=operation["description"],
        scope=operation["x-scope"],
        takes=tuple(_takes(made, operation)),
        gives=_named(schema) or ", ".join(kinds),
    )


def _takes(made: Mapping[str, Any], operation: Mapping[str, Any]) -> list[tuple[str, str]]:
    taken = [
        (each["name"], each.get("description", ""))
        for each in operation.get("parameters", ())
        if each["in"] == "query"
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if name := _named(body.get("schema", {})):
        fields = made["components"]["schemas"][name]["properties"]
        taken += [(field, told.get("description", "")) for field, told in fields.items()]
    return taken


def _named(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
