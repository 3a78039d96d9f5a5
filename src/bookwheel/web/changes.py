"""What changed between two versions of a paper, ready to be shown."""

from __future__ import annotations

from django.utils.translation import gettext as _
from markupsafe import Markup

from bookwheel.content import diff
from bookwheel.models import Paper
from bookwheel.queries.revisions import said

Changes = list[tuple[str, Markup]]  # what, and how; empty when nothing of it changed


def changes(paper: Paper, earlier: int, later: int) -> Changes | None:
    """Compare two versions; None when one of them is not here."""
    old, new = said(paper, earlier), said(paper, later)
    if old is None or new is None:
        return None
    found: Changes = []
    if old.title != new.title:
        found.append((_("Title"), diff.texts(old.title, new.title)))
    if old.authors != new.authors:
        found.append((_("Authors"), diff.lists(old.authors, new.authors)))
    if old.categories != new.categories:
        found.append((_("Categories"), diff.lists(old.categories, new.categories)))
    if old.abstract != new.abstract:
        found.append((_("Abstract"), diff.texts(old.abstract, new.abstract)))
    return found
