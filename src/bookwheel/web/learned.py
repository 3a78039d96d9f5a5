"""All that the page of a tag's learning shows."""

from __future__ import annotations

from typing import Any

from bookwheel.models import Tag
from bookwheel.queries.history import history
from bookwheel.queries.learned import learned
from bookwheel.web.listing import papers
from bookwheel.web.steering import breadths, fades, filters, groups
from bookwheel.web.steps import steps_shown
from bookwheel.web.visit import Visit


def learned_context(request: Visit, tag: Tag) -> dict[str, Any]:
    """Context of `_learned.html`."""
    found = learned(tag)
    dial, said = breadths(tag, found.steering)
    return {
        "tag": tag,
        "papers": papers(found.papers),
        "steering": found.steering,
        "groups": groups(tag, found),
        "breadths": dial,
        "breadth_note": said,
        "fades": fades(found.steering),
        "nevers": filters(tag, found.steering),
        "steps": steps_shown(history(tag)),
    }
