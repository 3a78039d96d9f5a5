from __future__ import annotations

from pathlib import Path

import pytest

from bookwheel.errors import DataFolderError, UnreadableError
from bookwheel.shelf import files
from documents import PIXEL, document


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    made = document()
    folder = files.write(tmp_path, "math/0309136", 2, files.packed(made, {"dish.png": PIXEL}))
    assert folder.startswith("math_0309136/v2-")
    assert files.read(tmp_path, folder) == made
    found = files.picture(tmp_path, folder, "dish.png")
    assert found is not None
    assert found.read_bytes() == PIXEL
    assert [path.name for path in tmp_path.iterdir()] == ["math_0309136"]


def test_pictures_with_names_of_other_places_are_left_out(tmp_path: Path) -> None:
    images = {"../out.png": PIXEL, "/etc/x": PIXEL, ".hidden": PIXEL, "a b.png": PIXEL}
    packed = files.packed(document(), images)
    assert list(packed) == ["document.json.zst"]
    folder = files.write(tmp_path, "2501.00001", 1, packed)
    for name in (*images, "document.json.zst", "..", ""):
        assert files.picture(tmp_path, folder, name) is None


def test_damage_is_found(tmp_path: Path) -> None:
    folder = files.write(tmp_path, "2501.00001", 1, files.packed(document(), {}))
    path = tmp_path / folder / "document.json.zst"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(UnreadableError, match="damaged"):
        files.read(tmp_path, folder)
    files.remove(tmp_path, folder)
    with pytest.raises(UnreadableError, match="Fetch the paper again"):
        files.read(tmp_path, folder)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(DataFolderError, match="Make room"):
        files.write(tmp_path, "2501.00001", 1, files.packed(document(), {}))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
