"""Alice at a desk with something of each kind; answers are not written behind a test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from people import Person

if TYPE_CHECKING:
    from bookwheel.models import Paper
    from desks import Desk


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def desk(alice: Person, library: list[Paper], monkeypatch: pytest.MonkeyPatch) -> Desk:
    from bookwheel.web import writing
    from desks import furnished

    # Another thread would see another database.
    monkeypatch.setattr(writing, "start", lambda told: None)
    return furnished(alice, library)
