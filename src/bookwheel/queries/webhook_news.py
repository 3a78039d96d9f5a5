"""Which new papers a webhook is to be told of."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from bookwheel.index.engine import Engine
from bookwheel.models import Paper, Webhook
from bookwheel.queries import announced
from bookwheel.queries.arranged import arrange
from bookwheel.queries.digest import papers_of_days
from bookwheel.queries.engine import engine
from bookwheel.queries.judged import Judged, judge
from bookwheel.queries.sources import source_place

MOST = 20  # papers of one message


def new_papers(hook: Webhook, since: date) -> tuple[list[Paper], int]:
    """Papers listed after a day, best first, at most `MOST`; and how many there are in all.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    opened = engine()
    days = announced.days_since(opened, since)
    if not days:
        return [], 0
    judged = judge(opened, hook.reader, papers_of_days(opened, days))
    places = _chosen(opened, hook, judged)
    numbers = judged.papers[places[:MOST]].tolist()
    held = Paper.objects.in_bulk(numbers)
    return [held[number] for number in numbers if number in held], len(places)


def _chosen(opened: Engine, hook: Webhook, judged: Judged) -> NDArray[np.intp]:
    mask = judged.mine & ~judged.hidden
    place = None
    if hook.author or hook.search:
        by = judged.followed.authors if hook.author else judged.followed.searches
        pk = hook.author_id or hook.search_id
        found = [paper for paper, things in by.items() if any(one.pk == pk for one in things)]
        mask = np.isin(judged.papers, found) & ~judged.hidden
    elif hook.tag:
        place = source_place(judged, f"tag-{hook.tag.pk}")
        if place is None:
            return np.empty(0, np.intp)
        mask = (judged.chances[place] >= judged.line) & ~judged.hidden
    elif not judged.ranked:
        return np.empty(0, np.intp)  # all of a day would be no news
    return arrange(opened, judged, mask, source=place).places
