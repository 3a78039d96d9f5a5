"""Make the index again with the encoder that is wanted, while the old one serves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bookwheel.config import config
from bookwheel.core import text
from bookwheel.errors import DataFolderError
from bookwheel.index import encoders
from bookwheel.index.reencoder import Progress, Reencoder
from bookwheel.models import Paper

_AT_ONCE = 512  # papers in one question to the database


def reencode_index(progress: Progress | None = None) -> int:
    """Encode what is indexed, if that was done with another encoder. Returns papers encoded.

    Raises:
        SettingError: the setting `encoder` names no encoder.
        IndexMissingError: nothing was indexed yet.
        IndexDamagedError: the index cannot be read; it can be built again.
        DataFolderError: the disk is full or read-only; the index in use is untouched.
    """
    folder, wanted = config().index, encoders.wanted()
    try:
        return Reencoder(folder, wanted, _texts, progress or (lambda _done, _total: None)).run()
    except OSError as error:
        raise DataFolderError(
            f"The index could not be made with another encoder ({error}). The index in use is as "
            "it was. Make room or fix the permissions of the data folder, then run "
            "`bookwheel index`."
        ) from error


def _texts(numbers: NDArray[np.int64]) -> list[str]:
    """What is encoded of papers; nothing of those that are no longer there."""
    wanted, found = numbers.tolist(), dict[int, str]()
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Paper.objects.filter(pk__in=wanted[start : start + _AT_ONCE])
        for number, title, abstract in rows.values_list("pk", "title", "abstract"):
            found[number] = text.paper_text(text.plain(title), text.plain(abstract))
    return [found.get(number, "") for number in wanted]
