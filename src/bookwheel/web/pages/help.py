"""Help: what Bookwheel is, how it ranks, how to search, all keys."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.web.visit import Visit


@require_safe
def help_page(request: Visit) -> HttpResponse:
    """Show it."""
    return render(request, "help.html", {"keys": keys(), "examples": examples()})


def keys() -> list[tuple[tuple[str, ...], str]]:
    """All keys and what they do, in the order of the sheet."""
    return [
        (("j", "k"), _("next, previous paper")),
        (("o", "Enter"), _("open the paper")),
        (("x",), _("unfold the abstract")),
        (("s",), _("like")),
        (("d",), _("hide")),
        (("l",), _("for later")),
        (("m",), _("mark read, or unread")),
        (("M",), _("mark the rest of the day read")),
        (("[", "]"), _("the day before, the day after")),
        (("t",), _("tag")),
        (("w",), _("why it is here")),
        (("y",), _("copy BibTeX")),
        (("p",), _("open the PDF")),
        (("a",), _("ask about the paper")),
        (("u",), _("undo")),
        (("/",), _("search")),
        (("g", "h"), _("go to For you")),
        (("g", "n"), _("go to New")),
        (("g", "l"), _("go to the library")),
        (("g", "t"), _("go to the tags")),
        (("g", "a"), _("go to the conversations")),
        (("?",), _("all keys")),
    ]


def examples() -> list[tuple[str, str]]:
    """Searches to learn from, and what each finds."""
    return [
        ("graph neural networks", _("papers about it, best first; no word is required")),
        ('"graph neural networks"', _("exactly these words side by side")),
        ("transformers -vision", _("without a word")),
        ("diffusion OR flow", _("one or the other, or both")),
        ("ti:attention", _("a word of the title; abs: for the abstract")),
        ("au:hinton", _("an author")),
        ("cat:cs.LG", _("a category, or a whole archive: cat:math")),
        (
            "date:2025",
            _("a year, a month (2025-03), a span (2025-01..2025-03), or after (>2025-06-01)"),
        ),
        ("fig: confusion matrix", _("figures by their captions; also kind:plot and tag:name")),
        ("1706.03762", _("an identifier or any arXiv link leads to the paper")),
    ]
