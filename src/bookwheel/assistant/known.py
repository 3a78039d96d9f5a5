"""Which language models there are here: listed in a file, found on localhost, or a file inside.

    [[model]]
    name = "large"                    # as readers choose it
    url = "https://models.example/v1" # any server that speaks OpenAI's chat completions
    model = "some-model"
    key = "…"                         # or key_file = "/run/secrets/key"
    context = 128000                  # tokens
    sees = true                       # it can be shown figures
    price_in = 0.4                    # of a million tokens; for the sums that readers see
    price_out = 1.6

Leaves out: who may use which (`actions`), asking them (`servers.py`).
"""

from __future__ import annotations

import json
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from bookwheel.assistant import embedded
from bookwheel.assistant.models import Model
from bookwheel.assistant.servers import Place, ServedModel
from bookwheel.config import Config
from bookwheel.errors import ModelError, SettingError

LOOK = 0.3  # seconds that a server on this machine has to tell its models
KEPT = 30.0  # seconds for which what was found is believed
_SERVED = {"11434": "ollama", "8080": "llama.cpp"}  # by the port that each has unless told else
_lock = Lock()
_found: dict[str, tuple[float, tuple[Place, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """A model that can be chosen."""

    name: str
    where: str  # "listed", "found" or "inside"
    context: int
    priced: bool = False
    sees: bool = False


def known(settings: Config) -> list[Known]:
    """All models that can be chosen now.

    Raises:
        SettingError: the file that lists models cannot be used.
    """
    listed = [
        Known(one.name, "listed", one.context, bool(one.price_in or one.price_out), one.sees)
        for one in _listed(settings)
    ]
    served = [Known(one.name, "found", one.context) for one in _served(settings)]
    path = settings.model_file
    inside = [Known(embedded.name(path), "inside", embedded.CONTEXT)] if path else []
    return [*listed, *inside, *served]


def open_model(name: str, settings: Config) -> Model:
    """The model of a name.

    Raises:
        ModelError: there is none of this name, or it cannot be loaded.
        SettingError: the file that lists models cannot be used.
    """
    for place in _listed(settings):
        if place.name == name:
            return ServedModel(place)
    path = settings.model_file
    if path and embedded.name(path) == name:
        return embedded.load(path)
    for place in _served(settings):
        if place.name == name:
            return ServedModel(place)
    names = ", ".join(one.name for one in known(settings)) or "none"
    raise ModelError(f"There is no model “{name}” here. There are: {names}.", "unknown")


def _listed(settings: Config) -> list[Place]:
    path = settings.models or settings.data / "models.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if settings.models:
            raise SettingError(f"BOOKWHEEL_MODELS names {path}, which is not there.") from None
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} cannot be read: {error}.") from error
    try:
        return [_place(entry) for entry in tomllib.loads(text).get("model", [])]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, OSError) as error:
        raise SettingError(
            f"{path} cannot be used: {error}. docs/asking.md has its format."
        ) from error


def _place(entry: dict[str, Any]) -> Place:
    wrong = set(entry) - {
        "name",
        "url",
        "model",
        "key",
        "key_file",
        "context",
        "price_in",
        "price_out",
        "wait",
        "sees",
    }
    if wrong:
        raise ValueError(f"nothing is called {', '.join(sorted(wrong))}")
    key = entry.get("key", "")
    if "key_file" in entry:
        key = Path(entry["key_file"]).read_text(encoding="utf-8").strip()
    url = str(entry["url"]).rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{url} is no address of a server")
    return Place(
        name=str(entry.get("name") or entry["model"]),
        url=url,
        model=str(entry["model"]),
        key=str(key),
        context=int(entry.get("context", 8192)),
        price_in=float(entry.get("price_in", 0)),
        price_out=float(entry.get("price_out", 0)),
        wait=float(entry.get("wait", 120)),
        sees=entry.get("sees", False) is True,
    )


def _served(settings: Config) -> Iterator[Place]:
    for address in settings.model_servers:
        yield from _at(address.rstrip("/"))


def _at(address: str) -> tuple[Place, ...]:
    """Models of a server on this machine; none if there is no server."""
    with _lock:
        held = _found.get(address)
        if held and time.monotonic() - held[0] < KEPT:
            return held[1]
        places = _ask(address)
        _found[address] = (time.monotonic(), places)
        return places


def _ask(address: str) -> tuple[Place, ...]:
    port = address.rpartition(":")[2]
    kind = _SERVED.get(port, "server")
    try:
        with urllib.request.urlopen(f"{address}/v1/models", timeout=LOOK) as answer:  # noqa: S310
            entries = json.load(answer)["data"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return tuple(_offered(kind, address, entry) for entry in entries if entry.get("id"))


def _offered(kind: str, address: str, entry: dict[str, Any]) -> Place:
    meta = entry.get("meta") or {}
    context = int(meta.get("n_ctx") or meta.get("n_ctx_train") or 4096)
    model = str(entry["id"])
    name = f"{kind}/{model.rpartition('/')[2].removesuffix('.gguf')}"
    return Place(name, f"{address}/v1", model, context=context, counts=kind == "llama.cpp")
