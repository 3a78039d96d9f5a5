"""Files that people judge rankings with: reading lists, and questions with their answers.

Leaves out: whether the papers are held here (`recommend.py`, `search.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from bookwheel.arxiv.lines import Problem, read
from bookwheel.core.papers import ArxivId
from bookwheel.errors import IdentifierError, InputError


@dataclass(frozen=True)
class Question:
    """A text and what answers it: identifiers with their grades, 1 where there are none."""

    name: str
    text: str
    relevant: Mapping[str, float]


def reading_lists(path: Path) -> dict[str, tuple[str, ...]]:
    """Lists of identifiers by their names: `{"name": ["1706.03762", ...]}`.

    In place of a list an object may stand that has one under "ids".

    Raises:
        InputError: the file cannot be read, or is something else.
    """
    try:
        lists = orjson.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except orjson.JSONDecodeError as error:
        raise InputError(f"{path} is not JSON: {error}.") from error
    if not isinstance(lists, dict) or not lists:
        raise InputError(f'{path}: an object was expected, {{"name of a list": [identifiers]}}.')
    return {name: _identifiers(f"{path}, list “{name}”", held) for name, held in lists.items()}


def _identifiers(where: str, held: Any) -> tuple[str, ...]:
    ids = held.get("ids") if isinstance(held, dict) else held
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise InputError(f'{where}: a list of identifiers was expected, or one under "ids".')
    try:
        return tuple(dict.fromkeys(ArxivId.parse(one).base for one in ids))
    except IdentifierError as error:
        raise InputError(f"{where}: {error}") from error


def questions(path: Path) -> list[Question]:
    """Questions, one JSON object a line: `_id`, `text`, and `relevant`, a list of identifiers.

    Raises:
        InputError: the file cannot be read, or a line is something else.
    """
    return asked(path, lambda where, record: _answers(where, record.get("relevant")))


def _answers(where: str, held: Any) -> tuple[str, ...]:
    return _identifiers(f'{where}, "relevant"', held)


def asked(path: Path, answers: Callable[[str, Mapping[str, Any]], Iterable[str]]) -> list[Question]:
    """Questions of a file; `answers` finds what answers one in its record.

    Raises:
        InputError: the file cannot be read, or a line is something else.
    """
    found: dict[str, Question] = {}
    for where, record in records(path):
        name = text_in(record, "_id", where)
        if name in found:
            raise InputError(f"{where}: a question before has the same _id, {name}.")
        relevant = dict.fromkeys(answers(where, record), 1.0)
        found[name] = Question(name, text_in(record, "text", where), relevant)
    return list(found.values())


def records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON objects of a file with one a line, and the place of each; packed or plain.

    Raises:
        InputError: the file cannot be read or holds none, or a line is something else.
    """
    empty = True
    for where, line in lines(path):
        empty = False
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise InputError(f"{where}: not JSON: {error}.") from error
        if not isinstance(record, dict):
            raise InputError(f"{where}: a JSON object was expected.")
        yield where, record
    if empty:
        raise InputError(f"{path} is empty: one JSON object a line was expected.")


def lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """The lines of a file that are not blank, each with its place; packed or plain.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            for item in read(file):
                if isinstance(item, Problem):
                    raise InputError(f"{path}, line {item.line:,}: {item.reason}.")
                yield f"{path}, line {item[0]:,}", item[1]
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def text_in(record: Mapping[str, Any], key: str, where: str) -> str:
    """A field that must be a text that is not blank; a number is taken as its digits.

    Raises:
        InputError: it is not there, or is something else.
    """
    value = record.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f'{where}: "{key}" must be a text that is not empty.')
    return value
