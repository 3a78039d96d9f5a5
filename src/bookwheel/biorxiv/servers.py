"""Who is asked, and at which pace: the client of `arxiv/` with the manners of other servers."""

from __future__ import annotations

from bookwheel.arxiv.client import Client
from bookwheel.arxiv.clock import Clock
from bookwheel.arxiv.manners import Manners
from bookwheel.config import config

INTERVAL = 2.0  # seconds; their terms name none


def biorxiv_client(*, clock: Clock | None = None) -> Client:
    """A client for bioRxiv's and medRxiv's interface."""
    kind = Manners("biorxiv", INTERVAL, ("biorxiv.org",), (config().biorxiv_api,))
    return Client(kind, clock=clock)
