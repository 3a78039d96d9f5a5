"""All readers' feeds of a day, measured on a copy of an installation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bookwheel.bench import feeds_inside, made_readers
from bookwheel.cli import main
from bookwheel.config import config
from bookwheel.index.engine import Engine
from bookwheel.models import Paper
from bookwheel.queries.engine import engine
from people import Configure


@pytest.fixture
def own_engine(library: list[Paper], tmp_path: Path, configure: Configure) -> Engine:
    """The library's index in a folder of its own: the bench fills a day in memory."""
    data = tmp_path / "data"
    shutil.copytree(config().index, data / "index")
    configure(data=data)
    return engine()


def test_readers_have_models_of_their_own_and_feeds(own_engine: Engine) -> None:
    made_readers.make(own_engine, 3, 2)
    readers = made_readers.made()
    assert [reader.tags.count() for reader in readers] == [2, 2, 2]
    assert feeds_inside.learn(own_engine, readers, 0) == {"readers": 3, "models": 6}
    done = feeds_inside.feeds(own_engine, readers, 30)
    assert (done["readers"], done["papers"]) == (3, 30)
    assert done["mine"] > 0


def test_without_an_index_there_is_nothing_to_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOKWHEEL_DATA", str(tmp_path))
    done = CliRunner().invoke(main, ["bench", "feeds", "--readers", "2"])
    assert done.exit_code == 1
    assert "bookwheel index" in done.output
