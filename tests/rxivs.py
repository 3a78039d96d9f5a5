"""A stand-in for bioRxiv's interface, with faults on demand, and a fixture that starts it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from loopback_server import PretendedClock, Reply, Request, Server, serving

FAULTS = ("429", "503", "html", "truncated", "short", "reset", "empty", "elsewhere")


def preprint(number: int, *, version: int = 1, date: str = "2026-05-20", **more: Any) -> dict:
    """One version of a preprint as the interface writes it."""
    return {
        "doi": f"10.1101/2026.05.01.{number:06}",
        "title": f"Neurons of fly {number}",
        "authors": "Curie, M.; Meitner, L. A.; The Fly Consortium",
        "author_corresponding": "Marie Curie",
        "author_corresponding_institution": "Radium Institute",
        "date": date,
        "version": str(version),
        "type": "new results",
        "license": "cc_by",
        "category": "neuroscience",
        "jatsxml": "https://www.biorxiv.org/content/x.source.xml",
        "abstract": f"We count the neurons of fly {number} and find p<0.05 for $20.",
        "published": "NA",
        "server": "bioRxiv",
    } | more


@dataclass
class RxivStandIn:
    """The records of both servers, and how it behaves."""

    records: Sequence[dict[str, Any]]
    page_size: int = 30
    faults: Iterable[str] = ()
    rate: float = 0.0
    seed: int = 0
    calm_after: int = 5
    happened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._row = 0

    def __call__(self, request: Request) -> Reply:
        """Answer `/details/SERVER/FROM/TO/CURSOR/json` and `/details/SERVER/DOI/na/json`."""
        fault = self._fault()
        if reply := self._instead(fault):
            return reply
        _, _details, server, *rest = request.path.split("/")
        mine = [one for one in self.records if one["server"].lower() == server]
        if rest[0].startswith("10."):
            doi = "/".join(rest[:2])
            found = [one for one in mine if one["doi"] == doi]
            return self._spoilt(self._answer(found, found, 0, total=False), fault)
        first, last, cursor = rest[0], rest[1], int(rest[2])
        listed = sorted(
            (one for one in mine if first <= one["date"] <= last),
            key=lambda one: (one["date"], one["doi"], one["version"]),
        )
        if fault == "elsewhere":
            cursor = cursor + 1 if cursor + 1 < len(listed) else cursor
        shown = listed[cursor : cursor + self.page_size]
        return self._spoilt(self._answer(listed, shown, cursor), fault)

    def _answer(self, listed: list, shown: list, cursor: int, *, total: bool = True) -> Reply:
        if not shown:
            told: dict[str, Any] = {"messages": [{"status": "no posts found"}], "collection": []}
        else:
            message: dict[str, Any] = {"status": "ok"}
            if total:
                message |= {"cursor": cursor, "count": len(shown), "total": str(len(listed))}
            told = {"messages": [message], "collection": shown}
        return Reply(json.dumps(told).encode(), kind="application/json")

    def _fault(self) -> str:
        faults = tuple(self.faults)
        if not faults or self._row >= self.calm_after or self._random.random() > self.rate:
            self._row = 0
            return ""
        self._row += 1
        self.happened.append(self._random.choice(faults))
        return self.happened[-1]

    def _instead(self, fault: str) -> Reply | None:
        return {
            "429": Reply(b"Slow down.", 429, "text/plain", {"Retry-After": "30"}),
            "503": Reply(b"", 503),
            "html": Reply(b"<html><body>Be right back.</body></html>", kind="text/html"),
            "reset": Reply(breaks="reset"),
            "empty": Reply(b"", kind="application/json"),
        }.get(fault)

    def _spoilt(self, reply: Reply, fault: str) -> Reply:
        if fault == "short":
            reply.breaks = "short"
        elif fault == "truncated":
            reply.body = reply.body[: int(len(reply.body) * self._random.random())]
        return reply


Rxiv = Callable[..., tuple[RxivStandIn, Server, PretendedClock]]


@pytest.fixture
def rxiv(configure: Callable[..., None], tmp_path: Path) -> Iterator[Rxiv]:
    """A function that starts the stand-in with records and points the settings to it."""
    with ExitStack() as stack:

        def start(records: list[dict[str, Any]], **options: Any) -> Any:
            clock = PretendedClock()
            stand_in = RxivStandIn(records, **options)
            server = stack.enter_context(serving(stand_in, clock.now))
            data = tmp_path / "data"
            data.mkdir(exist_ok=True)
            configure(
                biorxiv_api=server.address,
                sources="arxiv,biorxiv,medrxiv",
                offline="false",
                data=data,
            )
            return stand_in, server, clock

        yield start
