"""Ends what waits for a server as soon as the reader stops it, not when the server says more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

from bookwheel.assistant.models import Stop
from bookwheel.errors import BookwheelError, ModelError

Piece = TypeVar("Piece")
LOOK = 0.1  # seconds between two looks whether to stop, while nothing comes


class _End:
    """The end, and the error that was it."""

    def __init__(self, error: BookwheelError | None = None) -> None:
        self.error = error


def stoppable(pieces: Iterator[Piece], stop: Stop | None) -> Iterator[Piece]:
    """Give what comes, until the end or until `stop`; errors are raised here as they came.

    A thread waits for the pieces; stopped, it ends with the next one, or when the wait is too long.
    """
    if stop is None:
        yield from pieces
        return
    waiting: SimpleQueue[Piece | _End] = SimpleQueue()
    threading.Thread(target=_pass_on, args=(pieces, stop, waiting), daemon=True).start()
    while not stop:
        try:
            piece = waiting.get(timeout=LOOK)
        except Empty:
            continue
        if isinstance(piece, _End):
            if piece.error:
                raise piece.error
            return
        yield piece


def _pass_on(pieces: Iterator[Piece], stop: Stop, waiting: SimpleQueue[Piece | _End]) -> None:
    end = _End(ModelError("The answer broke off.", "died"))
    try:
        for piece in pieces:
            if stop:
                break
            waiting.put(piece)
        end = _End()
    except BookwheelError as error:
        end = _End(error)
    finally:
        waiting.put(end)
