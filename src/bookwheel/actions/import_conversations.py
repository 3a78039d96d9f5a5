"""Import conversations from ChatGPT's export: `conversations.json`, or the archive that holds it.

What is read there is text only; its branches are kept, its pictures and tools are left out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.content.clean import clean
from bookwheel.errors import InputError
from bookwheel.models import Conversation, Message, Reader

LARGEST = 200 * 1024 * 1024  # bytes of the file inside an archive
LONGEST = 200_000  # characters of a message
MOST = 5000  # conversations
_ROLES = {"user": Message.Role.QUESTION, "assistant": Message.Role.ANSWER}


@dataclass(frozen=True)
class Imported:
    """What came of it: how many, and why others were left out."""

    conversations: int
    skipped: tuple[str, ...] = ()


def import_conversations(reader: Reader, content: bytes) -> Imported:
    """Store all conversations of an export; one that cannot be read is reported and left out.

    Raises:
        InputError: this is no such file.
    """
    records = _records(content)
    count, skipped = 0, list[str]()
    for place, record in enumerate(records, 1):
        try:
            with transaction.atomic():
                stored = _store(reader, record)
            count += stored
            if not stored:
                skipped.append(_("%(place)d: it has no text") % {"place": place})
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            skipped.append(_("%(place)d: it is not as ChatGPT writes it") % {"place": place})
    return Imported(count, tuple(skipped))


def _records(content: bytes) -> list[Any]:
    try:
        if content[:2] == b"PK":
            content = _unpacked(content)
        records = orjson.loads(content)
    except (ValueError, KeyError, zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise InputError(_no_export()) from error
    if isinstance(records, dict):
        records = records.get("conversations", [records])
    if not isinstance(records, list) or len(records) > MOST:
        raise InputError(_no_export())
    return records


def _unpacked(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next(each for each in archive.namelist() if each.endswith("conversations.json"))
        with archive.open(name) as file:
            text = file.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise ValueError("too large")
    return text


def _no_export() -> str:
    return _(
        "This is not ChatGPT's export. Ask ChatGPT for it under Settings, Data controls, Export; "
        "choose the archive that it sends, or conversations.json out of it."
    )


def _store(reader: Reader, record: dict[str, Any]) -> bool:
    mapping: dict[str, Any] = record["mapping"]
    updated = _time(record.get("update_time") or record.get("create_time"))
    title = " ".join(clean(str(record.get("title") or "")).split())[:200] or _("Imported")
    made = Conversation(reader=reader, title=title, updated=updated)
    stored = dict[str, Message]()
    for name, role, text in _texts(mapping):
        if not stored:
            made.save()
        parent = _nearest(mapping, mapping[name].get("parent"), stored)
        stored[name] = Message.objects.create(
            conversation=made,
            parent=parent,
            role=role,
            text=text,
            model="ChatGPT" * (role == "answer"),
        )
    if not stored:
        return False
    last = _nearest(mapping, record.get("current_node"), stored) or [*stored.values()][-1]
    Conversation.objects.filter(pk=made.pk).update(leaf=last, created=updated)
    return True


def _texts(mapping: dict[str, Any]) -> Iterator[tuple[str, Message.Role, str]]:
    """Nodes that hold words of either side, parents before children."""
    waiting = [name for name, node in mapping.items() if node.get("parent") not in mapping]
    seen = set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in mapping:
            continue
        seen.add(name)
        node = mapping[name]
        waiting += reversed(node.get("children") or [])
        message = node.get("message") or {}
        role = _ROLES.get((message.get("author") or {}).get("role", ""))
        text = _words(message.get("content") or {})
        if role and text:
            yield name, role, text


def _words(content: dict[str, Any]) -> str:
    parts = content.get("parts") or [content.get("text") or ""]
    told = [part for part in parts if isinstance(part, str) and part.strip()]
    return clean("\n\n".join(told))[:LONGEST].strip()


def _nearest(mapping: dict[str, Any], name: Any, stored: dict[str, Message]) -> Message | None:
    """The nearest message that was stored, from a node upwards."""
    for _step in range(len(mapping)):
        if name in stored or name not in mapping:
            break
        name = mapping[name].get("parent")
    return stored.get(name)


def _time(seconds: Any) -> datetime:
    if not seconds:
        return timezone.now()
    return min(datetime.fromtimestamp(float(seconds), UTC), timezone.now())
