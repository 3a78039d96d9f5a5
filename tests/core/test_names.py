from __future__ import annotations

import pytest

from bookwheel.core.names import may_be_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Sutskever", "Ilya"), ("Sutskever", "I.")),
        (("Tolkien", "J. R. R."), ("Tolkien", "John")),
        (("Tolkien", "John Ronald"), ("Tolkien", "J. Ronald R.")),
        (("Schölkopf", "Bernhard"), ("Scholkopf", "Bernhard")),
        (("van den Oord", "Aäron"), ("van den Oord", "Aaron")),
        (("Bourbaki", ""), ("Bourbaki", "")),
    ],
)
def test_spellings_of_one_person(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert may_be_same(one, other)
    assert may_be_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Wang", "Yi"), ("Wang", "Ying")),
        (("Wang", "Yi"), ("Wang", "X.")),
        (("Tolkien", "John Ronald"), ("Tolkien", "John Peter")),
        (("Curie", "Marie"), ("Currie", "Marie")),
        (("Bourbaki", ""), ("Bourbaki", "N.")),
    ],
)
def test_different_people(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not may_be_same(one, other)
    assert not may_be_same(other, one)
