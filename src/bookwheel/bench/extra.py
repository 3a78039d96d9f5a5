"""Libraries that only the bench uses: loaded when needed, and named when they are not there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from bookwheel.errors import InputError


def load(module: str) -> Any:
    """Import a module of the extra `[bench]`.

    Raises:
        InputError: it is not installed; the message says how to install it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        name = module.partition(".")[0]
        if error.name != name:  # it is there, and something in it is broken
            raise
        raise InputError(
            f"This needs {name}, which is not installed. Run: pip install 'bookwheel[bench]'"
        ) from error
