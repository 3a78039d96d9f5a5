"""Store versions of bioRxiv's and medRxiv's preprints, and what their servers posted when.

Each version comes as a paper of its own; `store_papers` puts them together. The day on which a
version was posted counts as its announcement. Leaves out: the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bookwheel.actions.store_announcements import store_announcements
from bookwheel.actions.store_papers import Stored, row_of, store_papers
from bookwheel.arxiv.announced import Announced
from bookwheel.core import papers
from bookwheel.models import Paper

_UNKNOWN = 0  # fingerprint of a record that did not come from a line


def store_preprints(versions: Sequence[papers.Paper]) -> Stored:
    """Store versions in any order; those that are here already change nothing."""
    if not versions:
        return Stored(0, 0, 0, 0)
    ordered = sorted(versions, key=lambda one: (one.arxiv_id, one.versions[0].number))
    first = {one.arxiv_id: one.first_date for one in reversed(ordered)}
    stored = store_papers(
        [row_of(replace(one, first_date=first[one.arxiv_id]), _UNKNOWN) for one in ordered]
    )
    store_announcements(
        Announced(one.arxiv_id, one.last_date, "replace" if _number(one) > 1 else "new")
        for one in ordered
    )
    return stored


def known_versions(identifier: str) -> set[int]:
    """The numbers of the versions that are known of a preprint."""
    held = Paper.objects.filter(arxiv_id=identifier).values_list("versions", flat=True).first()
    return {number for number, _ in held or ()}


def _number(version: papers.Paper) -> int:
    return version.versions[0].number
