from __future__ import annotations

import os
from pathlib import Path

import orjson
import pytest

from bookwheel.errors import IndexDamagedError, IndexMissingError
from bookwheel.index import manifest
from bookwheel.index.manifest import NAME, Manifest, SegmentEntry

MADE = Manifest(
    generation=3,
    changed=17,
    rows=5,
    encoder="abc",
    columns="columns-3",
    background="background-2",
    background_rows=4,
    lexical="words-1",
    purged=1,
    segments=(SegmentEntry("segment-1", 0, 4), SegmentEntry("segment-3", 4, 1)),
)


def test_a_manifest_is_read_as_it_was_put_in_force(tmp_path: Path) -> None:
    manifest.swap(tmp_path, MADE)
    assert manifest.load(tmp_path) == MADE


def test_without_one_the_index_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="`bookwheel index` builds it"):
        manifest.load(tmp_path)
    with pytest.raises(IndexMissingError):
        manifest.load(tmp_path / "nowhere")


def test_a_folder_that_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"")
    for read in (manifest.load, manifest.stamp):
        with pytest.raises(IndexDamagedError, match="cannot be read"):
            read(tmp_path / "index")


def test_a_swap_that_is_cut_off_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest.swap(tmp_path, MADE)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("fsync", "replace"):
        with monkeypatch.context() as patched:
            target = os if name == "fsync" else Path
            patched.setattr(target, name, killed)
            with pytest.raises(KeyboardInterrupt):
                manifest.swap(tmp_path, Manifest(generation=4))
        assert manifest.load(tmp_path) == MADE


def _with(**fields: object) -> bytes:
    whole = orjson.loads(orjson.dumps({"format": manifest.FORMAT, "generation": 1, "segments": []}))
    return orjson.dumps(whole | fields)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"\xff\xfe",
        b"{}",
        _with(format=manifest.FORMAT + 1),
        _with(format=None),
        _with(unheard_of=1),
        _with(segments=[{"name": "x"}]),
        _with(segments=5),
        _with(segments=["x"]),
    ],
)
def test_what_is_no_manifest_is_damaged_and_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(IndexDamagedError, match="`bookwheel index --rebuild`"):
        manifest.load(tmp_path)


def test_a_manifest_that_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(IndexDamagedError, match="cannot be read"):
        manifest.load(tmp_path)


def test_a_sweep_leaves_what_is_named_and_the_lock(tmp_path: Path) -> None:
    for name in MADE.names() - {NAME}:
        (tmp_path / name).mkdir()
    for name in ("segment-2", "words-2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "codes.npy").touch()
    for name in ("build.lock", NAME + ".new", "stray"):
        (tmp_path / name).touch()
    manifest.swap(tmp_path, MADE)
    manifest.sweep(tmp_path, MADE)
    assert {path.name for path in tmp_path.iterdir()} == MADE.names() | {"build.lock"}
