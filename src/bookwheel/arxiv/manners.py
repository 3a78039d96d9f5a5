"""Which servers are asked in one queue, at which pace, and who they are.

Leaves out: how the pace is kept (`pace.py`) and how they are asked (`client.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from httpx2 import URL

from bookwheel.config import config

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Manners:
    """Servers that share one queue: a name, seconds between requests, and where they are.

    A domain stands for itself and all below it, by HTTPS on the usual port; a place is an address
    that the settings name, and is taken with its scheme and port.
    """

    name: str
    interval: float
    domains: tuple[str, ...]
    places: tuple[str, ...] = ()

    def cover(self, url: URL) -> bool:
        """Whether an address belongs to these servers."""
        if url.userinfo:
            return False
        if _origin(url) in {_origin(URL(place)) for place in self.places}:
            return True
        return _origin(url) == ("https", url.host, 443) and any(
            url.host == domain or url.host.endswith(f".{domain}") for domain in self.domains
        )


def _origin(url: URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or _PORTS.get(url.scheme)


def arxiv() -> Manners:
    """arXiv's: its terms ask for one connection and one request in three seconds."""
    now = config()
    places = (now.arxiv_site, now.arxiv_oai, now.arxiv_rss, now.arxiv_api)
    return Manners("arxiv", 3.0, ("arxiv.org",), places)
