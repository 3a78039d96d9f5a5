"""Links to code, data, models and project pages that a paper gives in its own words.

Leaves out: whether a link still works, and links that others made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class Opens(StrEnum):
    """What a link leads to."""

    CODE = "code"
    DATA = "data"
    MODEL = "model"
    DEMO = "demo"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link with what it leads to and what to call it, such as `owner/name`."""

    kind: Opens
    url: str
    name: str


_URL = re.compile(
    r"(?:https?://|(?<![\w@./-])(?:www\.)?(?=(?:github\.com|gitlab\.com|huggingface\.co|zenodo\.org|"
    r"bitbucket\.org|codeberg\.org|[\w-]+\.github\.io|sites\.google\.com|figshare\.com|osf\.io|"
    r"kaggle\.com)/?))(?:[^\s<>\"{}|\\^`\[\]]|\\(?=[_%#&~])){3,300}",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'*_~”’»"
_CODE_HOSTS = frozenset(
    {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "gitlab.inria.fr"}
)
_DATA_HOSTS = frozenset(
    {"zenodo.org", "figshare.com", "osf.io", "kaggle.com", "datadryad.org", "dataverse.harvard.edu"}
)
_NO_PROJECT = re.compile(
    r"(?:^|\.)(?:arxiv\.org|doi\.org|youtu(?:be\.com|\.be)|vimeo\.com|twitter\.com|x\.com|"
    r"creativecommons\.org|wikipedia\.org|springer\.com|ieee\.org|acm\.org|sciencedirect\.com|"
    r"openreview\.net|aclanthology\.org|thecvf\.com|mlr\.press|nips\.cc|neurips\.cc|iop\.org|"
    r"aps\.org|wiley\.com|nature\.com|mdpi\.com|tandfonline\.com|semanticscholar\.org)$|"
    r"(?:proceedings|conference|workshop|journal)",
    re.IGNORECASE,
)
_ABOUT = (
    (
        Opens.CODE,
        r"source code|codes?\b|implementation|software|package|toolbox|library|scripts?\b",
    ),
    (Opens.DATA, r"data ?sets?\b|data\b|corpus|corpora|benchmark|annotations"),
    (Opens.MODEL, r"models?\b|checkpoints?|weights"),
    (Opens.DEMO, r"demos?\b|try it|playground|web app"),
    (Opens.PROJECT, r"project|web ?(?:page|site)|home ?page|videos?\b|page\b|supplement"),
)
_WORDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ABOUT)
_OFFERS = re.compile(
    r"\b(?:available|released?|found|our|open[- ]?sourced?|provided?|accessed|hosted|see|visit|"
    r"published|project|code|demo|website|web ?page|publicly|download(?:ed|s)?|at|here)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"journal version|published (?:by|in|at)|university press|\bpp?\.", re.IGNORECASE
)
_BEFORE = 140  # characters that say what a link is


def open_links(texts: Iterable[str], *, full_text: bool = False) -> tuple[OpenLink, ...]:
    """Links in abstract, comments or, with `full_text`, paragraphs of the paper, each once.

    In full texts others' repositories are named too, so a link counts there only where the words
    before it offer something ("our code is available at").
    """
    found: dict[str, OpenLink] = {}
    for text in texts:
        for match in _URL.finditer(text):
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            after = text[match.end() : match.end() + 60]
            if full_text and not _is_ours(before):
                continue
            link = _link(_cleaned(match[0]), before, after)
            if link:
                found.setdefault(_sameness(link), link)
    return tuple(found.values())


def _sameness(link: OpenLink) -> str:
    """Equal for links to one place: a repository counts once, whichever of its files is named."""
    if link.kind is Opens.CODE and "/" in link.name:
        return link.name.lower()
    return re.sub(r"^https?://(?:www\.)?|(?:\.git)?/*$", "", link.url.lower())


_OURS = re.compile(
    r"\b(?:our|we|this (?:paper|work)|the)\b[^.]{0,90}\b(?:available|released?|open[- ]?sourced?|"
    r"published|found|provided?|accessed|hosted)\b|\b(?:code|data|demo|project page|website)"
    r"(?: (?:is|are))?(?: (?:publicly|freely))?(?: available)?(?: at| here)?\s*:?\s*$",
    re.IGNORECASE,
)


def _is_ours(before: str) -> bool:
    return bool(_OURS.search(_sentence(before)))


def _cleaned(url: str) -> str:
    url = re.sub(r"\\(?=[_%#&~])", "", url).split("}")[0].split("$")[0]
    while url and (url[-1] in _TRAILING or (url[-1] == ")" and url.count("(") < url.count(")"))):
        url = url[:-1]
    return url if url.lower().startswith("http") else f"https://{url}"


def _link(url: str, before: str, after: str) -> OpenLink | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return None
    path = [part for part in parts.path.split("/") if part]
    if _ELSEWHERE.search(before[-60:]) or parts.path.lower().endswith((".pdf", ".ps")):
        return None
    if not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", host):
        return None
    kind = _by_host(host, path, before)
    if kind is None:
        if _NO_PROJECT.search(host) or not _OFFERS.search(before + after):
            return None
        kind = _by_words(before, after)
    return OpenLink(kind, url, _name(host, path)) if kind else None


def _by_host(host: str, path: list[str], before: str) -> Opens | None:
    if host in _CODE_HOSTS or host.startswith(("gitlab.", "git.")):
        if not path:
            return None
        return Opens.DATA if _only_data(before) else Opens.CODE
    if host in ("huggingface.co", "hf.co"):
        first = path[0] if path else ""
        return {"datasets": Opens.DATA, "spaces": Opens.DEMO}.get(first, Opens.MODEL)
    if host in _DATA_HOSTS or host.endswith((".figshare.com", ".dataverse.org")):
        return Opens.CODE if _last_named(before) is Opens.CODE else Opens.DATA
    if host.endswith((".github.io", ".gitlab.io")) or host == "sites.google.com":
        told = _last_named(before)
        return told if told in (Opens.DATA, Opens.DEMO) else Opens.PROJECT
    return None


def _only_data(before: str) -> bool:
    """Whether the sentence before a link speaks of data and of no code."""
    sentence = _sentence(before)
    told = {kind for kind, pattern in _WORDS if pattern.search(sentence)}
    return Opens.DATA in told and Opens.CODE not in told


def _sentence(before: str) -> str:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", before)[-1]


def _last_named(before: str) -> Opens | None:
    """What the words nearest before a link say that it is."""
    best: tuple[int, Opens] | None = None
    sentence = _sentence(before)
    for kind, pattern in _WORDS:
        for match in pattern.finditer(sentence):
            if best is None or match.start() > best[0]:
                best = match.start(), kind
    return best[1] if best else None


def _by_words(before: str, after: str) -> Opens | None:
    return _last_named(before) or (Opens.PROJECT if re.match(r"\W*$", after) else None)


def _name(host: str, path: list[str]) -> str:
    if host in _CODE_HOSTS and len(path) >= 2:
        return f"{path[0]}/{path[1].removesuffix('.git')}"
    if host in ("huggingface.co", "hf.co") and path:
        return "/".join([part for part in path if part not in ("datasets", "spaces")][:2]) or host
    return host
