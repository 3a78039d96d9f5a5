"""Whatever stands in an address or a form, the answer is a page and never a fault of ours.

A fault raises here: the test client hands on what Django would answer with 500.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import pytest
from django.conf import LazySettings
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.models import Mark, Paper
from bookwheel.web.urls import urlpatterns
from hostile import SCRIPTS, UNSEEN
from people import Person

pytestmark = pytest.mark.django_db

LONG = "9" * 5000  # more digits than Python reads
NUMBERS = ["", "0", "-1", "2", "١", "²", "1e9", "1.5", "9" * 19, LONG, LONG + " {paper}"]
DAYS = ["2026-06-01", "0001-01-01", "9999-12-31", "2026-02-30", "20260601", "2026-W01-1", "today"]
SEARCHES = ["(" * 500, "-" * 500, '"' * 501, "a OR " * 200, "a " * 400, "NOT NOT x", "date:9999"]
SEARCHES += ["id:9999.99999", "cat:x", "au:", "ti:(a OR -b)", "1706.03762", "date:>2026-01", "-a"]
WORDS = ["mine", "v1", "date", "tag:vision", "tag:", "tag:none", "relevance", "cs.LG", "cs", "all"]
WORDS += ["vision", "like", "zh-hans", "dark", "titles", "//evil.example", "/new\r\nX: y", "\x00"]
WORDS += ["a" * 3000, "é\u0301", "../../etc/passwd", "hep-th/9901001", "2606.00001v2", "[]", "{}"]

numbers = st.sampled_from(NUMBERS)
days = st.sampled_from(DAYS) | numbers
words = st.sampled_from([*SEARCHES, *WORDS, *SCRIPTS, *UNSEEN]) | st.text(max_size=40)
ODD = dict.fromkeys(("page", "days", "seed", "tagging", "change", "which", "into"), numbers)
ODD |= dict.fromkeys(("colour", "session", "author", "line"), numbers)
ODD |= dict.fromkeys(("since", "until", "day"), days)

# What pages and forms take, with something that makes sense; alice's things stand in braces.
SHOWN = {"q": "learning", "page": "2", "days": "30", "since": "2026-01-01", "until": "2026-12-31"}
SHOWN |= {"cat": "cs.LG", "hide": "mine", "only": "v1", "sort": "tag:vision", "seed": "7"}
SHOWN |= {"tag": "vision", "section": "cross", "from": "tag-{tag}", "show": "below"}
SHOWN |= {"span": "year", "state": "later"}
SENT = {"paper": "{paper}", "tag": "new", "tagging": "{tag} {paper}", "change": "{change}"}
SENT |= {"which": "{tag}", "into": "{other}", "name": "other", "colour": "3", "theme": "dark"}
SENT |= {"density": "cards", "language": "en", "next": "/new", "session": "1", "proof": "x"}
SENT |= {"author": "0 {paper}", "search": "learning", "day": "2026-06-01", "line": "0.5"}
SENT |= {"since": "2026-05-01", "until": "2026-06-01", "time_zone": "Asia/Tokyo"}
SENT |= {"login": "alice", "password": "x", "email": "x@example.org", "username": "dora"}

PLACES = {str(each.name): str(each.pattern) for each in urlpatterns}
SHOWING = [name for name in PLACES if not name.startswith("do_")]
TAKING = [name for name in PLACES if name.startswith(("do_", "account_"))]


Parts = dict[str, list[str]]


def parts(usual: dict[str, str], *, least: int) -> st.SearchStrategy[Parts]:
    """Each name with what is usual, or with something odd, or two; some are left out."""
    return st.fixed_dictionaries(
        {
            name: st.just([value]) | st.lists(ODD.get(name, words), min_size=least, max_size=2)
            for name, value in usual.items()
        }
    )


@dataclass(frozen=True)
class Place:
    """Somebody who likes, hides and tags, and what of hers the braces stand for."""

    person: Person
    things: dict[str, str]

    def put(self, parts: Parts) -> str:
        """Parts as an address or a form carries them."""
        pairs = [(name, self.value(text)) for name, texts in parts.items() for text in texts]
        return urlencode(pairs)

    def value(self, text: str) -> bytes:
        for name, thing in self.things.items():
            text = text.replace(f"{{{name}}}", thing)
        return text.encode(errors="surrogatepass")

    def address(self, pattern: str, varying: list[str]) -> str:
        """An address of a page, with something where its pattern leaves room."""
        waiting = iter(varying)
        room = re.compile(r"<\w+:\w+>|\(.*?\)")
        return "/" + room.sub(lambda _: quote(self.value(next(waiting))), pattern.strip("^$"))

    def get(self, name: str, varying: list[str], parts: Parts, *, script: bool = False) -> int:
        """Open a page; its status."""
        address = f"{self.address(PLACES[name], varying)}?{self.put(parts)}"
        return self.person.client.get(address, headers=_headers(script)).status_code

    def post(self, name: str, parts: Parts, *, script: bool = False) -> int:
        """Send a form; the status of the answer."""
        self.person.client.force_login(self.person.reader)
        answer = self.person.client.post(
            self.address(PLACES[name], ["vision", "x", "x", "x"]),
            self.put(parts),
            content_type="application/x-www-form-urlencoded",
            headers=_headers(script),
        )
        return answer.status_code


def _headers(script: bool) -> dict[str, str]:
    return {"HX-Request": "true"} if script else {}


@pytest.fixture
def place(alice: Person, library: list[Paper], settings: LazySettings) -> Place:
    settings.ACCOUNT_RATE_LIMITS = False
    tag_paper(alice.reader, library[3], "other")
    tag_paper(alice.reader, library[0], "vision")
    mark_paper(alice.reader, library[1], Mark.Kind.LIKE)
    change = mark_paper(alice.reader, library[2], Mark.Kind.HIDE)
    assert change
    tags = dict(alice.reader.tags.values_list("name", "pk"))
    things = {"paper": library[0].arxiv_id, "tag": tags["vision"], "other": tags["other"]}
    things |= {"change": change.pk}
    return Place(alice, {name: str(thing) for name, thing in things.items()})


@pytest.mark.parametrize("number", NUMBERS, ids=range(len(NUMBERS)))
def test_any_number_is_answered(place: Place, number: str) -> None:
    for name in SHOWING:
        assert place.get(name, ["{paper}", "x", "x", "x"], {each: [number] for each in SHOWN}) < 500
    for name in TAKING:
        odd = {each: [number] for each in ODD}
        assert place.post(name, {each: [value] for each, value in SENT.items()} | odd) < 500


def test_strangers_do_not_fill_the_log(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    many = urlencode([("x", "y")] * 2000)
    assert visitor.get(f"/account/login?{many}").status_code == 400
    assert visitor.get("/help", HTTP_HOST="evil.example").status_code == 400
    assert visitor.get("/nothing").status_code == 404
    assert caplog.records == []


many = settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
varying = st.lists(st.sampled_from(["{paper}", "vision", *DAYS]) | words, min_size=4, max_size=4)


@many
@given(st.sampled_from(SHOWING), varying, parts(SHOWN, least=0), st.booleans())
def test_any_address_is_answered(
    place: Place, name: str, varying: list[str], parts: Parts, script: bool
) -> None:
    assert place.get(name, varying, parts, script=script) < 500


@many
@given(st.sampled_from(TAKING), parts(SENT, least=1), st.booleans())
def test_any_form_is_answered(place: Place, name: str, parts: Parts, script: bool) -> None:
    assert place.post(name, parts, script=script) < 500
