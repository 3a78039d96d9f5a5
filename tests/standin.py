"""A stand-in for arXiv: OAI-PMH, feeds and search over some records, with faults on demand.

It is seeded with records in the form of the public dump; `faults` names what may go wrong, and
`rate` how often. The fault `none at all` is a server that does not listen.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from loopback_server import Reply, Request

FAULTS = (
    "429",
    "429 with time",
    "503",
    "slow",
    "truncated",
    "html",
    "encoding",
    "expired",
    "duplicated",
    "reordered",
    "skew",
    "reset",
)
_OAI = "http://www.openarchives.org/OAI/2.0/"
_RAW = "http://arxiv.org/OAI/arXivRaw/"
_PLAIN = ("comments", "journal-ref", "doi", "report-no", "license", "abstract")
_HTML = b"<!DOCTYPE html><html><body>Rate exceeded.</body></html>"


@dataclass
class StandIn:
    """The records, and how the server behaves. Times are seconds since 1970."""

    records: Sequence[dict[str, Any]]  # as in the dump; `deleted: True` for one that is gone
    now: Callable[[], float]
    sleep: Callable[[float], None]
    page_size: int = 100
    faults: Iterable[str] = ()
    rate: float = 0.0
    seed: int = 0
    listings: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # day: (id, kind)
    calm_after: int = 5  # requests in a row with faults, at the most

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._faults = tuple(self.faults)
        self._row = 0
        self._swapped: dict[str, list[int]] = {}
        self.happened: list[str] = []

    def __call__(self, request: Request) -> Reply:
        """Answer a request, perhaps with a fault."""
        fault = self._fault()
        if reply := self._instead(fault):
            return reply
        if request.path.startswith("/oai"):
            reply = self._oai(request.query, fault)
        elif request.path.startswith("/rss/"):
            reply = self._rss(request, request.path.removeprefix("/rss/").split("+"))
        else:
            reply = self._api(request.query)
        return self._spoilt(reply, fault)

    def _fault(self) -> str:
        if not self._faults or self._row >= self.calm_after or self._random.random() > self.rate:
            self._row = 0
            return ""
        self._row += 1
        self.happened.append(self._random.choice(self._faults))
        return self.happened[-1]

    def _instead(self, fault: str) -> Reply | None:
        later = datetime.fromtimestamp(self.now() + 120, UTC)
        return {
            "429": Reply(b"Rate exceeded.", 429, "text/plain"),
            "429 with time": Reply(b"", 429, headers={"Retry-After": "30"}),
            "503": Reply(b"", 503, headers={"Retry-After": format_datetime(later, usegmt=True)}),
            "html": Reply(_HTML, kind="text/html"),
            "reset": Reply(breaks="reset"),
        }.get(fault)

    def _spoilt(self, reply: Reply, fault: str) -> Reply:
        if fault == "slow":
            reply.drips = lambda: self.sleep(60)
        elif fault == "truncated":
            reply.breaks = self._random.choice(["short", ""])
            if not reply.breaks:
                reply.body = reply.body[: int(len(reply.body) * self._random.random())]
        elif fault == "encoding":
            reply.body = reply.body.replace(b"<title>", b"<title>\xe9\xff", 1)
            reply.body = reply.body.replace(b"</request>", b"\xe9</request>", 1)
        return reply

    def _oai(self, query: dict[str, str], fault: str) -> Reply:
        if query.get("verb") == "GetRecord":
            arxiv_id = query["identifier"].removeprefix("oai:arXiv.org:")
            found = [one for one in self.records if one["id"] == arxiv_id]
            inside = "".join(map(_record, found)) or _error("idDoesNotExist")
            return self._envelope(f"<GetRecord>{inside}</GetRecord>" if found else inside, "")
        if token := query.get("resumptionToken"):
            since, part, page, number = token.split("|")
            if fault == "expired":
                return self._envelope(_error("badResumptionToken"), fault)
        else:
            since, part, page, number = query.get("from", ""), query.get("set", ""), "0", ""
            number = str(self._random.getrandbits(40))
        return self._list(since, part, int(page), number, fault)

    def _list(self, since: str, part: str, page: int, number: str, fault: str) -> Reply:
        wanted = self._wanted(since, part)
        pages = -(-len(wanted) // self.page_size)
        if not wanted:
            return self._envelope(_error("noRecordsMatch"), fault)
        order = self._swapped.setdefault(number, list(range(pages)))
        if fault == "reordered" and page + 1 < pages:
            order[page], order[page + 1] = order[page + 1], order[page]
        following = page + 1
        if fault == "duplicated" and page:
            page, following = page - 1, page
        at = order[page] * self.page_size
        shown = wanted[at : at + self.page_size]
        if fault == "duplicated":
            shown = shown + shown[:5]
        token = f"{since}|{part}|{following}|{number}" if following < pages else ""
        end = f'<resumptionToken completeListSize="{len(wanted)}">{token}</resumptionToken>'
        inside = "".join(map(_record, shown)) + end
        return self._envelope(f"<ListRecords>{inside}</ListRecords>", fault)

    def _wanted(self, since: str, part: str) -> list[dict[str, Any]]:
        archive = part.split(":")[1:2] or [part]
        found = [
            one
            for one in self.records
            if one["update_date"] >= since
            and (not part or any(c.startswith(archive[0]) for c in one["categories"].split()))
        ]
        return sorted(found, key=lambda one: (one["update_date"], one["id"]))

    def _envelope(self, inside: str, fault: str) -> Reply:
        skew = timedelta(days=400) if fault == "skew" else timedelta()
        when = datetime.fromtimestamp(self.now(), UTC) + skew
        headers = {"Date": format_datetime(when, usegmt=True)}
        body = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{_OAI}">'
            f"<responseDate>{when:%Y-%m-%dT%H:%M:%SZ}</responseDate>"
            f'<request verb="x">http://oai</request>{inside}</OAI-PMH>'
        )
        return Reply(body.encode(), headers=headers)

    def _rss(self, request: Request, parts: list[str]) -> Reply:
        day = max(self.listings, default="")
        tag = f'"{day}"'
        if request.headers.get("if-none-match") == tag:
            return Reply(status=304, kind="")
        known = {one["id"]: one for one in self.records}
        items = "".join(
            _item(known[arxiv_id], day, kind)
            for arxiv_id, kind in self.listings.get(day, [])
            if any(
                c.split(".")[0] in parts or c in parts
                for c in known[arxiv_id]["categories"].split()
            )
        )
        body = (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
            'xmlns:arxiv="http://arxiv.org/schemas/atom" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
            f"<title>updates</title><docs>x</docs><pubDate>{_midnight(day)}</pubDate>"
            f"{items}</channel></rss>"
        )
        return Reply(body.encode(), kind="application/rss+xml", headers={"ETag": tag})

    def _api(self, query: dict[str, str]) -> Reply:
        named, _, version = query["id_list"].partition("v")
        found = [one for one in self.records if one["id"] == named and not one.get("deleted")]
        entries = "".join(_entry(one, int(version or 0)) for one in found)
        body = (
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" '
            'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
            f"<opensearch:totalResults>{len(found)}</opensearch:totalResults>{entries}</feed>"
        )
        return Reply(body.encode(), kind="application/atom+xml")


def _is_in(one: dict[str, Any], parts: list[str]) -> bool:
    codes = one["categories"].split()
    return any(code in parts or code.partition(".")[0] in parts for code in codes)


def _error(code: str) -> str:
    return f'<error code="{code}">{code}</error>'


def _element(name: str, text: object) -> str:
    return f"<{name}>{escape(str(text))}</{name}>" if text else ""


def _record(one: dict[str, Any]) -> str:
    gone = ' status="deleted"' if one.get("deleted") else ""
    header = (
        f"<header{gone}><identifier>oai:arXiv.org:{one['id']}</identifier>"
        f"<datestamp>{one['update_date']}</datestamp></header>"
    )
    if gone:
        return f"<record>{header}</record>"
    versions = "".join(
        f"<version version={quoteattr(v['version'])}>{_element('date', v['created'])}</version>"
        for v in one["versions"]
    )
    head = _element("id", one["id"]) + _element("submitter", one.get("submitter")) + versions
    named = "".join(_element(name, one.get(name)) for name in ("title", "authors", "categories"))
    rest = "".join(_element(name, one.get(name)) for name in _PLAIN)
    raw = f'<arXivRaw xmlns="{_RAW}">{head}{named}{rest}</arXivRaw>'
    return f"<record>{header}<metadata>{raw}</metadata></record>"


def _midnight(day: str) -> str:
    return f"{date.fromisoformat(day):%a, %d %b %Y} 00:00:00 -0400" if day else ""


def _item(one: dict[str, Any], day: str, kind: str) -> str:
    number = len(one["versions"])
    told = f"arXiv:{one['id']}v{number} Announce Type: {kind} \nAbstract: {one['abstract']}"
    categories = "".join(_element("category", code) for code in one["categories"].split())
    return (
        f"<item>{_element('title', one['title'])}{_element('description', told)}"
        f'<guid isPermaLink="false">oai:arXiv.org:{one["id"]}v{number}</guid>{categories}'
        f"<pubDate>{_midnight(day)}</pubDate>{_element('arxiv:announce_type', kind)}"
        f"{_element('dc:rights', one.get('license'))}"
        f"{_element('dc:creator', one['authors'])}</item>"
    )


def _entry(one: dict[str, Any], version: int) -> str:
    number = version or len(one["versions"])
    said = one.get("said", {}).get(number, one)
    first, latest = (_iso(one["versions"][at]["created"]) for at in (0, number - 1))
    terms = "".join(f'<category term="{code}"/>' for code in one["categories"].split())
    authors = "".join(
        f"<author>{_element('name', name.strip())}</author>" for name in one["authors"].split(",")
    )
    return (
        f"<entry><id>http://arxiv.org/abs/{one['id']}v{number}</id>"
        f"{_element('title', said['title'])}{_element('updated', latest)}"
        f"{_element('summary', said['abstract'])}{terms}{_element('published', first)}"
        f'<arxiv:primary_category term="{one["categories"].split()[0]}"/>{authors}</entry>'
    )


def _iso(text: str) -> str:
    from bookwheel.arxiv.times import utc

    return utc(text)
