"""The desk of the API's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from people import Person

if TYPE_CHECKING:
    from bookwheel.models import Paper
    from desks import Desk


@pytest.fixture
def desk(alice: Person, library: list[Paper]) -> Desk:
    from desks import furnished

    translation.activate("en")
    return furnished(alice, library)
