"""All that is known about one paper, ready for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from bookwheel.content.html import abstract_to_html, text_to_html
from bookwheel.content.pieces import safe_address
from bookwheel.content.plain import to_text
from bookwheel.core.paper_ids import home_of
from bookwheel.models import Paper
from bookwheel.web import faces
from bookwheel.web.authors import Author, author_links
from bookwheel.web.coins import coins
from bookwheel.web.jinja import url
from bookwheel.web.open_things import open_things

FOLDED_AT = 40  # authors; more are behind a fold
_COINS = Markup('<span class="Z3988" title="{}"></span>')
_LINK = Markup('<a href="{}">{}</a>')


@dataclass(frozen=True)
class Sheet:
    """The parts of the page, in its order."""

    plain_title: str
    title: Markup
    authors: list[Author]
    more_authors: str  # what stands on the fold
    dates: Markup
    links: Markup
    abstract: Markup
    open_things: Markup
    facts: list[tuple[str, str | Markup]]
    coins: Markup
    folded_at: int = FOLDED_AT


def sheet(paper: Paper) -> Sheet:
    """Prepare a paper's page."""
    left = max(len(paper.authors) - FOLDED_AT, 0)
    return Sheet(
        plain_title=to_text(paper.title),
        title=text_to_html(paper.title),
        authors=author_links(paper),
        more_authors=ngettext("and %(n)d more author", "and %(n)d more authors", left)
        % {"n": left},
        dates=_dates(paper),
        links=faces.links(paper),
        abstract=abstract_to_html(paper.abstract),
        open_things=open_things(paper),
        facts=[(term, value) for term, value in _facts(paper) if value],
        coins=_COINS.format(coins(paper)),
    )


def _dates(paper: Paper) -> Markup:
    parts = [_link(each) for each in faces.category_links(paper)]
    submitted = _("submitted %(day)s") % {"day": faces.short_date(paper.first_date)}
    shown = [submitted]
    if paper.deleted:
        shown.append(_("taken away %(day)s") % {"day": faces.short_date(paper.deleted)})
    elif paper.withdrawn:
        shown.append(_("withdrawn by its authors"))
    if paper.announced and paper.announced != paper.first_date:
        shown.append(_("announced %(day)s") % {"day": faces.short_date(paper.announced)})
    if paper.last_date > paper.first_date:
        shown.append(_("changed %(day)s") % {"day": faces.short_date(paper.last_date)})
    return Markup(" · ").join([Markup(" ").join(parts), *shown])


def _link(subject: faces.Subject) -> Markup:
    return _LINK.format(subject.href, subject.code)


def _facts(paper: Paper) -> list[tuple[str, str | Markup]]:
    home = home_of(paper.arxiv_id)
    return [
        (_("Comment"), text_to_html(paper.comments)),
        (_("Journal"), text_to_html(paper.journal_ref)),
        ("DOI", _doi(paper.doi)),
        (_("Report number"), paper.report_no),
        (_("Categories"), _categories(paper)),
        (_("Versions"), _versions(paper)),
        (_("Submitted by"), to_text(paper.submitter)),
        (_("Licence"), _licence(paper.license)),
        (home.name, _LINK.format(home.page(), home.identifier)),
    ]


def _doi(text: str) -> Markup:
    links = [_LINK.format(f"https://doi.org/{quote(doi, safe='/')}", doi) for doi in text.split()]
    return Markup(" ").join(links)


def _categories(paper: Paper) -> Markup:
    return Markup(", ").join(
        Markup("{} ({})").format(_link(each), each.name) for each in faces.category_links(paper)
    )


def _versions(paper: Paper) -> Markup:
    home = home_of(paper.arxiv_id)
    listed = Markup(", ").join(
        Markup("{} ({})").format(
            _LINK.format(home.page(number), f"v{number}"),
            faces.short_date(date.fromisoformat(created[:10])),
        )
        for number, created in paper.versions
    )
    if len(paper.versions) == 1:
        return listed
    return listed + " · " + _LINK.format(url("versions", paper.arxiv_id), _("what changed"))


def _licence(text: str) -> str | Markup:
    address = safe_address(text)
    return _LINK.format(address, address.partition("//")[2].strip("/")) if address else text
