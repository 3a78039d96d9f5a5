"""What a language model is to us, whatever runs it.

Leaves out: the models themselves (`servers.py`, `embedded.py`), finding them (`found.py`) and
what is said to them (`prompts.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bookwheel.assistant.events import Usage

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what a model is told."""

    role: Role
    content: str
    pictures: tuple[bytes, ...] = ()  # files, for models that see


@dataclass(slots=True)
class Stop:
    """Asked between tokens: whether to go on. Setting `wanted` from another thread stops."""

    wanted: bool = False
    also: Callable[[], bool] = field(default=lambda: False)

    def __bool__(self) -> bool:
        return self.wanted or self.also()


class Model(Protocol):
    """A language model. Methods may be called from several threads."""

    @property
    def name(self) -> str:
        """As readers choose it: "ollama/qwen3:8b"."""
        ...

    @property
    def context(self) -> int:
        """Tokens that question, quotations and answer may have together."""
        ...

    def count(self, text: str) -> int:
        """How many tokens a text has; an upper estimate where the model does not tell."""
        ...

    def stream(
        self, messages: Sequence[Message], *, limit: int, stop: Stop | None = None
    ) -> Iterator[str | Usage]:
        """Write at most `limit` tokens, piece by piece; ends early when `stop` is true.

        A model that counts what it was given and gave tells it last.

        Raises:
            ModelError: it cannot be reached, refuses, fails, or is shown pictures (code "blind")
                and does not see; the message is for people.
        """
        ...

    def costing(self, prompt: int, completion: int) -> Usage:
        """So many tokens, with what they cost."""
        ...
