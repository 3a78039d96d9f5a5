"""Where a question looks: as forms and addresses write it, as pages name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookwheel.access import own_text_read, paper_read, tag_read
from bookwheel.assistant.retriever import Scope
from bookwheel.core.own_names import own_number
from bookwheel.models import OwnText, Reader, Tag
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
        return Scope(papers=tuple(_known(reader, each) for each in papers))
    return Scope()


def _known(reader: Reader, name: str) -> str:
    """The name of a paper, or of one of the reader's own texts. Raises Http404."""
    own = own_number(name)
    if own is None:
        return paper_read(name).arxiv_id
    return own_text_read(reader, own).own_name


def with_own(reader: Reader, scope: Scope, numbers: Sequence[int]) -> Scope:
    """A scope with the files that were brought along beside it. Raises Http404."""
    brought = [own_text_read(reader, number).own_name for number in numbers]
    names = dict.fromkeys([*scope.papers, *brought])
    return Scope(papers=tuple(names)) if brought else scope


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
            _paper_text(scope.papers[0])
            if len(scope.papers) == 1
            else ngettext("%(count)d paper", "%(count)d papers", len(scope.papers))
            % {"count": len(scope.papers)}
        )
    if scope.tag:
        return f"#{scope.tag}"
    return _("my library") if scope.library else _("all papers")


def _paper_text(name: str) -> str:
    number = own_number(name)
    if number is None:
        return name
    own = OwnText.objects.filter(pk=number).first()
    return own.name if own else _("a file that was deleted")


def scope_choices(tags: Sequence[Tag], scope: Scope) -> list[Choice]:
    """The scopes that a picker offers, with the one in force among them."""
    offered = [Scope(), Scope(library=True), *(Scope(tag=tag.name) for tag in tags)]
    here = replace(scope)
    if here not in offered:
        offered.insert(0, here)
    return [Choice(write_scope(one), scope_text(one), one == here) for one in offered]
