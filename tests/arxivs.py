"""Fixtures for tests that talk to the stand-in for arXiv on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from loopback_server import PretendedClock, Server, serving
from standin import StandIn

Arxiv = Callable[..., tuple[StandIn, Server, PretendedClock]]


@pytest.fixture
def arxiv(configure: Callable[..., None], tmp_path: Path) -> Iterator[Arxiv]:
    """A function that starts the stand-in with records and points the settings to it."""
    with ExitStack() as stack:

        def start(records: list[dict[str, Any]], **options: Any) -> Any:
            clock = PretendedClock()
            stand_in = StandIn(records, clock.now, clock.sleep, **options)
            server = stack.enter_context(serving(stand_in, clock.now))
            point_to(configure, server.address, data=tmp_path / "data")
            (tmp_path / "data").mkdir(exist_ok=True)
            return stand_in, server, clock

        yield start


def point_to(configure: Callable[..., None], address: str, **more: object) -> None:
    """Let the settings name a stand-in as arXiv."""
    configure(
        arxiv_site=address,
        arxiv_oai=f"{address}/oai",
        arxiv_rss=f"{address}/rss",
        arxiv_api=f"{address}/api/query",
        offline="false",
        **more,
    )
