"""Of which papers the full text is to be fetched next."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from bookwheel.core.paper_ids import RXIV_PREFIXES
from bookwheel.models import FullText, Mark, Paper, Reading, Tagging


def wanted_texts(count: int) -> list[Paper]:
    """Papers that a reader waits for, the longest waiting first."""
    texts = FullText.objects.filter(state=FullText.State.WANTED).order_by("opened", "pk")
    return [text.paper for text in texts.select_related("paper")[:count]]


def kept_without_text(count: int) -> list[Paper]:
    """Papers that somebody likes, tagged or keeps for later, and that may be tried, newest first.

    A text that went to make room is not fetched again by itself.
    """
    known = FullText.objects.filter(paper=OuterRef("pk"))
    not_yet = known.exclude(state=FullText.State.FAILED, again__lte=timezone.now())
    kept = (
        Q(pk__in=Mark.objects.filter(kind=Mark.Kind.LIKE).values("paper"))
        | Q(pk__in=Tagging.objects.filter(tag__deleted=None).values("paper"))
        | Q(pk__in=Reading.objects.filter(state=Reading.State.LATER).values("paper"))
    )
    elsewhere = Q()
    for prefix in RXIV_PREFIXES:  # which give texts to no program
        elsewhere |= Q(arxiv_id__startswith=prefix)
    missing = Paper.objects.filter(kept).exclude(elsewhere).exclude(Exists(not_yet))
    return list(missing.order_by("-pk")[:count])
