"""What every reader sees of a paper alike: made once for each paper, language and density.

Leaves out: what a reader did with it (`entries.py`), and the whole page of one paper (`sheet.py`).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from functools import cache
from threading import Lock
from urllib.parse import quote

from django.template import engines
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from jinja2 import Template
from markupsafe import Markup

from bookwheel.content.html import abstract_to_html, text_to_html
from bookwheel.content.plain import to_text
from bookwheel.core import categories
from bookwheel.core.key_sentence import key_sentence
from bookwheel.models import Paper
from bookwheel.web.coins import coins
from bookwheel.web.jinja import url

REMEMBERED = 4096  # faces; about 4 kB each
_FOLDED_AT = 8  # authors; of more, the first seven and the last are shown
_HTML_SINCE = date(2023, 12, 1)  # arXiv makes HTML of papers from then on
_TITLE_LENGTH = 60
_LINK_TAG = re.compile(r"</?a\b[^>]*>")


@dataclass(frozen=True)
class Face:
    """The pieces of a card that are the same for every reader."""

    head: Markup  # title, meta, authors, comment, abstract
    links: Markup  # similar, arXiv, PDF, HTML, BibTeX


@dataclass(frozen=True)
class Line:
    """A paper in one line."""

    title: Markup  # a link
    by: str
    date: str


@dataclass(frozen=True)
class Words:
    """A text and where it leads."""

    text: str
    href: str
    title: str = ""


_faces: OrderedDict[tuple[object, ...], Face] = OrderedDict()
_lock = Lock()


def face(paper: Paper, density: str, matched: tuple[str, ...] = ()) -> Face:
    """Give a paper's face; with `matched`, words of a search are marked in it."""
    key = (paper.pk, paper.changed, density, get_language(), matched)
    with _lock:
        known = _faces.get(key)
        if known is not None:
            _faces.move_to_end(key)
            return known
    made = _make(paper, density, matched)
    with _lock:
        _faces[key] = made
        if len(_faces) > REMEMBERED:
            _faces.popitem(last=False)
    return made


def _make(paper: Paper, density: str, matched: tuple[str, ...]) -> Face:
    authors, count = short_authors(paper)
    head = _template("_face.html").render(
        address=url("paper", paper.arxiv_id),
        title=without_links(text_to_html(paper.title, matched)),
        day=paper.announced or paper.first_date,
        date=short_date(paper.announced or paper.first_date),
        categories=category_links(paper),
        version=len(paper.versions),
        authors=authors,
        authors_count=count,
        comment=text_to_html(paper.comments) if density != "titles" else "",
        sentence=_sentence(paper, matched) if density == "sentences" else "",
        abstract=abstract_to_html(paper.abstract, matched) if density != "titles" else "",
        coins=coins(paper),
    )
    return Face(Markup(head), links(paper))  # noqa: S704 - the template escapes


def _sentence(paper: Paper, matched: tuple[str, ...]) -> Markup:
    return without_links(text_to_html(key_sentence(paper.abstract), matched))


def without_links(html: Markup) -> Markup:
    """Take the links out of HTML of ours that itself becomes part of a link or a button."""
    return Markup(_LINK_TAG.sub("", html))  # noqa: S704 - only tags are taken out


def links(paper: Paper) -> Markup:
    """Give where else the paper can be read, and what is like it."""
    html = paper.first_date >= _HTML_SINCE
    made = _template("_links.html").render(arxiv_id=paper.arxiv_id, html=html)
    return Markup(made)  # noqa: S704 - the template escapes


@cache
def _template(name: str) -> Template:
    environment = engines["jinja2"].env
    found: Template = environment.get_template(name)
    return found


def author_links(paper: Paper) -> list[Words]:
    """All authors, each with a search for all that is theirs."""
    return [_author(*name) for name in paper.authors]


def _author(family: str, given: str = "", suffix: str = "") -> Words:
    name = to_text(" ".join(filter(None, (given, family, suffix))))
    return Words(name, f"{url('search')}?q={quote(author_search(name))}")


def author_search(name: str) -> str:
    """The search that finds an author."""
    return f'au:"{name.replace(chr(34), "")}"' if " " in name else f"au:{name}"


def short_authors(paper: Paper) -> tuple[list[Words], int]:
    """The authors that a card has room for, the last one always; and how many are left out."""
    names = paper.authors
    if len(names) <= _FOLDED_AT:
        return author_links(paper), 0
    shown = [*names[: _FOLDED_AT - 1], names[-1]]
    return [_author(*name) for name in shown], len(names) - len(shown)


def category_links(paper: Paper) -> list[Words]:
    """The categories, the primary one first."""
    return [
        Words(code, f"{url('newest')}?cat={quote(code)}", categories.name(code))
        for code in paper.categories.split()
    ]


def short_date(day: date) -> str:
    """12 Nov 2026."""
    return date_format(day, pgettext("date format", "j M Y"))


def short_title(title: str) -> str:
    """A title in plain letters, cut where it is long."""
    plain = to_text(title)
    if len(plain) <= _TITLE_LENGTH:
        return plain
    return plain[:_TITLE_LENGTH].rpartition(" ")[0] + "…"


def line(paper: Paper) -> Line:
    """A paper in one line: title, first author, day."""
    first = paper.authors[0][0] if paper.authors else ""
    by = _("%(name)s and others") % {"name": first} if len(paper.authors) > 1 else first
    return Line(title_link(paper), to_text(by), short_date(paper.first_date))


def title_link(paper: Paper) -> Markup:
    """The title, leading to the paper's page."""
    title = without_links(text_to_html(paper.title))
    return Markup('<a href="{}" lang="en">{}</a>').format(url("paper", paper.arxiv_id), title)
