"""One record of the interface, which is one version of a preprint, to one `Paper`."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

from bookwheel.arxiv.records import fold
from bookwheel.core.papers import Author, Paper, Version
from bookwheel.core.rxiv_ids import RxivId
from bookwheel.core.rxiv_taxonomy import SERVERS, code_of
from bookwheel.errors import PaperError

_CC = "http://creativecommons.org/"
LICENCES = {
    "cc_by": f"{_CC}licenses/by/4.0/",
    "cc_by_nc": f"{_CC}licenses/by-nc/4.0/",
    "cc_by_nd": f"{_CC}licenses/by-nd/4.0/",
    "cc_by_nc_nd": f"{_CC}licenses/by-nc-nd/4.0/",
    "cc0": f"{_CC}publicdomain/zero/1.0/",
    "cc0_ng": "Public domain in the United States",
    "cc_no": "All rights reserved",
}
_NOTHING = ("", "na", "none")
# Only what publishers' markup has: "p<0.05 and q>0.1" stays.
_TAG = re.compile(
    r"</?(?:jats:)?(?:p|i|b|em|strong|su[bp]|italic|bold|sec|title|underline|sc|span)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</(?:jats:)?(?:p|sec|title)>|\n\s*\n", re.IGNORECASE)
_VERSION = re.compile(r"[1-9]\d{0,2}", re.ASCII)


def paper_from(record: Any, server: str) -> Paper:
    """Build the paper as it is in this version; `server` is for records that do not name theirs.

    Raises:
        PaperError: with a reason of a few words.
    """
    if not isinstance(record, dict):
        raise PaperError("not a JSON object")
    identifier = RxivId.parse(_text(record, "doi"))
    told = _text(record, "server").strip().lower()
    where = told if told in SERVERS else server
    day, title = _day(record), _plain(_text(record, "title"))
    if not title:
        raise PaperError("no title")
    return Paper(
        arxiv_id=identifier.base,
        title=title,
        abstract="\n".join(filter(None, map(_plain, _BREAK.split(_text(record, "abstract"))))),
        authors=tuple(_authors(_text(record, "authors"))),
        categories=(code_of(where, _text(record, "category")),),
        versions=(Version(_number(record), f"{day.isoformat()}T00:00:00Z"),),
        first_date=day,
        last_date=day,
        doi=_published(record),
        license=_licence(_text(record, "license")),
        submitter=fold(_text(record, "author_corresponding")),
        announced=day if _number(record) == 1 else None,
        withdrawn=_is_withdrawn(record, title),
        updated=day,
    )


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if isinstance(value, int):  # versions are sometimes numbers
        return str(value)
    if not isinstance(value, str):
        raise PaperError(f"{key} is not text")
    return value


def _plain(text: str) -> str:
    """Without markup; a dollar sign is money here, and no beginning of mathematics."""
    return fold(html.unescape(_TAG.sub("", text))).replace("\\$", "$").replace("$", "\\$")


def _authors(line: str) -> list[Author]:
    """`Curie, M.; Meitner, L.; The Consortium`."""
    names = [fold(html.unescape(name)) for name in line.split(";")]
    parts = [name.partition(",") for name in names if name]
    return [Author(family.strip(), given.strip()) for family, _comma, given in parts]


def _day(record: dict[str, Any]) -> date:
    try:
        return date.fromisoformat(_text(record, "date"))
    except ValueError as error:
        raise PaperError("date is not a day") from error


def _number(record: dict[str, Any]) -> int:
    text = _text(record, "version").strip().lower().removeprefix("v")
    if not _VERSION.fullmatch(text):
        raise PaperError("no version")
    return int(text)


def _published(record: dict[str, Any]) -> str:
    doi = fold(_text(record, "published"))
    return "" if doi.lower() in _NOTHING else doi


def _licence(text: str) -> str:
    code = fold(text).lower().replace("-", "_").replace(" ", "_")
    return "" if code in _NOTHING else LICENCES.get(code, fold(text))


def _is_withdrawn(record: dict[str, Any], title: str) -> bool:
    kind = _text(record, "type").strip().lower()
    return kind.startswith("withdraw") or title.upper().startswith("WITHDRAWN")
