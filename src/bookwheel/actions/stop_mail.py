"""Stop digests or alerts of a reader, as a link in each mail does."""

from __future__ import annotations

from django.db import transaction

from bookwheel.models import Alert, DigestPlan, Reader


@transaction.atomic
def stop_mail(reader: Reader, what: str) -> None:
    """Send no digests any more; or ("alert") tell of nothing at once, only on the site."""
    if what == "alert":
        for followed in (reader.followed_authors, reader.saved_searches):
            followed.filter(alert=Alert.MAIL).update(alert=Alert.SITE)
        return
    DigestPlan.objects.filter(reader=reader).update(on=False)
