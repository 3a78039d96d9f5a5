"""What `bookwheel bench search` and `bookwheel bench beir` have in common: asking and printing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bookwheel.bench import finders
from bookwheel.bench.indexes import opened
from bookwheel.bench.inputs import Question
from bookwheel.bench.papers import Papers
from bookwheel.bench.search import Searching, answerable
from bookwheel.cli.bench_display import display, finish, follow, remark
from bookwheel.core.encoder import Encoder
from bookwheel.errors import InputError


def ask(
    questions: Sequence[Question],
    papers: Papers,
    *,
    methods: Sequence[str],
    rerank: bool,
    encoder: Path | None,
    as_json: bool,
) -> None:
    """Ask all questions and print how well each method answers.

    Raises:
        InputError: none can be answered from these papers.
    """
    asked = answerable(questions, papers)
    _tell_of_missing(asked.left_out, asked.missing, len(questions), len(papers))
    if not asked.questions:
        raise InputError("No question has an answer that is held here. Add papers with --papers.")
    _tell_of_signs([question.text for question in asked.questions])
    names = [*methods, finders.RERANK] if rerank else methods
    made = Encoder.load(encoder) if encoder else None
    with display() as tell, opened(papers, tell, encoder=made) as engine:
        ready = finders.finders(names, engine, papers, tell)
        run = Searching(ready, papers, left_out=asked.left_out)
        stopped = follow("asking", run.run(asked.questions), len(asked.questions), tell)
    finish(run.rows(), as_json=as_json, stopped=stopped)


def _tell_of_missing(left_out: int, missing: int, questions: int, papers: int) -> None:
    remark(f"{questions:,} questions over {papers:,} papers.")
    if missing:
        remark(
            f"{missing:,} answers are not held and not looked for; {left_out:,} questions have no "
            "other and are left out."
        )


def _tell_of_signs(texts: Sequence[str]) -> None:
    searches = [finders.read(text) for text in texts]
    conditions = sum(search.required is not None for search, _ in searches)
    unreadable = sum(plain for _, plain in searches)
    if conditions:
        remark(f"{conditions:,} hold brackets or other signs that a search takes for conditions.")
    if unreadable:
        remark(f"{unreadable:,} cannot be read by a search as they are: their words are taken.")
