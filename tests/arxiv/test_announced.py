from __future__ import annotations

from datetime import date

import pytest

from bookwheel.arxiv.announced import Announced, read
from bookwheel.errors import InputError

DAY = date(2026, 5, 12)


def test_a_list_is_of_new_papers_and_an_object_says_of_which() -> None:
    assert read(b'{"2026-05-12": ["2605.1", "2605.2"]}') == [
        Announced("2605.1", DAY, "new"),
        Announced("2605.2", DAY, "new"),
    ]
    assert read(b'{"2026-05-12": {"replace-cross": ["math/0309136"], "new": []}}') == [
        Announced("math/0309136", DAY, "replace-cross")
    ]
    assert read(b"{}") == []


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"[]", "not a JSON object"),
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b'{"yesterday": []}', "“yesterday” is not a day"),
        (b'{"2026-05-12": "2605.1"}', "not a list of identifiers"),
        (b'{"2026-05-12": [1]}', "not a list of identifiers"),
        (b'{"2026-05-12": {"withdrawn": []}}', "none of: new, cross"),
    ],
)
def test_what_is_no_such_file_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(raw)
