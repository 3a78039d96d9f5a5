"""A followed author's papers, and those of others of the same name; each can be corrected."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import author_write, paper_read
from bookwheel.actions.correct_author import correct_author
from bookwheel.content.plain import to_text
from bookwheel.core.same_person import are_theirs
from bookwheel.models import Paper
from bookwheel.queries.authorship import said_of, standings_of
from bookwheel.queries.engine import engine
from bookwheel.web.answers import back, tell
from bookwheel.web.authors import author_search, full_name, shown_authors
from bookwheel.web.faces import short_date
from bookwheel.web.posted import number, posted
from bookwheel.web.visit import Visit

_PAGE = 50


@require_safe
def authorship(request: Visit, which: int) -> HttpResponse:
    """Show both lists, the newest first; `?of=others` pages through the others."""
    author = author_write(request.user, which)
    said = said_of([author]).get(author.pk, {})
    standing = standings_of(engine(), author, said)
    of_others = request.GET.get("of") == "others"
    chosen = [paper for paper, one in standing.items() if are_theirs(one) != of_others]
    page = Paginator(chosen, _PAGE).get_page(request.GET.get("page"))
    held = Paper.objects.in_bulk(list(page))
    context = {
        "heading": full_name(author.family, author.given),
        "author": author,
        "search": author_search(str(author)),
        "page": page,
        "of_others": of_others,
        "counts": (len(chosen), len(standing) - len(chosen)),
        "papers": [(_shown(held[one]), said.get(one)) for one in page if one in held],
    }
    return render(request, "authorship.html", context)


def _shown(paper: Paper) -> dict[str, str]:
    names, left_out = shown_authors(paper)
    more = f" +{left_out}" if left_out else ""
    return {
        "arxiv_id": paper.arxiv_id,
        "title": to_text(paper.title),
        "authors": ", ".join(one.name for one in names) + more,
        "about": f"{short_date(paper.listed)} · {paper.categories}",
    }


@require_POST
def correct(request: Visit) -> HttpResponse:
    """Correct one; the form says "number-of-author yes identifier"."""
    which, _space, rest = posted(request, "authorship").partition(" ")
    word, _space, arxiv_id = rest.partition(" ")
    author = author_write(request.user, number(which))
    correct_author(author, paper_read(arxiv_id), theirs=word == "yes")
    tell(request, _("Corrected. Papers with the same coauthors follow."))
    return back(request)
