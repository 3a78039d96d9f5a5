"""Dumps for tests: records as arXiv writes them, and files of them."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterable
from pathlib import Path

import orjson
import zstandard


def record(number: int = 1, **fields: object) -> dict[str, object]:
    """One record in the dump's format; `number` makes it another paper."""
    return {
        "id": f"2501.{number:05d}",
        "submitter": "Marie Curie",
        "authors": "Marie Curie and Paul Langevin",
        "title": f"On the\n  Radiance of Paper {number}",
        "comments": "12 pages,\n  3 figures",
        "journal-ref": None,
        "doi": "10.1000/182",
        "report-no": None,
        "categories": "physics.ins-det hep-ex",
        "license": "http://creativecommons.org/licenses/by/4.0/",
        "abstract": f"  We measure paper {number}.\nIt glows.\n",
        "versions": [{"version": "v1", "created": "Thu, 2 Jan 2025 03:04:05 GMT"}],
        "update_date": "2025-01-03",
        "authors_parsed": [["Curie", "Marie", ""], ["Langevin", "Paul", "", "Paris"]],
    } | fields


def line(number: int = 1, **fields: object) -> bytes:
    """One record as a line without its end."""
    return orjson.dumps(record(number, **fields))


def versions(*days: str) -> list[dict[str, str]]:
    """The field `versions`, from days such as "2 Jan 2025"."""
    return [
        {"version": f"v{number}", "created": f"Thu, {day} 00:00:00 GMT"}
        for number, day in enumerate(days, 1)
    ]


def write(path: Path, lines: Iterable[bytes]) -> Path:
    """Write lines, packed as the name's ending says."""
    text = b"".join(one + b"\n" for one in lines)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text))
    elif path.suffix == ".zst":
        path.write_bytes(zstandard.compress(text))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("arxiv-metadata-oai-snapshot.json", text)
    else:
        path.write_bytes(text)
    return path
