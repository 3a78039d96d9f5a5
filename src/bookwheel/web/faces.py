"""What every reader sees of a paper alike: made once for each paper, language and density.

Leaves out: what a reader did with it (`entries.py`), papers in one line (`lines.py`), and the whole
page of one (`sheet.py`).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from urllib.parse import quote

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from markupsafe import Markup

from bookwheel.content.html import abstract_to_html, text_to_html
from bookwheel.core import categories
from bookwheel.core.key_sentence import key_sentence
from bookwheel.core.paper_ids import home_of
from bookwheel.models import Paper
from bookwheel.web.authors import shown_authors
from bookwheel.web.coins import coins
from bookwheel.web.jinja import url
from bookwheel.web.open_things import open_things
from bookwheel.web.rendering import about, rendered

REMEMBERED = 4096  # faces; about 4 kB each
_HTML_SINCE = date(2023, 12, 1)  # arXiv makes HTML of papers from then on
_TITLE = Markup('<h3 lang="en"><a href="{}">{}</a></h3>')
_SHADED_TITLE = Markup('<h3 lang="en" class="shaded"><a href="{}">{}</a></h3>')
_SHADED = Markup('<p class="shaded">{}</p>')


@dataclass(frozen=True)
class Face:
    """The pieces of a card that are the same for every reader."""

    title: Markup
    meta: Markup  # day, version, categories
    body: Markup  # authors, abstract, comment
    links: Markup  # similar, arXiv, PDF, HTML, BibTeX


@dataclass(frozen=True)
class Subject:
    """A category, its name, and where it leads."""

    code: str
    href: str
    name: str


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


def shaded_face(paper: Paper, density: str, title: Markup, abstract: Markup) -> Face:
    """The face with a title and an abstract whose words are shaded for one reader."""
    plain = face(paper, density)
    if density == "titles":
        return plain
    address = about("paper", paper.arxiv_id)
    return replace(
        plain,
        title=_SHADED_TITLE.format(address, title),
        body=_body(paper, density, (), abstract=_SHADED.format(abstract)),
    )


def _make(paper: Paper, density: str, matched: tuple[str, ...]) -> Face:
    address = about("paper", paper.arxiv_id)
    title = text_to_html(paper.title, matched, links=False)
    return Face(
        _TITLE.format(address, title), _meta(paper), _body(paper, density, matched), links(paper)
    )


def _meta(paper: Paper) -> Markup:
    day = paper.announced or paper.first_date
    return rendered(
        "_meta.html",
        day=day,
        date=short_date(day),
        version=len(paper.versions),
        categories=category_links(paper),
    )


def _body(
    paper: Paper, density: str, matched: tuple[str, ...], abstract: Markup | None = None
) -> Markup:
    if abstract is None and density != "titles":
        abstract = abstract_to_html(paper.abstract, matched)
    authors, left_out = shown_authors(paper)
    return rendered(
        "_face.html",
        address=about("paper", paper.arxiv_id),
        authors=authors,
        left_out=left_out,
        comment=text_to_html(paper.comments) if density != "titles" else "",
        sentence=_sentence(paper, matched) if density == "sentences" else "",
        abstract=abstract or "",
        coins=coins(paper),
        open_things=open_things(paper) if density != "titles" else "",
    )


def _sentence(paper: Paper, matched: tuple[str, ...]) -> Markup:
    return text_to_html(key_sentence(paper.abstract, paper.title), matched, links=False)


def links(paper: Paper) -> Markup:
    """Give where else the paper can be read, and what is like it."""
    home = home_of(paper.arxiv_id)
    return rendered(
        "_links.html",
        arxiv_id=paper.arxiv_id,
        similar=about("similar", paper.arxiv_id),
        bibtex=about("bibtex", paper.arxiv_id),
        home=home,
        # arXiv's own address without a version is the newest one's; others have no such address.
        version=None if home.source == "arxiv" else paper.versions[-1][0],
        html=paper.first_date >= _HTML_SINCE or home.source != "arxiv",
    )


def category_links(paper: Paper) -> list[Subject]:
    """The categories, the primary one first."""
    return [
        Subject(code, f"{url('newest')}?cat={quote(code)}", categories.name(code))
        for code in paper.categories.split()
    ]


def short_date(day: date) -> str:
    """12 Nov 2026."""
    return date_format(day, pgettext("date format", "j M Y"))
