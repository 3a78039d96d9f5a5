"""arXiv identifiers: reading them from whatever people paste, checking them, ordering them.

Source: arXiv manual, "Understanding the arXiv identifier".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bookwheel.core.taxonomy import ARCHIVES
from bookwheel.errors import IdentifierError

_ANY = re.ASCII | re.IGNORECASE
_NEW = re.compile(r"(\d{2})(\d{2})\.(\d{4,5})(?:v([1-9]\d{0,2}))?", _ANY)
_OLD = re.compile(
    r"([a-z]+(?:-[a-z]+)?)(?:\.[a-z]+(?:-[a-z]+)?)?/(\d{2})(\d{2})(\d{3})(?:v([1-9]\d{0,2}))?", _ANY
)
# `arXiv:` (in arXiv's DOIs `10.48550/arXiv.`) before; the PDF's stamp has category and date behind.
_PREFIX = re.compile(r"(?:(?:doi:\s?)?10\.48550/)?arxiv\s?[:.]\s?", _ANY)
_STAMP = re.compile(r"\s\[[\w.-]+\].*", _ANY)
_LINK = re.compile(r"https?://|(?:[\w-]+\.)*(?:arxiv\.org|xxx\.lanl\.gov|doi\.org)/", _ANY)
_HOST = re.compile(r"(?:[\w-]+\.)*arxiv\.org|xxx\.lanl\.gov", _ANY)
_DOI_HOST = re.compile(r"(?:dx\.|www\.)?doi\.org", _ANY)
_FILE_NAME_END = re.compile(r"\.(?:pdf|ps|ps\.gz|tar\.gz|gz|html?)$", _ANY)
_AROUND = " \t\r\n<>()\"'.,;"
_LONGEST = 300  # of a link; a longer text is not looked at

_FIRST_OLD, _FIRST_NEW, _FIRST_LONG = (1991, 7), (2007, 4), (2015, 1)  # year, month


@dataclass(frozen=True, slots=True)
class ArxivId:
    """An identifier, old style (`hep-th/9901001`) or new (`1501.00001`), and perhaps a version."""

    base: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> ArxivId:
        """Read a bare identifier, one with `arXiv:`, or any link to arXiv about one paper.

        Raises:
            IdentifierError: it is none, or one that arXiv cannot have given.
        """
        bare = _bare(text.strip(_AROUND)) if len(text) <= _LONGEST else ""
        if match := _NEW.fullmatch(bare):
            return _new(match)
        if match := _OLD.fullmatch(bare):
            return _old(match)
        raise _error(text, "an identifier looks like 1706.03762 or hep-th/9901001")

    @property
    def sort_key(self) -> tuple[int, int, str, int, int]:
        """Orders by month, then by number within it: (year, month, archive, number, version)."""
        archive, _, rest = self.base.rpartition("/")
        number = int(rest[5:] if not archive else rest[4:])
        return _year(rest[:2]), int(rest[2:4]), archive, number, self.version or 0

    def __str__(self) -> str:
        return self.base if self.version is None else f"{self.base}v{self.version}"


def _bare(text: str) -> str:
    """What is left of a link or a prefix: one identifier, if there is one at all."""
    if _LINK.match(text):
        return _from_link(text if "://" in text else f"https://{text}")
    return _unprefixed(_STAMP.sub("", text))


def _unprefixed(text: str) -> str:
    prefix = _PREFIX.match(text)
    return text[prefix.end() :] if prefix else text


def _from_link(link: str) -> str:
    """The identifier in a link's path, or ""."""
    try:
        parts = urlsplit(link)
        host, path = parts.hostname or "", unquote(parts.path).strip("/")
    except ValueError:  # an address that cannot be one
        return ""
    if _DOI_HOST.fullmatch(host):
        return _unprefixed(path) if _PREFIX.match(path) else ""
    return _in_path(path.split("/")) if _HOST.fullmatch(host) else ""


def _in_path(segments: list[str]) -> str:
    """The first identifier among the segments; `abs`, `pdf`, `html` and others stand before it."""
    before = ""
    for segment in segments:
        name = _unprefixed(_FILE_NAME_END.sub("", segment))
        if _NEW.fullmatch(name):
            return name
        if _OLD.fullmatch(f"{before}/{name}"):
            return f"{before}/{name}"
        before = name
    return ""


def _new(match: re.Match[str]) -> ArxivId:
    year, month, number, version = match.groups()
    when = (_year(year), int(month))
    if not 1 <= when[1] <= 12 or when < _FIRST_NEW:
        raise _error(match[0], f"{year}{month} is no month in which arXiv gave such numbers")
    if len(number) != (5 if when >= _FIRST_LONG else 4):
        raise _error(match[0], "numbers have four digits until 2014 and five from 2015 on")
    if not int(number):
        raise _error(match[0], "numbers begin with 1")
    return ArxivId(f"{year}{month}.{number}", int(version) if version else None)


def _old(match: re.Match[str]) -> ArxivId:
    archive, year, month, number, version = match.groups()
    when = (_year(year), int(month))
    if archive.lower() not in ARCHIVES:
        raise _error(match[0], f"arXiv has no archive “{archive}”")
    if not 1 <= when[1] <= 12 or not _FIRST_OLD <= when < _FIRST_NEW:
        raise _error(match[0], f"{year}{month} is no month in which arXiv gave such numbers")
    if not int(number):
        raise _error(match[0], "numbers begin with 1")
    base = f"{archive.lower()}/{year}{month}{number}"  # the class in math.GT/0309136 is optional
    return ArxivId(base, int(version) if version else None)


def _year(two_digits: str) -> int:
    """1991 to 2090."""
    short = int(two_digits)
    return 1900 + short if short > 90 else 2000 + short


def _error(text: str, reason: str) -> IdentifierError:
    shown = text if len(text) <= 80 else f"{text[:80]}…"
    return IdentifierError(f"“{shown}” is not an arXiv identifier: {reason}.")
