"""Identifiers of bioRxiv and medRxiv: DOIs that end in the number of a manuscript.

    10.1101/012345   10.1101/2024.01.15.575734   10.64898/2025.12.01.691234

They cannot be taken for arXiv's, which have neither a prefix nor a year of four digits before a
number. Which of the two servers one is from shows in its number: medRxiv's have eight digits, the
year first; bioRxiv's have fewer. That is what all known ones are like; no document promises it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bookwheel.errors import IdentifierError

_ANY = re.ASCII | re.IGNORECASE
_DOI = re.compile(
    r"(?:doi:\s?|(?:bio|med)rxiv:?\s?)?(10\.(?:1101|64898))/"
    r"((?:20\d\d\.(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12]\d|3[01])\.)?\d{6,8})(?:v([1-9]\d{0,2}))?",
    _ANY,
)
_HOST = re.compile(r"(?:[\w-]+\.)*(?:bio|med)rxiv\.org|(?:dx\.|www\.)?doi\.org", _ANY)
_LINK = re.compile(r"https?://|(?:[\w-]+\.)*(?:biorxiv\.org|medrxiv\.org|doi\.org)/", _ANY)
_IN_PATH = re.compile(rf"{_DOI.pattern}(?![\w-])", _ANY)
_EARLY = re.compile(r"/early/\d{4}/\d\d/\d\d/(\d{6,8})(?:v([1-9]\d{0,2}))?(?![\w-])", _ANY)
_AROUND = " \t\r\n<>()\"'.,;"
_LONGEST = 300
_MEDRXIV_DIGITS = 8


@dataclass(frozen=True, slots=True)
class RxivId:
    """A DOI of a preprint, and perhaps a version."""

    base: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> RxivId:
        """Read a DOI, one with `doi:`, or a link to bioRxiv, medRxiv or doi.org.

        Raises:
            IdentifierError: it is none.
        """
        bare = text.strip(_AROUND)
        if len(text) <= _LONGEST:
            match = _DOI.fullmatch(bare)
            if match is None and _LINK.match(bare):
                match = _in_link(bare if "://" in bare else f"https://{bare}")
            if match:
                return _of(*match.groups())
        shown = text if len(text) <= 80 else f"{text[:80]}…"
        raise IdentifierError(
            f"“{shown}” is no identifier of bioRxiv or medRxiv, which look like "
            "10.1101/2024.01.15.575734."
        )

    @property
    def server(self) -> str:
        """`biorxiv` or `medrxiv`."""
        return "medrxiv" if len(self.number) == _MEDRXIV_DIGITS else "biorxiv"

    @property
    def number(self) -> str:
        """The digits at the end."""
        return re.split(r"[./]", self.base)[-1]

    def __str__(self) -> str:
        return self.base if self.version is None else f"{self.base}v{self.version}"


def _in_link(link: str) -> re.Match[str] | None:
    try:
        parts = urlsplit(link)
        host, path = parts.hostname or "", unquote(parts.path)
    except ValueError:  # an address that cannot be one
        return None
    if not _HOST.fullmatch(host):
        return None
    return _IN_PATH.search(path) or _EARLY.search(path)


def _of(*parts: str | None) -> RxivId:
    """Prefix, number and version; addresses of before 2019 lack the prefix."""
    *prefix, number, version = parts
    return RxivId(f"{(prefix or ['10.1101'])[0]}/{number}", int(version) if version else None)
