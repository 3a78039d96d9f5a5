"""Where a question looks: as forms and addresses write it, as pages name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookwheel.access import paper_read, tag_read
from bookwheel.assistant.retriever import Scope
from bookwheel.models import Reader, Tag
from bookwheel.queries.mentions import mentions
from bookwheel.web.pickers import Choice

MOST = 50  # papers that a form may name


def read_scope(reader: Reader, written: str) -> Scope:
    """The scope that a form wrote: "", "library", "tag:NAME", "paper:ID ID". Raises Http404."""
    kind, _colon, rest = written.partition(":")
    if kind == "library":
        return Scope(library=True)
    if kind == "tag":
        return Scope(tag=tag_read(reader, rest).name)
    if kind == "paper":
        papers = list(dict.fromkeys(rest.split()))[:MOST]
        return Scope(papers=tuple(paper_read(each).arxiv_id for each in papers))
    return Scope()


def mentioned_scope(reader: Reader, text: str, scope: Scope) -> tuple[str, Scope]:
    """A question without the papers and the tag it names, and the scope that these make."""
    named = mentions(reader, text)
    if named.papers:
        return named.text, Scope(papers=named.papers)
    if named.tag:
        return named.text, Scope(tag=named.tag)
    return text, scope


def write_scope(scope: Scope) -> str:
    """A scope as forms write it."""
    if scope.papers:
        return "paper:" + " ".join(scope.papers)
    if scope.tag:
        return f"tag:{scope.tag}"
    return "library" if scope.library else ""


def scope_text(scope: Scope) -> str:
    """A scope in words."""
    if scope.papers:
        return (
            scope.papers[0]
            if len(scope.papers) == 1
            else ngettext("%(count)d paper", "%(count)d papers", len(scope.papers))
            % {"count": len(scope.papers)}
        )
    if scope.tag:
        return f"#{scope.tag}"
    return _("my library") if scope.library else _("all papers")


def scope_choices(tags: Sequence[Tag], scope: Scope) -> list[Choice]:
    """The scopes that a picker offers, with the one in force among them."""
    offered = [Scope(), Scope(library=True), *(Scope(tag=tag.name) for tag in tags)]
    here = replace(scope)
    if here not in offered:
        offered.insert(0, here)
    return [Choice(write_scope(one), scope_text(one), one == here) for one in offered]
