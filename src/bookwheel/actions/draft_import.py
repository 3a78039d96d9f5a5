"""Read a file of references and match it, so that the reader can look before it is imported."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from bookwheel.content.clean import clean
from bookwheel.content.references.read import decoded, read_references
from bookwheel.content.references.reference import Reference, References
from bookwheel.content.references.sanity import read_sanity
from bookwheel.errors import InputError
from bookwheel.models import ImportDraft, Reader
from bookwheel.queries.matching import Match, matched

MOST = 5000  # entries that are matched while a reader waits
_SQLITE = b"SQLite format 3\0"


def draft_import(reader: Reader, name: str, data: bytes) -> ImportDraft:
    """Read and match; what waited before is forgotten.

    Raises:
        InputError: there is nothing in it, or more than can be done at once.
    """
    read, matches = read_and_match(data)
    draft, _made = ImportDraft.objects.update_or_create(
        reader=reader,
        defaults={
            "name": clean(name)[:255],
            "form": read.form,
            "entries": [_plain(entry) for entry in read.entries],
            "matches": [[match.paper, match.how] for match in matches],
            "problems": [[problem.line, problem.reason] for problem in read.problems],
        },
    )
    return draft


def read_and_match(data: bytes) -> tuple[References, list[Match]]:
    """Read references and find the papers that they mean.

    Raises:
        InputError: there is nothing in it, or more than can be done at once.
    """
    read = _read(data)
    if not read.entries:
        raise InputError(_("There is no reference in it that can be read."))
    if len(read.entries) > MOST:
        raise InputError(
            _(
                "These are %(count)d entries; here it can be %(most)d at once. Whoever runs this "
                "server can import more with `bookwheel library import`."
            )
            % {"count": len(read.entries), "most": MOST}
        )
    return read, matched(read.entries)


def drafted(draft: ImportDraft) -> tuple[list[Reference], list[Match]]:
    """What a draft holds."""
    return [_entry(one) for one in draft.entries], [Match(*one) for one in draft.matches]


def _read(data: bytes) -> References:
    if not data.startswith(_SQLITE):
        return read_references(decoded(data))
    with TemporaryDirectory() as folder:  # SQLite reads files only
        path = Path(folder) / "dict.db"
        path.write_bytes(data)
        return read_sanity(path)


def _plain(entry: Reference) -> dict[str, Any]:
    said = asdict(entry)
    return {name: value for name, value in said.items() if value and name != "source"}


def _entry(said: dict[str, Any]) -> Reference:
    authors = tuple((name[0], name[1]) for name in said.get("authors", ()))
    return Reference(**said | {"authors": authors, "tags": tuple(said.get("tags", ()))})
