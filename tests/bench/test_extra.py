from __future__ import annotations

import sys

import pytest

from bookwheel.bench.extra import load
from bookwheel.errors import InputError


def test_what_is_installed_is_loaded() -> None:
    assert load("json.decoder") is sys.modules["json.decoder"]


@pytest.mark.parametrize("module", ["not_there_at_all", "not_there_at_all.deep"])
def test_what_is_missing_is_named_with_its_cure(module: str) -> None:
    with pytest.raises(InputError, match="needs not_there_at_all.*pip install 'bookwheel"):
        load(module)


def test_what_is_broken_inside_is_not_called_missing() -> None:
    with pytest.raises(ModuleNotFoundError, match="missing_part"):
        load("json.missing_part")
