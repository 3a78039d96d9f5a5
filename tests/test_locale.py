"""Catalogues have every string of the interface, whole and compiled; pages are read in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import catalogue
from people import Person

each_catalogue = pytest.mark.parametrize(
    "path", catalogue.catalogues(), ids=lambda path: path.parts[-3]
)
PLACE = re.compile(r"%\((\w+)\)[sd]")


@each_catalogue
def test_all_strings_are_there(path: Path) -> None:
    """`make locale` adds new ones and drops old ones; then they want translating."""
    there = {(message.context, message.id) for message in catalogue.read(path) if message.id}
    marked = {(message.context, message.id) for message in catalogue.extracted() if message.id}
    assert (marked - there, there - marked) == (set(), set())


@each_catalogue
def test_all_strings_are_translated(path: Path) -> None:
    assert [message.id for message in catalogue.read(path) if not all_forms(message.string)] == []


def all_forms(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


@each_catalogue
def test_places_are_kept(path: Path) -> None:
    """A translation fills in what the original fills in, and nothing else."""
    for message in catalogue.read(path):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        known = {place for text in ids for place in PLACE.findall(text)}
        for text in strings:
            assert set(PLACE.findall(text)) <= known, message.id


@each_catalogue
def test_compiled_files_are_in_step(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == catalogue.compiled(catalogue.read(path))


def test_chinese_is_one_of_the_languages(alice: Person) -> None:
    assert "zh_Hans" in [path.parts[-3] for path in catalogue.catalogues()]
    page = alice.client.get("/help", headers={"accept-language": "zh-hans"}).text
    assert '<html lang="zh-hans"' in page
    assert "键盘" in page
