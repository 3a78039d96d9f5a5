"""COinS: a paper's metadata inside a page, where Zotero and other collectors find it.

Source: "OpenURL COinS: A Convention to Embed Bibliographic Metadata in HTML" (2005), Z39.88-2004.
"""

from __future__ import annotations

from urllib.parse import urlencode

from bookwheel.content.plain import to_text
from bookwheel.models import Paper

_AUTHORS = 20  # a page of 25 papers stays light when a collaboration of thousands is on it


def coins(paper: Paper) -> str:
    """Give the value of the `title` of a `<span class="Z3988">`, not yet escaped."""
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "preprint"),
        ("rft.atitle", to_text(paper.title)),
        ("rft.jtitle", f"arXiv:{paper.arxiv_id} [{paper.primary}]"),
        ("rft.date", paper.first_date.isoformat()),
        ("rft_id", f"https://arxiv.org/abs/{paper.arxiv_id}"),
        *(("rft.au", _name(*author)) for author in paper.authors[:_AUTHORS]),
    ]
    if paper.doi:
        fields.append(("rft_id", f"info:doi/{paper.doi.split()[0]}"))
    return urlencode(fields)


def _name(family: str, given: str = "", suffix: str = "") -> str:
    return to_text(" ".join(filter(None, (given, family, suffix))))
