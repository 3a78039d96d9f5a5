from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.wishes import wishes


@pytest.mark.parametrize(
    ("sentence", "wanted", "unwanted"),
    [
        ("interested in graph learning but not molecules", "graph learning", "molecules"),
        ("I am interested in radium, not in polonium.", "radium", "polonium"),
        ("Papers about speech. But not speakers; also music", "speech music", "speakers"),
        ("learning without labels", "learning without labels", ""),
        ("no free lunch", "no free lunch", ""),
        ("robots rather than cars, except for legged ones", "robots", "cars legged ones"),
        ("not politics", "", "politics"),
        ("", "", ""),
    ],
)
def test_what_is_wanted_and_what_is_not(sentence: str, wanted: str, unwanted: str) -> None:
    assert wishes(sentence) == (wanted, unwanted)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    wanted, unwanted = wishes(text)
    assert len(wanted) + len(unwanted) <= len(text)
