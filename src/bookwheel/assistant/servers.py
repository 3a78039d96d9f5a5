"""Language models behind any server that speaks OpenAI's chat completions.

Leaves out: which servers there are (`known.py`), models inside this process (`embedded.py`).
"""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bookwheel.assistant.events import Usage
from bookwheel.assistant.models import Message, Stop
from bookwheel.assistant.stoppable import stoppable
from bookwheel.errors import ModelError

if TYPE_CHECKING:
    from openai import OpenAI

CONNECT, WAIT = 5.0, 120.0  # seconds until it answers at all, and between two pieces
AGAIN = 2  # tries more where a server is busy or the line breaks before anything came
BYTES = 3  # of text that are a token at least, where nobody counts
MILLION = 1_000_000
PICTURES = {"png": b"\x89PNG", "jpeg": b"\xff\xd8", "gif": b"GIF8", "webp": b"RIFF"}
WARMTH = 0.1  # nearly always the likeliest word: answers are to be sober


@dataclass(frozen=True)
class Place:
    """Where a model is served, and what it takes and costs."""

    name: str  # as readers choose it
    url: str  # up to and with /v1
    model: str  # as the server calls it
    key: str = field(default="", repr=False)
    context: int = 4096
    price_in: float = 0.0  # of a million tokens
    price_out: float = 0.0
    wait: float = WAIT
    counts: bool = False  # whether it has llama.cpp's /tokenize
    sees: bool = False  # whether it takes pictures


class ServedModel:
    """`models.Model` over HTTP, by the official client."""

    def __init__(self, place: Place) -> None:
        self.place = place

    @property
    def name(self) -> str:
        """As readers choose it."""
        return self.place.name

    @property
    def context(self) -> int:
        """Tokens of question and answer together."""
        return self.place.context

    def count(self, text: str) -> int:
        """By the server, where it can count; else one token for three bytes, which is too many."""
        if self.place.counts:
            try:
                return len(self._tokens(text))
            except (OSError, ValueError, KeyError):
                pass  # an estimate serves as well
        return -(-len(text.encode()) // BYTES)

    def stream(
        self, messages: Sequence[Message], *, limit: int, stop: Stop | None = None
    ) -> Iterator[str | Usage]:
        """Write; see `models.Model`."""
        if not self.place.sees and any(one.pictures for one in messages):
            said = f"{self.place.name} cannot be shown figures. Choose a model that can."
            raise ModelError(said, "blind")
        return stoppable(self._written(messages, limit), stop)

    def _written(self, messages: Sequence[Message], limit: int) -> Iterator[str | Usage]:
        client: Any = self._client  # its overloads ask for more types than a stream has
        with _told(self.place.name):
            made = client.chat.completions.create(
                model=self.place.model,
                messages=[{"role": one.role, "content": content(one)} for one in messages],
                max_tokens=limit,
                temperature=WARMTH,
                stream=True,
                stream_options={"include_usage": True},
            )
            with made:
                ended = False
                for chunk in made:
                    ended = ended or any(choice.finish_reason for choice in chunk.choices)
                    yield from self._pieces(chunk)
            if not ended:  # the line broke, which looks like the end of a stream
                raise ModelError(f"{self.place.name} broke off in the middle.", "died")

    def costing(self, prompt: int, completion: int) -> Usage:
        """So many tokens, with what they cost."""
        price = prompt * self.place.price_in + completion * self.place.price_out
        return Usage(prompt, completion, price / MILLION)

    def _pieces(self, chunk: Any) -> Iterator[str | Usage]:
        for choice in chunk.choices:
            if choice.delta and choice.delta.content:
                yield choice.delta.content
        if chunk.usage:
            yield self.costing(chunk.usage.prompt_tokens, chunk.usage.completion_tokens)

    @cached_property
    def _client(self) -> OpenAI:
        import httpx2
        from openai import OpenAI

        return OpenAI(
            base_url=self.place.url,
            api_key=self.place.key or "none",
            timeout=httpx2.Timeout(self.place.wait, connect=CONNECT),
            max_retries=AGAIN,
        )

    def _tokens(self, text: str) -> list[int]:
        request = urllib.request.Request(  # noqa: S310  (an address from the settings)
            self.place.url.removesuffix("/v1") + "/tokenize",
            json.dumps({"content": text}).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.place.key}"},
        )
        with urllib.request.urlopen(request, timeout=CONNECT) as answer:  # noqa: S310
            found: list[int] = json.load(answer)["tokens"]
            return found


def content(message: Message) -> str | list[dict[str, Any]]:
    """What a message says, as the protocol has it: a text, or a text and pictures."""
    if not message.pictures:
        return message.content
    shown = [
        {"type": "image_url", "image_url": {"url": picture_url(each)}} for each in message.pictures
    ]
    return [{"type": "text", "text": message.content}, *shown]


def picture_url(data: bytes) -> str:
    """A picture inside an address."""
    kind = next((kind for kind, begins in PICTURES.items() if data.startswith(begins)), "webp")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def prepare() -> None:
    """Load the client, which takes a second, before the first reader waits for it."""
    import httpx2
    import openai

    del httpx2, openai


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn the client's errors into ours."""
    import httpx2
    import openai

    try:
        yield
    except openai.APITimeoutError as error:
        raise ModelError(f"{name} took too long to answer. Try again later.", "slow") from error
    except openai.APIConnectionError as error:
        raise ModelError(
            f"{name} cannot be reached. Is its server running?", "unreachable"
        ) from error
    except openai.APIStatusError as error:
        raise _of_status(name, error) from error
    except httpx2.TimeoutException as error:
        raise ModelError(f"{name} stopped answering.", "slow") from error
    except (httpx2.HTTPError, openai.APIError, ValueError) as error:
        raise ModelError(f"{name} broke off: {error}.", "died") from error


def _of_status(name: str, error: Any) -> ModelError:
    said = str(getattr(error, "message", error))[:300]
    if error.status_code in (401, 403):
        return ModelError(f"{name} does not accept the key that is configured.", "refused")
    if error.status_code == 404:
        return ModelError(f"{name} is not served there (any more).", "missing")
    if error.status_code == 429:
        return ModelError(f"{name} has too much to do, or its budget is used up.", "slow")
    if error.status_code in (400, 413) and ("context" in said or "token" in said):
        return ModelError(f"The question and its quotations are too long for {name}.", "context")
    return ModelError(f"{name} failed: {said}", "failed")
