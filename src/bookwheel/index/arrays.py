"""Folders of numpy arrays, written once, memory-mapped for reading.

Leaves out: what the arrays mean (`segment.py`, `columns.py`, `background.py`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bookwheel.errors import IndexDamagedError
from bookwheel.index.manifest import sync_folder


def write(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write each array as `NAME.npy` and make it durable. The folder must be new."""
    folder.mkdir(parents=True)
    for name, array in arrays.items():
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, array)
            file.flush()
            os.fsync(file.fileno())
    sync_folder(folder)


def read(folder: Path, names: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """Map arrays into memory.

    Raises:
        IndexDamagedError: one is missing or cut short.
    """
    try:
        return {name: _map(folder / f"{name}.npy") for name in names}
    except (OSError, ValueError) as error:
        raise IndexDamagedError(
            f"Index files in {folder.name} are missing or damaged. "
            "`bookwheel index --rebuild` makes them anew."
        ) from error


def _map(path: Path) -> NDArray[Any]:
    array: NDArray[Any] = np.load(path, mmap_mode="r")
    return array.view(np.ndarray)  # a plain view: np.memmap slows every small slice
