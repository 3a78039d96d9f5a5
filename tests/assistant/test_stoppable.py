"""What waits for a server ends when it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from bookwheel.assistant.models import Stop
from bookwheel.assistant.stoppable import stoppable
from bookwheel.errors import ModelError


def test_all_comes_and_errors_are_raised() -> None:
    assert list(stoppable(iter("abc"), Stop())) == ["a", "b", "c"]
    assert list(stoppable(iter("abc"), None)) == ["a", "b", "c"]

    def fails() -> Iterator[str]:
        yield "a"
        raise ModelError("no more")

    came = stoppable(fails(), Stop())
    assert next(came) == "a"
    with pytest.raises(ModelError, match="no more"):
        next(came)


def test_it_ends_though_nothing_comes() -> None:
    never, stop = threading.Event(), Stop()

    def hangs() -> Iterator[str]:
        yield "a"
        never.wait()
        yield "b"

    came = stoppable(hangs(), stop)
    assert next(came) == "a"
    stop.wanted = True
    assert list(came) == []
    never.set()
