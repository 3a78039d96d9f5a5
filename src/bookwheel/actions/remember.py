"""What the assistant is to know of a reader: instructions, and single things to remember."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from bookwheel.content.clean import clean
from bookwheel.errors import InputError
from bookwheel.models import Asking, FolderAsking, Memory, Reader, Tag

MOST = 100  # memories of a reader: all of them are told to a model each time
LONGEST = 500  # characters of one
INSTRUCTIONS = 4000  # characters


@transaction.atomic
def remember(reader: Reader, text: str, known: Memory | None = None) -> Memory:
    """Remember something, or change what is remembered.

    Raises:
        InputError: it is empty or too long, or there is too much already.
    """
    text = " ".join(clean(text).split())
    if not text or len(text) > LONGEST:
        raise InputError(
            _("What is to be remembered needs 1 to %(most)d characters.") % {"most": LONGEST}
        )
    if known is not None:
        Memory.objects.filter(pk=known.pk).update(text=text)
        known.text = text
        return known
    if reader.memories.count() >= MOST:
        raise InputError(
            _("There are %(most)d things remembered, as many as there can be. Forget one first.")
            % {"most": MOST}
        )
    same = reader.memories.filter(text=text).first()
    return same or Memory.objects.create(reader=reader, text=text)


def forget(memory: Memory) -> None:
    """Remember something no longer."""
    Memory.objects.filter(pk=memory.pk).delete()


def instruct_folder(tag: Tag, instructions: str) -> None:
    """Set the instructions for the conversations in the folder of a tag.

    Raises:
        InputError: they are too long.
    """
    text = _instructions(instructions)
    FolderAsking.objects.update_or_create(tag=tag, defaults={"instructions": text})


def _instructions(text: str) -> str:
    text = clean(text).strip()
    if len(text) > INSTRUCTIONS:
        raise InputError(_("Instructions may have %(most)d characters.") % {"most": INSTRUCTIONS})
    return text


def instruct(reader: Reader, instructions: str, *, remembers: bool) -> None:
    """Set the reader's instructions, and whether memories are told to models.

    Raises:
        InputError: the instructions are too long.
    """
    chosen = {"instructions": _instructions(instructions), "remembers": remembers}
    Asking.objects.update_or_create(reader=reader, defaults=chosen)
