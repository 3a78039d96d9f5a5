"""Lines out of a dump file, however it is packed: plain, .gz, .zst or .zip.

Damage never raises: it comes out as a `Problem` in its place, and what stands before it is kept.
Leaves out: what the lines say (`snapshot.py`).
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO

import zstandard

LONGEST = 4 << 20  # bytes of a line; the longest record of arXiv has about 0.2 MB

_CHUNK = 1 << 18
_ZSTD_INPUT = 1 << 13  # small, because each piece is unpacked whole: at worst 32,768 times its size
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_EXCERPT = 200
_SKIPPABLE = frozenset(bytes([0x50 + low]) + b"\x2a\x4d\x18" for low in range(16))
_DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, zstandard.ZstdError)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line, counted from 1, that gave no paper, and why."""

    line: int
    reason: str
    excerpt: str


def problem(line: int, reason: str, text: bytes) -> Problem:
    """Describe a line that gave no paper; of its text only the beginning is kept."""
    return Problem(line, reason, text[:_EXCERPT].decode("utf-8", errors="replace"))


def read(file: io.BufferedReader, *, skip: int = 0) -> Iterator[tuple[int, bytes] | Problem]:
    """Yield (number, line) for each line that is not blank, after the first `skip` lines."""
    splitter = _Splitter(skip)
    try:
        for chunk in _unpacked(file):
            yield from splitter.lines(chunk)
    except _DAMAGE as error:
        reason = f"the file is damaged or cut off here: {error}"
        yield problem(splitter.number + 1, reason, splitter.rest)
    else:
        yield from splitter.lines(b"\n")  # the last line may lack its end


class _Splitter:
    """Cuts chunks into lines; of a line that is too long it holds only the beginning."""

    def __init__(self, skip: int) -> None:
        self.number = 0  # of the last whole line
        self.rest = b""  # beginning of the next one
        self._skip = skip
        self._too_long = False

    def lines(self, chunk: bytes) -> Iterator[tuple[int, bytes] | Problem]:
        ends = chunk.count(b"\n")
        if self.number + ends < self._skip:  # all of it was read before: only count
            self.number += ends
            return
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            self.number += 1
            if self.number > self._skip:
                yield from self._line(line)
            self.rest, self._too_long = b"", False
        self._keep(rest)

    def _line(self, line: bytes) -> Iterator[tuple[int, bytes] | Problem]:
        line = self.rest + line if self.rest else line
        if self.number == 1:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if self._too_long or len(line) > LONGEST:
            yield problem(self.number, f"the line is longer than {LONGEST:,} bytes", line)
        elif line and not line.isspace():
            yield self.number, line

    def _keep(self, rest: bytes) -> None:
        if len(self.rest) + len(rest) > LONGEST:
            self._too_long = True
        self.rest = (self.rest + rest)[: _EXCERPT if self._too_long else None]


def _unpacked(file: io.BufferedReader) -> Iterator[bytes]:
    """The content in pieces; how it is packed is seen from its first bytes, not from its name."""
    start = file.peek(4)[:4]
    if start.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield from _pieces(unpacked)
    elif start == zstandard.FRAME_HEADER or start in _SKIPPABLE:
        yield from _unpacked_zstd(file)
    elif start == b"PK\x03\x04":
        with zipfile.ZipFile(file) as archive, archive.open(archive.infolist()[0]) as unpacked:
            yield from _pieces(unpacked)
    else:
        yield from _pieces(file)


def _pieces(file: BinaryIO | gzip.GzipFile | IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_CHUNK):
        yield piece


def _unpacked_zstd(file: BinaryIO) -> Iterator[bytes]:
    """Frame by frame: the library's own stream reader takes a cut-off file for a complete one."""
    unpack = zstandard.ZstdDecompressor().decompressobj()
    inside = False
    waiting = b""
    while piece := waiting or file.read(_ZSTD_INPUT):
        inside = True
        unpacked = unpack.decompress(piece)
        for start in range(0, len(unpacked), _CHUNK):
            yield unpacked[start : start + _CHUNK]
        waiting = b""
        if unpack.eof:
            inside = False
            waiting = unpack.unused_data
            unpack = zstandard.ZstdDecompressor().decompressobj()
    if inside:
        raise EOFError("the last zstd frame is not complete")
