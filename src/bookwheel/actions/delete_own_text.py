"""Delete a reader's own text for good: its row, its files, its passages."""

from __future__ import annotations

import shutil

from bookwheel.models import OwnText
from bookwheel.queries.own_texts import folder_of, own_index, texts_folder
from bookwheel.shelf import files


def delete_own_text(own: OwnText) -> None:
    """Delete it. What answers quoted of it stays in the conversations.

    Raises:
        DataFolderError: the index cannot be written.
    """
    reader, number, folder = own.reader_id, own.pk, own.folder
    OwnText.objects.filter(pk=number).delete()
    if folder:
        files.remove(texts_folder(reader), folder)
        own_index(reader).drop(number)


def delete_own_folder(reader: int) -> None:
    """Delete the files of all own texts of a reader who is going."""
    shutil.rmtree(folder_of(reader), ignore_errors=True)
