"""What a figure can be. Leaves out: telling which it is (`content/figures.py`)."""

from __future__ import annotations

from enum import StrEnum


class FigureKind(StrEnum):
    """What a figure is."""

    PLOT = "plot"
    DIAGRAM = "diagram"
    PHOTOGRAPH = "photograph"
    TABLE = "table"
    SCREENSHOT = "screenshot"
    MAP = "map"
