"""The body of an answer, plain or gzip, never larger than allowed: small answers can hide bombs."""

from __future__ import annotations

import zlib

from bookwheel.errors import SourceError

_GZIP = 16 + zlib.MAX_WBITS


class Unpacking:
    """Takes the pieces of a body as they arrive."""

    def __init__(self, encoding: str, limit: int) -> None:
        """`encoding` is the header Content-Encoding; `limit` is in bytes.

        Raises:
            SourceError: it is packed in another way than asked for.
        """
        if encoding.strip().lower() not in ("", "identity", "gzip", "x-gzip"):
            raise SourceError(f"the answer is packed as {encoding[:20]}, which was not asked for")
        self._gzip = zlib.decompressobj(_GZIP) if "gzip" in encoding.lower() else None
        self._limit = limit
        self._body = bytearray()

    def add(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            SourceError: it is damaged, or too much.
        """
        if self._gzip:
            try:
                piece = self._gzip.decompress(piece, self._limit - len(self._body) + 1)
            except zlib.error as error:
                raise SourceError(f"the answer is damaged: {error}") from error
        self._body += piece
        if len(self._body) > self._limit:
            raise SourceError(f"the answer is larger than {self._limit:,} bytes")

    def whole(self) -> bytes:
        """All of it.

        Raises:
            SourceError: it was cut off.
        """
        if self._gzip and not self._gzip.eof:
            raise SourceError("the answer was cut off")
        return bytes(self._body)
