"""Take hold of what a change is about: another tab may have changed it since the page was made."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from bookwheel.errors import NotFoundError
from bookwheel.models import Tag


def hold(tag: Tag) -> Tag:
    """The tag as it is now. Call inside the transaction of the change.

    Raises:
        NotFoundError: it was deleted meanwhile.
    """
    there = Q(deleted=None) | Q(loose=True)
    found = Tag.objects.select_for_update().filter(there, pk=tag.pk).first()
    if found is None:
        raise NotFoundError(
            _("The tag “%(name)s” was deleted meanwhile. Nothing was changed.") % {"name": tag.name}
        )
    return found
