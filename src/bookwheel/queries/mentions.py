"""Papers and tags that a question names: "@1706.03762" and "#vision" say where to look."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bookwheel.core.own_names import own_number
from bookwheel.core.paper_ids import parse_id
from bookwheel.errors import IdentifierError
from bookwheel.models import Paper, Reader
from bookwheel.queries.own_texts import own_text_numbered
from bookwheel.queries.tags import tags_of

_PAPER = re.compile(
    r"(?<!\w)@(?P<id>(?:10\.\d+/|(?:arxiv:)?[a-z-]*(?:\.[A-Z]{2})?/?)[0-9][0-9.]*[0-9](?:v\d+)?)",
    re.I,
)

_OWN = re.compile(r"(?<!\w)@(?P<own>own:[0-9]{1,18})(?!\w)", re.ASCII)


@dataclass(frozen=True)
class Mentions:
    """A question without what it names, and what that is."""

    text: str
    papers: tuple[str, ...] = ()
    tag: str = ""


def mentions(reader: Reader, text: str) -> Mentions:
    """Take out papers that are held and tags that the reader has; all else stays as it is."""
    papers = dict[str, None]()

    def take(match: re.Match[str]) -> str:
        try:
            known = parse_id(match["id"]).base
        except IdentifierError:
            return match[0]
        if not Paper.objects.filter(arxiv_id=known).exists():
            return match[0]
        papers[known] = None
        return ""

    def take_own(match: re.Match[str]) -> str:
        if own_text_numbered(reader, own_number(match["own"]) or 0) is None:
            return match[0]
        papers[match["own"]] = None
        return ""

    text = _PAPER.sub(take, _OWN.sub(take_own, text))
    text, tag = _tag(reader, text)
    return Mentions(" ".join(text.split()) if papers or tag else text, tuple(papers), tag)


def _tag(reader: Reader, text: str) -> tuple[str, str]:
    """The longest of the reader's tags that stands after a number sign."""
    if "#" not in text:
        return text, ""
    for tag in sorted(tags_of(reader), key=lambda each: -len(each.name)):
        found = re.search(rf"(?<!\w)#{re.escape(tag.name)}(?!\w)", text, re.I)
        if found:
            return text[: found.start()] + text[found.end() :], tag.name
    return text, ""
