"""Import papers from dumps: read, choose, store, batch by batch.

Can be stopped or killed anywhere and run again. Bad lines are counted and written to a report.
Leaves out: the index (`follow_import.py`) and what is shown meanwhile (`cli/import_papers.py`).
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import orjson
from django.db.models import Max

from bookwheel.actions.explain_disk import explained
from bookwheel.actions.remember_position import Position
from bookwheel.actions.report_bad_records import Report
from bookwheel.actions.store_papers import Row, fingerprints, row_of, store_papers
from bookwheel.arxiv import snapshot
from bookwheel.arxiv.lines import Problem, read
from bookwheel.arxiv.selection import Selection
from bookwheel.errors import InputError
from bookwheel.models import Paper

STDIN = "-"
BATCH = 2000  # lines of a transaction: long enough to be cheap, short enough to let others write
BATCH_BYTES = 16 << 20

Line = tuple[int, bytes]


@dataclass
class ImportResult:
    """How many records became what; `skipped` ones were read before the import was stopped."""

    new: int = 0
    changed: int = 0
    same: int = 0
    skipped: int = 0
    filtered: int = 0
    bad: int = 0
    stopped_at: str = ""  # file and line, when it was asked to stop
    report: Path | None = None  # where the bad records are listed, if there are any
    bytes_read: int = 0  # of the files as they lie on disk

    @property
    def records(self) -> int:
        """All of them."""
        return self.new + self.changed + self.same + self.skipped + self.filtered + self.bad


def import_papers(
    sources: Sequence[str | Path],
    *,
    chosen: Selection | None = None,
    announced: Mapping[str, date] | None = None,
    progress: Callable[[ImportResult], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> ImportResult:
    """Import dumps; `-` is standard input. `announced` gives the day of listing by identifier.

    `progress` is called and `stop` is asked after each batch.

    Raises:
        DataFolderError: the data folder cannot be written; all batches before are stored.
        InputError: a source cannot be read.
    """
    job = _Import(chosen or Selection(), announced or {})
    for source in map(str, sources):
        for line in job.run(source):
            if progress:
                progress(job.result)
            if stop():
                job.result.stopped_at = f"{source}, line {line:,}"
                return job.result
    with explained():
        job.forget()
    return job.result


class _Import:
    """One import over several sources."""

    def __init__(self, chosen: Selection, announced: Mapping[str, date]) -> None:
        self.result = ImportResult()
        self._chosen = chosen
        self._announced = announced
        self._report = Report()
        self._positions: list[Position] = []
        self._last: int = Paper.objects.aggregate(last=Max("changed"))["last"] or 0
        choice = orjson.dumps([chosen, announced], option=orjson.OPT_SORT_KEYS)
        self._choice = hashlib.sha256(choice).hexdigest()

    def run(self, source: str) -> Iterator[int]:
        """Import one source, pausing after each batch at the line reached."""
        before = self.result.bytes_read
        with _opened(source) as file:
            position = self._position(source)
            done = position.recall(self._last) if position else 0
            self.result.skipped += done
            for batch in _batches(read(file, skip=done)):
                line = _number(batch[-1])
                with explained():
                    self._store(source, batch)
                    if position:
                        position.remember(line, self._last)
                if position:
                    self.result.bytes_read = before + file.tell()
                yield line

    def forget(self) -> None:
        """All is done: the same import would begin again."""
        for position in self._positions:
            position.forget()

    def _position(self, source: str) -> Position | None:
        if not Path(source).is_file():  # standard input or a pipe: not to be read twice
            return None
        self._positions.append(Position(Path(source), self._choice))
        return self._positions[-1]

    def _store(self, source: str, batch: Sequence[Line | Problem]) -> None:
        problems = [item for item in batch if isinstance(item, Problem)]
        lines = [item for item in batch if not isinstance(item, Problem)]
        told = [(line, snapshot.fingerprint(line[1])) for line in lines]
        # With filters all must be read, to know whether they are wanted.
        rows = list(self._rows(told if self._chosen else self._unread(told), problems))
        if rows:
            stored = store_papers(rows)
            self.result.new += stored.new
            self.result.changed += stored.changed
            self.result.same += stored.same
            self._last = stored.last
        self._report.add(source, sorted(problems, key=_number))
        self.result.bad += len(problems)
        self.result.report = self._report.path

    def _unread(self, told: list[tuple[Line, int]]) -> list[tuple[Line, int]]:
        """Leave out the lines from which the stored papers were read: nothing can come of them.

        A paper that stands in a batch twice is read both times: the order of its records matters.
        """
        ids = [snapshot.stated_id(line) for (_, line), _ in told]
        known = fingerprints(ids)
        times = Counter(ids)
        unread = []
        for arxiv_id, (line, print_) in zip(ids, told, strict=True):
            stored, day = known.get(arxiv_id, (None, None))
            day_is_new = day is None and arxiv_id in self._announced
            if stored != print_ or day_is_new or times[arxiv_id] > 1:
                unread.append((line, print_))
        self.result.same += len(told) - len(unread)
        return unread

    def _rows(self, lines: Iterable[tuple[Line, int]], problems: list[Problem]) -> Iterator[Row]:
        """The wanted papers; lines that hold none are added to `problems`."""
        for (number, line), print_ in lines:
            paper = snapshot.parse(number, line)
            if isinstance(paper, Problem):
                problems.append(paper)
            elif not self._chosen.takes(paper):
                self.result.filtered += 1
            else:
                row = row_of(paper, print_)
                day = self._announced.get(paper.arxiv_id)
                yield row._replace(announced=day.isoformat()) if day else row


def _number(item: Line | Problem) -> int:
    return item.line if isinstance(item, Problem) else item[0]


def _batches(items: Iterable[Line | Problem]) -> Iterator[list[Line | Problem]]:
    """Batches of `BATCH` lines, or fewer when they are long."""
    batch, size = list[Line | Problem](), 0
    for item in items:
        batch.append(item)
        size += 0 if isinstance(item, Problem) else len(item[1])
        if len(batch) == BATCH or size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _opened(source: str) -> AbstractContextManager[io.BufferedReader]:
    """A context that gives the file, for reading bytes.

    Raises:
        InputError: it cannot be opened.
    """
    if source == STDIN:
        return nullcontext(cast("io.BufferedReader", sys.stdin.buffer))
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise InputError(f"{source} cannot be read: {error.strerror}.") from error
