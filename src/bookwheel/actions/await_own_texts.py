"""Wait until the files that a question is about have been read."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bookwheel.actions.add_own_text import settle
from bookwheel.assistant.events import Step
from bookwheel.assistant.models import Stop
from bookwheel.assistant.retriever import Scope
from bookwheel.assistant.wording import STEPS
from bookwheel.core.own_names import own_number
from bookwheel.errors import UnreadableError
from bookwheel.models import OwnText, Reader

_LOOK = 0.2  # seconds between two looks


def await_own_texts(reader: Reader, scope: Scope, stop: Stop) -> Iterator[Step]:
    """Wait for those that are still being read, saying so once.

    Raises:
        UnreadableError: one of them cannot be read; it says why.
    """
    started = time.perf_counter()
    numbers = [number for name in scope.papers if (number := own_number(name))]
    own = reader.own_texts.filter(pk__in=numbers)
    said = False
    while numbers and not stop:
        for each in own.all():
            settle(each)
        if failed := own.filter(state=OwnText.State.FAILED).first():
            raise UnreadableError(f"{failed.name}: {failed.error}")
        if not own.filter(state=OwnText.State.READING).exists():
            return
        if not said:
            yield Step("opening", STEPS["opening"], time.perf_counter() - started)
        said = True
        time.sleep(_LOOK)
