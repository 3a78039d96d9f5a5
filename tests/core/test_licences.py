from __future__ import annotations

import pytest

from bookwheel.core.licences import may_show

CC = "http://creativecommons.org/"


@pytest.mark.parametrize(
    ("licence", "is_open", "is_cc"),
    [
        (f"{CC}licenses/by/4.0/", True, True),
        (f"{CC}licenses/by-sa/4.0/", True, True),
        (f"{CC}publicdomain/zero/1.0/", True, True),
        (f"{CC}licenses/publicdomain/", True, True),
        (f"{CC}licenses/by-nc-sa/4.0/", False, True),
        (f"{CC}licenses/by-nc-nd/4.0/", False, True),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", False, False),
        ("http://evil.example/creativecommons.org/licenses/by/4.0/", False, False),
        ("", False, False),
    ],
)
def test_who_may_show_what(licence: str, is_open: bool, is_cc: bool) -> None:
    assert may_show(licence, "open") == is_open
    assert may_show(licence, "creative-commons") == is_cc
    assert may_show(licence, "all")
