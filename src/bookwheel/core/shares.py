"""How much each signal of a taste counts, against words at 1: learned, and shipped.

`bookwheel train taste` learns them on part of the reading lists that it is given and checks them
on the others (`bench/weights.py`). Leaves out: what is learned of one reader (`taste.py`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Shares:
    """Factors in standard deviations of what words give to papers in general."""

    vector: float  # deviation of the dense side
    authors: float  # for having the very authors of every liked paper
    categories: float  # for each factor e over the share of a category in general
    years: float  # the same for years

    @staticmethod
    @cache
    def shipped() -> Shares:
        """Read the shares that come with the package, once."""
        file = resources.files("bookwheel") / "data" / "taste.json"
        return Shares(**json.loads(file.read_text()))

    def json(self) -> str:
        """The text of the file that `shipped` reads."""
        rounded = {name: float(f"{value:.3g}") for name, value in asdict(self).items()}
        return json.dumps(rounded) + "\n"
