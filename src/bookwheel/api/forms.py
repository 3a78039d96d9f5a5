"""Citations in the forms of other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from django.http import HttpResponse

from bookwheel.content.citations import (
    Cited,
    to_bibtex,
    to_csl,
    to_csv,
    to_markdown,
    to_ris,
)


class CitedAs(StrEnum):
    """What a citation can be written as."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"
    MARKDOWN = "markdown"
    CSV = "csv"


WRITERS: Mapping[CitedAs, tuple[Callable[[Sequence[Cited]], str], str]] = {
    CitedAs.BIBTEX: (to_bibtex, "application/x-bibtex"),
    CitedAs.RIS: (to_ris, "application/x-research-info-systems"),
    CitedAs.CSL: (to_csl, "application/vnd.citationstyles.csl+json"),
    CitedAs.MARKDOWN: (to_markdown, "text/markdown"),
    CitedAs.CSV: (to_csv, "text/csv"),
}
_CONTENT = {kind: {"schema": {"type": "string"}} for _write, kind in WRITERS.values()}
FILES: dict[str, Any] = {"responses": {200: {"content": _CONTENT}}}


def written(papers: Sequence[Cited], form: CitedAs) -> HttpResponse:
    """Citations as a file."""
    write, kind = WRITERS[form]
    return HttpResponse(write(papers), content_type=f"{kind}; charset=utf-8")
