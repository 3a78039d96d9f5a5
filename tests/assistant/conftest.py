from __future__ import annotations

from shelves import shelf

__all__ = ["shelf"]
