"""COinS: a paper's metadata inside a page, where Zotero and other collectors find it.

Source: "OpenURL COinS: A Convention to Embed Bibliographic Metadata in HTML" (2005), Z39.88-2004.
"""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

from bookwheel.content.plain import to_text
from bookwheel.core.paper_ids import home_of
from bookwheel.models import Paper
from bookwheel.web.authors import full_name

_FIXED = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=preprint"
_AUTHORS = 20  # a page of 25 papers stays light when a collaboration of thousands is on it


def coins(paper: Paper) -> str:
    """Give the value of the `title` of a `<span class="Z3988">`, not yet escaped."""
    home = home_of(paper.arxiv_id)
    fields = {
        "rft.atitle": to_text(paper.title),
        "rft.jtitle": f"{home.label} [{paper.primary}]",
        "rft.date": paper.first_date.isoformat(),
        "rft_id": home.page(),
    }
    parts = [_FIXED, urlencode(fields)]
    # One call for all names: encoding them one by one takes longer than all the rest.
    names = "\n".join(full_name(*author) for author in paper.authors[:_AUTHORS])
    if names:
        parts.append("rft.au=" + quote_plus(names).replace("%0A", "&rft.au="))
    if doi := (paper.doi.split() or [home.doi])[0]:
        parts.append(urlencode({"rft_id": f"info:doi/{doi}"}))
    return "&".join(parts)
