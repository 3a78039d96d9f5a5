"""The public dump `arxiv-metadata-oai-snapshot.json`: one JSON object a line, one paper each.

Our own sample has one more key, `announced`: the day on which arXiv listed the paper.
Leaves out: unpacking and splitting (`lines.py`) and what a record's fields mean (`records.py`).
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator

import orjson

from bookwheel.arxiv.lines import Problem, problem, read
from bookwheel.arxiv.records import paper_from
from bookwheel.core.papers import Paper
from bookwheel.errors import PaperError

_READING = b"2"  # raise it when the same record comes to be read differently
_ID_FIRST = re.compile(rb'\{"id": ?"([^"\\]+)"')


def papers(file: io.BufferedReader, *, skip: int = 0) -> Iterator[Paper | Problem]:
    """Every paper of a dump in turn, and every line that is none, after the first `skip` lines."""
    for item in read(file, skip=skip):
        yield item if isinstance(item, Problem) else parse(*item)


def parse(number: int, line: bytes) -> Paper | Problem:
    """The paper on a line, or why there is none."""
    try:
        return paper_from(orjson.loads(line))
    except orjson.JSONDecodeError as error:
        return problem(number, f"not JSON: {error}", line)
    except PaperError as error:
        return problem(number, str(error), line)


def fingerprint(line: bytes) -> int:
    """A number of 64 bits, signed, that differs when the line does."""
    digest = hashlib.blake2b(line, digest_size=8, salt=_READING).digest()
    return int.from_bytes(digest, "big", signed=True)


def stated_id(line: bytes) -> str:
    """The identifier as the line gives it, found without decoding; "" when it is not in front."""
    found = _ID_FIRST.match(line)
    return found[1].decode("ascii", errors="replace") if found else ""
