"""The polite client against a server on loopback; time passes only when somebody waits."""

from __future__ import annotations

import gzip
import threading
import time

import pytest

from bookwheel.arxiv.client import Known, arxiv_client, retry_after
from bookwheel.errors import AbsentError, NotNowError, OfflineError, SourceError
from loopback_server import PretendedClock, Reply, serving

pytestmark = pytest.mark.loopback

XML = ("text/xml", "application/xml")


@pytest.fixture
def clock():
    return PretendedClock()


@pytest.fixture
def ask(tmp_path, configure, clock):
    """A function that serves replies in turn and gives a function to ask for them."""
    stack = []

    def start(*replies, **settings):
        waiting = list(replies)

        def respond(request):
            reply = waiting.pop(0)
            return reply(request) if callable(reply) else reply

        server = serving(respond, clock.now)
        told = server.__enter__()
        stack.append(server)
        configure(data=tmp_path, arxiv_site=told.address, **{"offline": "false"} | settings)

        def get(path="/", **options):
            with arxiv_client(clock=clock) as client:  # each like a new process
                return client.get(told.address + path, **options)

        return told, get

    yield start
    for server in stack:
        server.__exit__(None, None, None)


def test_an_answer(ask):
    told, get = ask(
        Reply(b"<a/>", headers={"ETag": '"1"', "Last-Modified": "Mon, 01 Jun 2026 00:00:00 GMT"}),
        contact="ada@example.org",
    )
    answer = get("/oai?verb=Identify", accept=XML)
    assert (answer.status, answer.body, answer.content_type) == (200, b"<a/>", "text/xml")
    assert answer.known == Known('"1"', "Mon, 01 Jun 2026 00:00:00 GMT")
    [request] = told.requests
    assert request.query == {"verb": "Identify"}
    assert request.headers["user-agent"].startswith("Bookwheel/")
    assert request.headers["user-agent"].endswith(" (ada@example.org)")
    assert request.headers["accept"] == "text/xml, application/xml"
    assert request.headers["accept-encoding"] == "gzip"


def test_what_did_not_change_is_not_sent_again(ask):
    told, get = ask(Reply(status=304, kind=""))
    answer = get(known=Known('"1"', "Mon, 01 Jun 2026 00:00:00 GMT"), accept=XML)
    assert answer.unchanged
    assert told.requests[0].headers["if-none-match"] == '"1"'
    assert told.requests[0].headers["if-modified-since"] == "Mon, 01 Jun 2026 00:00:00 GMT"


def test_requests_keep_apart_over_restarts(ask):
    told, get = ask(*[Reply(b"x")] * 4)
    for _ in range(4):
        get()
    assert told.gaps() == pytest.approx([3.0] * 3)


def test_bulk_work_lets_readers_go_first(ask):
    told, get = ask(*[Reply(b"x")] * 2)
    get()
    get(defer=True)
    assert told.gaps() == pytest.approx([3.5])


def test_requests_of_threads_keep_apart(ask):
    told, get = ask(*[Reply(b"x")] * 6)
    threads = [threading.Thread(target=get, kwargs={"patience": 100}) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told.times) == 6
    assert min(told.gaps()) >= 3 - 1e-6


def test_an_interval_longer_than_the_patience(ask):
    told, get = ask(Reply(b"x"), Reply(b"x"))
    get()
    with pytest.raises(NotNowError):
        get(patience=2)
    assert len(told.requests) == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "seconds"),
    [({"Retry-After": "600"}, 600), ({"Retry-After": "Thu, 28 May 2026 20:33:20 GMT"}, 400)],
)
def test_a_server_that_wants_rest_gets_it(ask, clock, status, header, seconds):
    told, get = ask(Reply(status=status, headers=header), Reply(b"x"))
    start = clock.now()
    with pytest.raises(SourceError, match="asked for less"):
        get()
    with pytest.raises(NotNowError) as caught:
        get()
    assert caught.value.until == pytest.approx(start + seconds)
    assert len(told.requests) == 1
    assert get(patience=1000).body == b"x"
    assert clock.now() >= start + seconds


def test_refusals_without_a_time_make_waits_longer(ask, clock):
    _, get = ask(*[Reply(status=429)] * 6, Reply(b"x"), Reply(status=429))
    waits = []
    for _ in range(6):
        with pytest.raises(SourceError):
            get(patience=10**6)
        with pytest.raises(NotNowError) as caught:
            get(patience=0)
        waits.append(caught.value.until - clock.now())
    for wait, expected in zip(waits, (60, 120, 240, 480, 960, 1920), strict=True):
        assert 0.75 * expected <= wait <= 1.25 * expected
    get(patience=10**6)
    with pytest.raises(SourceError):
        get(patience=10**6)
    with pytest.raises(NotNowError) as caught:
        get(patience=0)
    assert caught.value.until - clock.now() <= 75  # what was before the success is forgotten


def test_an_absurd_wait_is_cut(ask, clock):
    _, get = ask(Reply(status=503, headers={"Retry-After": "999999999"}), Reply(b"x"))
    with pytest.raises(SourceError):
        get()
    with pytest.raises(NotNowError) as caught:
        get()
    assert caught.value.until <= clock.now() + 24 * 3600


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<html>busy</html>", kind="text/html"),
        Reply(b"x", kind=""),
        Reply(b"x", status=500),
        Reply(b"x" * 100, breaks="short"),
        Reply(breaks="reset"),
        Reply(gzip.compress(b"x" * 1000)[:-9], headers={"Content-Encoding": "gzip"}),
        Reply(b"not gzip", headers={"Content-Encoding": "gzip"}),
        Reply(b"x", headers={"Content-Encoding": "br"}),
        Reply(status=304),
    ],
)
def test_what_cannot_be_used_gives_the_server_rest(ask, reply):
    told, get = ask(reply, Reply(b"<a/>"))
    with pytest.raises(SourceError):
        get(accept=XML)
    with pytest.raises(NotNowError):
        get(patience=3)
    assert get(accept=XML).body == b"<a/>"
    assert told.gaps()[0] > 3.5


def test_what_is_not_there(ask):
    told, get = ask(Reply(status=404), Reply(b"x"))
    with pytest.raises(AbsentError):
        get()
    assert get(patience=3).body == b"x"  # that was no failure


def test_packed_bodies(ask):
    body = b"abc" * 1000
    _, get = ask(Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"}))
    assert get(limit_bytes=3000).body == body


@pytest.mark.parametrize("packed", [False, True])
def test_bombs(ask, packed):
    body = b"\0" * 10_000_000
    reply = Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"})
    _, get = ask(reply if packed else Reply(body))
    with pytest.raises(SourceError, match="larger than 5,000,000 bytes"):
        get(limit_bytes=5_000_000)


def test_an_answer_that_drips(ask, clock):
    def drip():
        clock.sleep(60)
        time.sleep(0.1)  # so that whoever asked is reading when the time has passed

    _, get = ask(Reply(b"x" * 10, drips=drip))
    with pytest.raises(SourceError, match="took too long"):
        get()


def test_redirects_take_turns_too(ask):
    told, get = ask(Reply(status=302, headers={"Location": "/v2"}), Reply(b"two"))
    answer = get("/v1")
    assert (answer.body, answer.url) == (b"two", f"{told.address}/v2")
    assert told.gaps() == pytest.approx([3.0])


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:9/",
        "https://example.org/",
        "http://169.254.169.254/latest",
        "//evil.example/arxiv.org",
        "https://arxiv.org.evil.example/",
        "https://arxiv.org@evil.example/",
        "https://evilarxiv.org/",
        "https://arxiv.org:8443/",
        "file:///etc/passwd",
        "ftp://arxiv.org/",
        "http://[oh no/",
    ],
)
def test_redirects_elsewhere_are_not_followed(ask, location):
    told, get = ask(Reply(status=302, headers={"Location": location}))
    with pytest.raises(SourceError):
        get()
    assert len(told.requests) == 1


def test_redirects_in_circles(ask):
    told, get = ask(*[Reply(status=301, headers={"Location": "/"})] * 9)
    with pytest.raises(SourceError, match="without end"):
        get(patience=100)
    assert len(told.requests) == 6


def test_offline(ask):
    told, get = ask(offline="true")
    with pytest.raises(OfflineError):
        get()
    assert told.requests == []


def test_a_server_that_cannot_be_reached(tmp_path, configure, clock):
    configure(data=tmp_path, arxiv_site="http://127.0.0.1:9", offline="false")
    with arxiv_client(clock=clock) as client:
        for _ in range(2):
            with pytest.raises(SourceError, match="cannot be reached"):
                client.get("http://127.0.0.1:9/")
        assert client.pace.state.failures == 0


@pytest.mark.parametrize("state", [b"", b"{", b'{"last": "x"}', b'{"until": 1e400}', b"[]"])
def test_a_damaged_memory_only_costs_a_wait(ask, tmp_path, clock, state):
    told, get = ask(Reply(b"x"))
    (tmp_path / "polite").mkdir()
    (tmp_path / "polite" / "arxiv.json").write_bytes(state)
    start = clock.now()
    assert get().body == b"x"
    assert told.times[0] - start == pytest.approx(3.0, abs=3.0)


def test_a_clock_that_was_set_back(ask, clock):
    told, get = ask(Reply(b"x"), Reply(b"x"))
    get()
    clock.time -= 10**7
    get()
    assert told.times[1] - told.times[0] == pytest.approx(3 - 10**7)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("", None), ("soon", None), ("-5", None), ("7", 7), ("Thu, 01 Jan 1970 00:00:00 GMT", 0)],
)
def test_retry_after(text, seconds):
    assert retry_after(text, 1000.0) == seconds
