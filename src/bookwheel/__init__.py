"""Bookwheel: a self-hosted reading room for arXiv that learns what you want to read.

The public names are imported on first use, and importing this package imports no Django.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"
__all__ = ["ArxivId", "BookwheelError", "Paper", "Wheel", "open"]

if TYPE_CHECKING:
    from bookwheel.core.papers import ArxivId, Paper
    from bookwheel.errors import BookwheelError
    from bookwheel.notebook import Wheel, open

_HOME = {
    "ArxivId": "bookwheel.core.papers",
    "BookwheelError": "bookwheel.errors",
    "Paper": "bookwheel.core.papers",
    "Wheel": "bookwheel.notebook",
    "open": "bookwheel.notebook",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'bookwheel' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
