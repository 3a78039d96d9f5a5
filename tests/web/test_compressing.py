"""Pages are compressed on a network, as far as nobody else chooses words in them."""

from __future__ import annotations

import gzip

import pytest

from people import Person

pytestmark = pytest.mark.django_db
AFAR = {"HTTP_ACCEPT_ENCODING": "gzip, br", "REMOTE_ADDR": "203.0.113.9"}


def test_a_page_is_compressed_and_the_same(alice: Person) -> None:
    page = alice.client.get("/keys", **AFAR)
    assert page["Content-Encoding"] == "gzip"
    assert (
        int(page["Content-Length"]) == len(page.content) < 0.6 * len(gzip.decompress(page.content))
    )
    assert b"</html>" in gzip.decompress(page.content)
    assert "Accept-Encoding" in page["Vary"]


@pytest.mark.parametrize(
    ("address", "how"),
    [
        ("/keys", AFAR | {"REMOTE_ADDR": "127.0.0.1"}),
        ("/keys", AFAR | {"HTTP_ACCEPT_ENCODING": "br"}),
        ("/search?q=chosen", AFAR),
        ("/keys?x=chosen", AFAR),
    ],
)
def test_what_is_not(alice: Person, address: str, how: dict[str, str]) -> None:
    assert not alice.client.get(address, **how).has_header("Content-Encoding")


def test_a_proxy_on_this_machine_sends_it_on(alice: Person) -> None:
    how = AFAR | {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    assert alice.client.get("/keys", **how)["Content-Encoding"] == "gzip"
