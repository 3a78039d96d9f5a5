"""Finding the files of a small transformer, in folders and in installed packages.

Leaves out: reading them (`reranker.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import orjson

from bookwheel.errors import SettingError

_DEPTHS = ("", "*/", "*/*/")  # where in a folder or package a file is looked for


@dataclass(frozen=True)
class ModelFiles:
    """Where a model lies."""

    model: Path
    tokenizer: Path
    first_token: bool  # a text's vector is its first token's, not the mean over all of them


def find(places: Sequence[str]) -> ModelFiles:
    """Find the files in places, each a folder or an installed package; the first that has one wins.

    Raises:
        SettingError: a place is not there, a file is in none of them, or what reads them is not
            installed.
    """
    for library in ("onnxruntime", "tokenizers"):
        if find_spec(library) is None:
            raise SettingError(
                f"BOOKWHEEL_RERANKER needs {library}, which is not installed. "
                "Run: pip install 'bookwheel[rerank]'"
            )
    folders = [_folder(place) for place in places]
    return ModelFiles(
        model=_only(folders, places, "model.onnx"),
        tokenizer=_only(folders, places, "tokenizer.json"),
        first_token=_pools_first(next(_all(folders, "1_Pooling/config.json"), None)),
    )


def _folder(place: str) -> Path:
    path = Path(place).expanduser()
    if path.is_dir():
        return path
    found = find_spec(place) if place.isidentifier() else None
    if found is None or not found.submodule_search_locations:
        raise SettingError(
            f"BOOKWHEEL_RERANKER names {place}, which is neither a folder nor an installed package."
        )
    return Path(found.submodule_search_locations[0])


def _all(folders: Sequence[Path], name: str) -> Iterator[Path]:
    return (
        path for folder in folders for deep in _DEPTHS for path in sorted(folder.glob(deep + name))
    )


def _only(folders: Sequence[Path], places: Sequence[str], name: str) -> Path:
    path = next(_all(folders, name), None)
    if path is None:
        raise SettingError(
            f"BOOKWHEEL_RERANKER names {', '.join(places)}, where there is no {name}. Name a "
            "folder or an installed package that has one too, after a comma."
        )
    return path


def _pools_first(path: Path | None) -> bool:
    try:
        return bool(path and orjson.loads(path.read_bytes()).get("pooling_mode_cls_token"))
    except (OSError, ValueError, AttributeError):
        return False
