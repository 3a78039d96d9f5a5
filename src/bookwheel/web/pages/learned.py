"""What a tag has learned, and what sets one paper's words apart."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.access import paper_read, tag_read
from bookwheel.queries.learned import learned as learned_by
from bookwheel.queries.learned import own_words
from bookwheel.web.lines import title_link
from bookwheel.web.listing import papers
from bookwheel.web.visit import Visit


@require_safe
def learned(request: Visit, name: str) -> HttpResponse:
    """Words, authors and categories of a tag, with their weights as bars."""
    tag = tag_read(request.user, name)
    found = learned_by(tag)
    groups = [
        (_("Words that raise a paper"), found.raising, True),
        (_("Words that lower it"), found.lowering, False),
        (_("Authors"), found.authors, True),
        (_("Categories"), found.categories, True),
    ]
    context = {"tag": tag, "papers": papers(found.papers), "count": found.papers}
    context["groups"] = [group for group in groups if group[1]]
    return render(request, "learned.html", context)


@require_safe
def words(request: Visit, arxiv_id: str) -> HttpResponse:
    """The paper's words with their TF-IDF weights as bars."""
    paper = paper_read(arxiv_id)
    context = {"paper": title_link(paper), "words": own_words(paper)}
    return render(request, "words.html", context)
