from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bookwheel.core.encoder import Encoder
from bookwheel.errors import IndexDamagedError, SettingError
from bookwheel.index import encoders, manifest
from bookwheel.index.engine import Engine
from bookwheel.index.query import Query
from bookwheel.index.syntax import parse
from library import forget_encoders, other_encoder, records, write_index


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    """The file of an encoder that is not the shipped one."""
    path = tmp_path / "trained.npz"
    other_encoder().save(path)
    return path


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("encoder-*"))


def test_the_shipped_encoder_is_wanted_unless_a_file_is_named(
    trained: Path, configure: Callable[..., None]
) -> None:
    shipped = Encoder.shipped().fingerprint
    assert encoders.wanted().fingerprint == shipped
    configure(encoder=trained)
    found = encoders.wanted()
    assert found.fingerprint == other_encoder().fingerprint
    assert encoders.wanted() is found
    configure(encoder="")
    assert encoders.wanted().fingerprint == shipped


def test_a_file_trained_anew_is_read_anew(trained: Path, configure: Callable[..., None]) -> None:
    configure(encoder=trained)
    before = encoders.wanted().fingerprint
    Encoder.shipped().save(trained)
    assert encoders.wanted().fingerprint == Encoder.shipped().fingerprint != before


@pytest.mark.parametrize("content", [None, b"", b"no encoder"])
def test_a_setting_that_names_no_encoder(
    tmp_path: Path, configure: Callable[..., None], content: bytes | None
) -> None:
    path = tmp_path / "none.npz"
    if content is not None:
        path.write_bytes(content)
    configure(encoder=path)
    with pytest.raises(SettingError, match=r"BOOKWHEEL_ENCODER: .*none\.npz is not an encoder"):
        encoders.wanted()


def test_an_index_is_read_and_extended_with_its_own_encoder(
    tmp_path: Path, trained: Path, configure: Callable[..., None]
) -> None:
    own, folder = other_encoder().fingerprint, tmp_path / "index"
    write_index(folder, records()[:5], other_encoder())
    forget_encoders()
    assert copies(folder) == [f"encoder-{own}.npz"]
    engine = Engine.open(folder)
    assert engine.encoder.fingerprint == manifest.load(folder).encoder == own
    write_index(folder, records()[5:9])
    configure(encoder=tmp_path / "unreadable")
    assert Engine.open(folder).rows == 9
    assert Engine.open(folder).encoder.fingerprint == own
    assert copies(folder) == [f"encoder-{own}.npz"]
    title = parse(f'"{records()[7]["title"].split(":")[0]}"')
    assert Engine.open(folder).search(Query(search=title)).papers[0] == records()[7]["id"]


@pytest.mark.parametrize("content", [None, b"cut off", "shipped"])
def test_an_index_without_its_encoder(
    tmp_path: Path, trained: Path, configure: Callable[..., None], content: object
) -> None:
    folder = tmp_path / "index"
    write_index(folder, records()[:5], other_encoder())
    forget_encoders()
    copy = folder / manifest.load(folder).encoder_file
    copy.unlink()
    if content == "shipped":
        Encoder.shipped().save(copy)
    elif isinstance(content, bytes):
        copy.write_bytes(content)
    for use in (Engine.open, lambda folder: write_index(folder, records()[5:6])):
        with pytest.raises(IndexDamagedError, match=r"another encoder.*--rebuild"):
            use(folder)
    if content != "shipped":  # the wanted encoder is the same one: nothing is missed
        configure(encoder=trained)
        assert Engine.open(folder).rows == 5
        write_index(folder, records()[5:6])
        assert Engine.open(folder).rows == 6
