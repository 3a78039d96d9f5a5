"""An installation goes from one kind of database to the other and back, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from dumps import line, write
from installations import bookwheel, filled, ran, rows

__all__ = ["filled"]
pytestmark = [pytest.mark.loopback, pytest.mark.slow]


def test_there_and_back(filled: Path, postgres_url: str, tmp_path: Path) -> None:
    assert "compared" in bookwheel(filled, "database", "copy", postgres_url)
    bookwheel(tmp_path / "back", "database", "copy", "sqlite", url=postgres_url)
    held = rows(filled)
    assert rows(tmp_path / "back") == held
    assert [len(held[f"bookwheel_{name}"]) for name in ("paper", "mark", "tag")] == [313, 2, 3]


def test_new_rows_are_numbered_after_the_old(postgres_url: str, tmp_path: Path) -> None:
    bookwheel(tmp_path, "import", str(write(tmp_path / "one.jsonl", [line(1)])))
    bookwheel(tmp_path, "database", "copy", postgres_url)
    bookwheel(tmp_path, "import", str(write(tmp_path / "two.jsonl", [line(2)])), url=postgres_url)
    assert "2501.00002" in bookwheel(tmp_path, "export", "2501.00002", url=postgres_url)
    assert "2501.00001" in bookwheel(tmp_path, "search", "radiance", url=postgres_url)


def test_a_database_in_use_is_not_written_over(filled: Path, postgres_url: str) -> None:
    bookwheel(filled, "database", "copy", postgres_url)
    before = rows(filled)
    for url in ("", postgres_url):
        to = "sqlite" if url else postgres_url
        told = ran(filled, "database", "copy", to, url=url)
        assert (told.returncode, "readers or papers already" in told.stderr) == (1, True)
    assert rows(filled) == before


def test_what_is_interrupted_leaves_nothing(filled: Path, postgres_url: str) -> None:
    assert "KeyboardInterrupt" in ran(filled, "stop", postgres_url, script=True).stderr
    assert "compared" in bookwheel(filled, "database", "copy", postgres_url)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be used"),
        ("mysql://localhost/papers", "postgresql://"),
        ("sqlite", "the database in use"),
    ],
)
def test_what_cannot_be_copied_to_is_said(tmp_path: Path, to: str, said: str) -> None:
    told = ran(tmp_path, "database", "copy", to)
    assert told.returncode == 1
    assert said in told.stderr
    assert "Traceback" not in told.stderr
