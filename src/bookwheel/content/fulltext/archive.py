"""What arXiv's source packages hold, unpacked in memory: nothing is ever written by their names.

A package is a tar, a zip, one file, or any of these in gzip. Links, devices and names that lead out
of the package are left out and told.
Leaves out: which file is the paper (`tex_source.py`).
"""

from __future__ import annotations

import io
import posixpath
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from bookwheel.content.fulltext.forms import Form, form_of
from bookwheel.errors import TooLargeError, UnreadableError

LARGEST = 384 << 20  # bytes of all files together
MOST_FILES = 5_000
_PIECE = 1 << 20


@dataclass(slots=True)
class Package:
    """Files by their normal names, and what was left out."""

    files: dict[str, bytes] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, name: str, data: bytes) -> None:
        """Take a file in."""
        self.size += len(data)
        if self.size > LARGEST or len(self.files) >= MOST_FILES:
            raise too_large()
        self.files[name] = data

    def leave(self, name: str) -> None:
        """Tell that something was left out."""
        if len(self.warnings) < 20:
            self.warnings.append(f"Left out of the package, as it may not be unpacked: {name[:80]}")


def too_large() -> TooLargeError:
    """What is said of bombs."""
    return TooLargeError(
        f"This package holds more than {MOST_FILES} files or {LARGEST >> 20} MB when unpacked."
    )


def unpack(data: bytes) -> Package:
    """Unpack; a single file is called "paper.tex".

    Raises UnreadableError, TooLargeError.
    """
    package = Package()
    for _ in range(3):  # a tar in gzip in gzip was seen
        if form_of(data) is not Form.GZIP:
            break
        data = _gunzipped(data)
    form = form_of(data)
    if form is Form.TAR:
        _untar(data, package)
    elif form is Form.ZIP:
        _unzip(data, package)
    else:
        package.add("paper.tex" if form is not Form.PDF else "paper.pdf", data)
    if not package.files:
        raise UnreadableError("There is no file in this package.")
    return package


def _gunzipped(data: bytes) -> bytes:
    """Piece by piece, so that a bomb is seen before it has gone off."""
    engine = zlib.decompressobj(wbits=31)
    out = io.BytesIO()
    try:
        for piece in _inflated(engine, data):
            out.write(piece)
            if out.tell() > LARGEST:
                raise too_large()
    except zlib.error as error:
        if not out.tell():
            raise UnreadableError("This gz file is damaged.") from error
    return out.getvalue()


def _inflated(engine: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    piece = engine.decompress(data, _PIECE)
    while piece:
        yield piece
        piece = engine.decompress(engine.unconsumed_tail, _PIECE)


def _untar(data: bytes, package: Package) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                name = safe_name(member.name)
                if member.isdir():
                    continue
                if not member.isreg() or not name or member.size > LARGEST:
                    package.leave(member.name)
                elif (file := archive.extractfile(member)) is not None:
                    package.add(name, file.read(LARGEST + 1))
    except (tarfile.TarError, EOFError, ValueError) as error:
        if not package.files:
            raise UnreadableError("This tar archive is damaged.") from error
        package.warnings.append("The package is damaged at its end; what could be read is here.")


def _unzip(data: bytes, package: Package) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                name = safe_name(info.filename)
                is_link = (info.external_attr >> 28) == 0xA
                if info.is_dir():
                    continue
                if is_link or not name or info.flag_bits & 1:
                    package.leave(info.filename)
                    continue
                with archive.open(info) as file:
                    package.add(name, file.read(LARGEST + 1))
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, ValueError) as error:
        if not package.files:
            raise UnreadableError("This zip archive is damaged or encrypted.") from error
        package.warnings.append("The package is damaged; what could be read is here.")


def safe_name(name: str) -> str:
    """The name in a normal form; empty if it leads out of the package."""
    if "\x00" in name or "\\" in name or name.startswith("/") or len(name) > 400:
        return ""
    normal = posixpath.normpath(name)
    return "" if normal in (".", "..") or normal.startswith("../") else normal
