from __future__ import annotations

import json
from pathlib import Path

import pytest
import zstandard

from bookwheel.bench import inputs
from bookwheel.bench.inputs import Question
from bookwheel.errors import InputError


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_lists_may_be_bare_or_hold_ids_and_name_papers_in_any_way(tmp_path: Path) -> None:
    given = {
        "bare": ["1706.03762v3", "https://arxiv.org/abs/1706.03762", "hep-th/9901001"],
        "full": {"kind": "topic", "source": "somebody", "ids": ["arXiv:1810.04805"]},
    }
    path = write(tmp_path / "lists.json", json.dumps(given))
    assert inputs.reading_lists(path) == {
        "bare": ("1706.03762", "hep-th/9901001"),
        "full": ("1810.04805",),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "lists.json is not JSON"),
        ("[]", "lists.json: an object was expected"),
        ("{}", "lists.json: an object was expected"),
        ('{"mine": 3}', "list “mine”: a list of identifiers was expected"),
        ('{"mine": {"papers": []}}', "list “mine”: a list of identifiers was expected"),
        ('{"mine": [1706.03762]}', "list “mine”: a list of identifiers was expected"),
        ('{"mine": ["attention"]}', "list “mine”: .*attention"),
    ],
)
def test_a_file_of_lists_that_is_none_says_where_and_what(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        inputs.reading_lists(write(tmp_path / "lists.json", text))


def test_questions_are_read_plain_or_packed(tmp_path: Path) -> None:
    text = (
        '{"_id": "a", "text": "Who?", "relevant": ["1706.03762v1", "1706.03762"], "source": "x"}\n'
        '\n{"_id": 2, "text": "Why?", "relevant": []}'
    )
    expected = [Question("a", "Who?", {"1706.03762": 1.0}), Question("2", "Why?", {})]
    assert inputs.questions(write(tmp_path / "questions.jsonl", text)) == expected
    packed = tmp_path / "questions.jsonl.zst"
    packed.write_bytes(zstandard.compress(text.encode()))
    assert inputs.questions(packed) == expected


GOOD = '{"_id": "a", "text": "Who?", "relevant": []}\n'


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: not JSON"),
        ("[1]", "line 2: a JSON object was expected"),
        ('{"text": "Who?", "relevant": []}', 'line 2: "_id" must be a text'),
        ('{"_id": "b", "text": " ", "relevant": []}', 'line 2: "text" must be a text'),
        ('{"_id": "b", "text": "Who?"}', 'line 2, "relevant": a list of identifiers'),
        ('{"_id": "b", "text": "Who?", "relevant": ["no"]}', 'line 2, "relevant": .*no'),
        (GOOD, "line 2: a question before has the same _id, a"),
    ],
)
def test_a_line_that_is_no_question_says_where_and_what(
    tmp_path: Path, line: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        inputs.questions(write(tmp_path / "questions.jsonl", GOOD + line))


def test_files_that_are_empty_or_not_there_or_damaged_say_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is empty"):
        inputs.questions(write(tmp_path / "questions.jsonl", "\n"))
    with pytest.raises(InputError, match="cannot be read: No such file"):
        inputs.questions(tmp_path / "nowhere.jsonl")
    with pytest.raises(InputError, match="cannot be read: No such file"):
        inputs.reading_lists(tmp_path / "nowhere.json")
    cut = tmp_path / "cut.jsonl.zst"
    cut.write_bytes(zstandard.compress(GOOD.encode())[:-4])
    with pytest.raises(InputError, match="line 1: the file is damaged"):
        inputs.questions(cut)
