from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bookwheel.bench import beir
from bookwheel.bench.inputs import Question
from bookwheel.errors import InputError

CORPUS = (
    '{"_id": "7", "title": "Wheels", "text": "Books turn."}\n'
    '{"_id": "9", "text": "No title here."}\n'
)
QUERIES = '{"_id": "q", "text": "turning"}\n{"_id": "r", "text": "unasked"}\n'
QRELS = "query-id\tcorpus-id\tscore\nq\t7\t2\nq\t9\t0\n"


def test_the_layout_of_beir_is_read(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(CORPUS)
    (tmp_path / "queries.jsonl").write_text(QUERIES)
    for split in ("train", "test"):
        (tmp_path / "qrels" / f"{split}.tsv").write_text(QRELS)
    found = beir.read(tmp_path)
    assert found.split == "test"
    assert found.questions == [Question("q", "turning", {"7": 2.0})]
    assert found.papers.ids == ["7", "9"]
    assert list(found.papers.texts()) == ["Wheels\nBooks turn.", "\nNo title here."]


@pytest.mark.parametrize("answers", ["cited_doc_ids", "relevant"])
def test_the_layout_of_scifact_is_read(tmp_path: Path, answers: str) -> None:
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(CORPUS.encode()))
    line = f'{{"_id": "q", "text": "turning", "{answers}": ["7", 9], "evidence_doc_ids": []}}\n'
    (tmp_path / "queries_train.jsonl").write_text(line)
    found = beir.read(tmp_path)
    assert found.split == "train"
    assert found.questions == [Question("q", "turning", {"7": 1.0, "9": 1.0})]


def test_of_several_splits_one_must_be_chosen_unless_one_is_test(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text(CORPUS)
    for split, name in (("train", "a"), ("dev", "b")):
        line = f'{{"_id": "{name}", "text": "turning", "relevant": ["7"]}}\n'
        (tmp_path / f"queries_{split}.jsonl").write_text(line)
    with pytest.raises(InputError, match="--split dev or train"):
        beir.read(tmp_path)
    assert [one.name for one in beir.read(tmp_path, "dev").questions] == ["b"]


def test_a_missing_file_says_what_belongs_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"corpus\.jsonl is missing\. A collection is a folder"):
        beir.read(tmp_path)
    (tmp_path / "corpus.jsonl").write_text(CORPUS)
    with pytest.raises(InputError, match=r"queries\.jsonl is missing"):
        beir.read(tmp_path)
    (tmp_path / "queries.jsonl").write_text(QUERIES)
    with pytest.raises(InputError, match=r"test\.tsv is missing"):
        beir.read(tmp_path)


@pytest.mark.parametrize(
    ("corpus", "told"),
    [
        (CORPUS + '{"_id": "7"}', "line 3: a document before has the same _id, 7"),
        ('{"title": "Wheels"}', 'line 1: "_id" must be a text'),
        ('{"_id": "7", "text": ["a", "b"]}', 'line 1: "title" and "text" must be texts'),
    ],
)
def test_a_document_that_is_none_says_where_and_what(
    tmp_path: Path, corpus: str, told: str
) -> None:
    (tmp_path / "corpus.jsonl").write_text(corpus)
    with pytest.raises(InputError, match=told):
        beir.read(tmp_path)


@pytest.mark.parametrize(
    ("qrels", "told"),
    [
        ("q 7 1\n", "names no answer"),  # taken for headings
        ("q\t7\t1\nq\t9\n", "line 2: query, document and grade were expected"),
        ("q\t7\t1\nq\t9\tgood\n", "line 2: query, document and grade were expected"),
        ("x\t7\t1\n", "no query x"),
        ("q\t7\t0\n", "names no answer"),
    ],
)
def test_grades_that_are_none_say_where_and_what(tmp_path: Path, qrels: str, told: str) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(CORPUS)
    (tmp_path / "queries.jsonl").write_text(QUERIES)
    (tmp_path / "qrels" / "test.tsv").write_text(qrels)
    with pytest.raises(InputError, match=told):
        beir.read(tmp_path)


def test_a_question_without_answers_in_its_line_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text(CORPUS)
    (tmp_path / "queries_test.jsonl").write_text('{"_id": "q", "text": "turning"}')
    with pytest.raises(InputError, match="line 1: a list was expected under relevant or cited"):
        beir.read(tmp_path)
