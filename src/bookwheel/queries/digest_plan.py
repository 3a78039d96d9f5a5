"""A reader's mail as the settings show it."""

from __future__ import annotations

from bookwheel.models import Digest, DigestPlan, MailAddress, Reader
from bookwheel.queries.tags import tags_of

SHOWN = 14  # digests of the log


def plan_of(reader: Reader) -> DigestPlan:
    """When and of what; as it would be, where nothing was chosen yet."""
    return DigestPlan.objects.filter(reader=reader).first() or DigestPlan(reader=reader)


def address_of(reader: Reader) -> MailAddress | None:
    """Where it goes, confirmed or not."""
    return MailAddress.objects.filter(reader=reader).first()


def chosen_tags(reader: Reader, plan: DigestPlan) -> list[tuple[int, str, bool]]:
    """Number and name of each tag, and whether it is in the digest."""
    through = DigestPlan.without.through.objects.filter(digestplan_id=plan.pk)
    without = set(through.values_list("tag_id", flat=True))
    return [(tag.pk, tag.name, tag.pk not in without) for tag in tags_of(reader)]


def last_digests(reader: Reader) -> list[Digest]:
    """What was sent or not, the latest first."""
    return list(reader.digests.order_by("-pk")[:SHOWN])
