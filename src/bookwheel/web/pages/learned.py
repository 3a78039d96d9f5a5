"""What a tag has learned, and what sets one paper's words apart."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookwheel.access import paper_read, tag_read
from bookwheel.queries.learned import own_words
from bookwheel.queries.tags import tag_of_untagged
from bookwheel.web.learned import learned_context
from bookwheel.web.lines import title_link
from bookwheel.web.visit import Visit


@require_safe
def learned(request: Visit, name: str) -> HttpResponse:
    """Words, authors, categories and papers of a tag, with their weights, to be steered."""
    tag = tag_read(request.user, name)
    return render(request, "learned.html", learned_context(request, tag))


@require_safe
def learned_loose(request: Visit) -> HttpResponse:
    """The same of what is kept without a tag."""
    tag = tag_of_untagged(request.user)
    return render(request, "learned.html", learned_context(request, tag))


@require_safe
def words(request: Visit, arxiv_id: str) -> HttpResponse:
    """The paper's words with their TF-IDF weights as bars."""
    paper = paper_read(arxiv_id)
    context = {"paper": title_link(paper), "words": own_words(paper)}
    return render(request, "words.html", context)
