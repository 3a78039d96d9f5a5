"""What a licence lets a site show to others.

arXiv's own licences let it, and only it, distribute a paper. Of the Creative Commons licences, BY,
BY-SA and CC0 let anybody; NC and ND only without profit and unchanged, which is for the operator to
judge. Leaves out: law.
"""

from __future__ import annotations

import re

_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/(?P<code>[a-z-]+)|publicdomain/)",
    re.IGNORECASE,
)
_OPEN = ("by", "by-sa", "publicdomain")


def may_show(licence: str, served: str) -> bool:
    """Whether a text under a licence (an address) is shown where `served` is the setting."""
    if served == "all":
        return True
    found = _CREATIVE_COMMONS.match(licence)
    if found is None:
        return False
    return served == "creative-commons" or (found["code"] or "by").lower() in _OPEN
