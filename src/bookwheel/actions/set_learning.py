"""Set what a reader is learned from, what is explored, and whether cards show what words gave."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookwheel.actions.record_change import bump_taste
from bookwheel.errors import InputError
from bookwheel.models import Reader

EXPLORES = (0, 5, 10, 20)  # percent of a day


def set_learning(
    reader: Reader,
    *,
    shade: bool | None = None,
    explore: str | None = None,
    learn_opens: bool | None = None,
) -> None:
    """Change what is given, leave the rest.

    Raises:
        InputError: there is no such choice.
    """
    if explore is not None and explore not in map(str, EXPLORES):
        raise InputError(_("There is no such choice."))
    reader.shade = reader.shade if shade is None else shade
    reader.explore = reader.explore if explore is None else int(explore)
    if learn_opens is not None and learn_opens != reader.learn_opens:
        reader.learn_opens = learn_opens
        reader.opened.all().delete()  # what is not to be learned from is not kept
        bump_taste(reader)
    reader.save(update_fields=["shade", "explore", "learn_opens"])
