"""Make room on the disk: full texts beyond the quota go, the least recently opened first."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Sum

from bookwheel.actions.index_figures import index_figures
from bookwheel.actions.index_passages import index_passages
from bookwheel.config import config
from bookwheel.models import Annotation, FullText
from bookwheel.shelf import files


def make_room() -> int:
    """Remove as many as need be; returns how many.

    Those with highlights or notes stay, and those that the operator attached: they cannot be
    fetched again. So does the one opened last, however large it is.
    """
    quota = config().full_text_quota * 1e9
    here = FullText.objects.filter(state=FullText.State.HERE)
    used = here.aggregate(used=Sum("size"))["used"] or 0
    if not quota or used <= quota:
        return 0
    marked = Annotation.objects.filter(
        paper=OuterRef("paper"), version=OuterRef("version"), deleted=None
    )
    removed = 0
    old = here.filter(~Exists(marked), attached=False).order_by("opened", "pk")
    last = here.order_by("-opened", "-pk").first()
    for text in old.select_related("paper"):
        if used <= quota or text == last:
            break
        FullText.objects.filter(pk=text.pk).update(
            state=FullText.State.REMOVED, folder="", size=0, page_width=0, page_height=0
        )
        text.citations.all().delete()
        text.figures.all().delete()
        files.remove(config().full_texts, text.folder)
        index_passages(text.paper)
        index_figures(text.paper)
        used -= text.size
        removed += 1
    return removed
