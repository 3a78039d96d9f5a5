"""Collections with a corpus of their own, as BEIR lays them out.

    corpus.jsonl            {"_id", "title", "text"} a line
    queries.jsonl           {"_id", "text"} a line
    qrels/SPLIT.tsv         query, document, grade, parted by tabs, under a line of headings

In place of the last two there may be queries_SPLIT.jsonl, whose lines name what answers them as
"cited_doc_ids" (SciFact) or "relevant". Any file may be packed, `.gz` or `.zst`.
Leaves out: searching (`search.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookwheel.bench.inputs import Question, asked, lines, records, text_in
from bookwheel.bench.papers import Papers, collection
from bookwheel.errors import InputError
from bookwheel.index.writer import IndexedPaper

DEFAULT = "test"
_PACKED = ("", ".gz", ".zst")
_ANSWERS = ("relevant", "cited_doc_ids")


@dataclass(frozen=True)
class Collection:
    """Documents, and the questions of one split."""

    papers: Papers
    questions: list[Question]
    split: str


def read(folder: Path, split: str | None = None) -> Collection:
    """Read a collection; without `split` the test split, or the only one there is.

    Raises:
        InputError: a file is missing, or a line of it is not what it should be.
    """
    documents = _documents(_file(folder, "corpus.jsonl"))
    split = split or _only(folder)
    own = _found(folder, f"queries_{split}.jsonl")
    questions = asked(own, _answers) if own else _by_grades(folder, split)
    return Collection(collection(documents), questions, split)


def _found(folder: Path, name: str) -> Path | None:
    return next((path for end in _PACKED if (path := folder / f"{name}{end}").is_file()), None)


def _file(folder: Path, name: str) -> Path:
    path = _found(folder, name)
    if path is None:
        raise InputError(
            f"{folder / name} is missing. A collection is a folder with corpus.jsonl, and "
            "queries.jsonl and qrels/SPLIT.tsv or queries_SPLIT.jsonl."
        )
    return path


def _only(folder: Path) -> str:
    names = [path.name.partition(".")[0] for path in sorted(folder.glob("qrels/*.tsv*"))]
    own = sorted(folder.glob("queries_*.jsonl*"))
    names += [path.name.partition(".")[0].removeprefix("queries_") for path in own]
    if DEFAULT in names or not names:
        return DEFAULT
    if len(names) > 1:
        raise InputError(f"{folder} has several splits. Choose one: --split {' or '.join(names)}.")
    return names[0]


def _documents(path: Path) -> list[IndexedPaper]:
    made: dict[str, IndexedPaper] = {}
    for number, (where, record) in enumerate(records(path), 1):
        name = text_in(record, "_id", where)
        if name in made:
            raise InputError(f"{where}: a document before has the same _id, {name}.")
        made[name] = _document(number, name, record, where)
    return list(made.values())


def _document(number: int, name: str, record: Mapping[str, Any], where: str) -> IndexedPaper:
    title, text = record.get("title") or "", record.get("text") or ""
    if not isinstance(title, str) or not isinstance(text, str):
        raise InputError(f'{where}: "title" and "text" must be texts.')
    return IndexedPaper(
        number=number,
        changed=number,
        arxiv_id=name,
        title=title,
        abstract=text,
        authors=(),
        categories="",
        day=0,
        replaced=False,
    )


def _answers(where: str, record: Mapping[str, Any]) -> list[str]:
    answers = next((record[key] for key in _ANSWERS if key in record), None)
    if not isinstance(answers, list):
        raise InputError(f"{where}: a list was expected under {' or '.join(_ANSWERS)}.")
    return [str(answer) for answer in answers]


def _by_grades(folder: Path, split: str) -> list[Question]:
    texts = {
        text_in(record, "_id", where): text_in(record, "text", where)
        for where, record in records(_file(folder, "queries.jsonl"))
    }
    path = _file(folder, f"qrels/{split}.tsv")
    grades = _grades(path)
    unknown = sorted(grades.keys() - texts.keys())
    if unknown:
        raise InputError(f"{path}: queries.jsonl has no query {unknown[0]}.")
    return [Question(name, texts[name], graded) for name, graded in grades.items()]


def _grades(path: Path) -> dict[str, dict[str, float]]:
    """What answers each query, with grades above 0."""
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    for number, (where, line) in enumerate(lines(path)):
        fields = line.decode(errors="replace").strip().split("\t")
        if number == 0 and not _is_number(fields[-1]):  # headings
            continue
        if len(fields) != 3 or not _is_number(fields[2]):
            raise InputError(f"{where}: query, document and grade were expected, parted by tabs.")
        if float(fields[2]) > 0:
            grades[fields[0]][fields[1]] = float(fields[2])
    if not grades:
        raise InputError(f"{path} names no answer.")
    return grades


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False
