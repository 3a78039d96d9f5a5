"""Questions suggested next read as questions, or are not suggested."""

from __future__ import annotations

from datetime import date

import pytest

from bookwheel.assistant.following import follow_ups
from bookwheel.assistant.questions import understand


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What limits sparse attention?", "What is new on sparse attention this month?"),
        ("Who works on gravitational waves?", "What is new on gravitational waves this month?"),
        ("Compare dropout and batch normalization", "dropout and batch normalization"),
        ("What is said in it?", ""),
        ("How does it compare to what they did before?", ""),
    ],
)
def test_suggestions(question: str, first: str) -> None:
    told = follow_ups(understand(question, today=date(2026, 1, 1)))
    assert first in told[0] if first else told == ()
