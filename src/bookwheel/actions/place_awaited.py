"""Put papers that readers named before they were here under the tags that wait for them."""

from __future__ import annotations

from django.db import transaction

from bookwheel.actions.record_change import bump_taste
from bookwheel.models import AwaitedPaper, Paper, Tagging


def place_awaited() -> int:
    """Place all that have arrived; how many. Can run at any time, and again."""
    waiting = AwaitedPaper.objects.filter(tag__deleted=None).select_related("tag__reader")
    if not waiting.exists():
        return 0
    ids = set(waiting.values_list("arxiv_id", flat=True))
    here = dict(Paper.objects.filter(arxiv_id__in=ids).values_list("arxiv_id", "pk"))
    arrived = [one for one in waiting if one.arxiv_id in here]
    with transaction.atomic():
        for one in arrived:
            Tagging.objects.get_or_create(tag=one.tag, paper_id=here[one.arxiv_id])
            one.delete()
        for reader in {one.tag.reader for one in arrived}:
            bump_taste(reader)
    return len(arrived)
