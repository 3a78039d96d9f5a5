"""A page read in another language leaves it behind in the thread; each test begins in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English until a request asks for something else."""
    with translation.override("en"):
        yield
