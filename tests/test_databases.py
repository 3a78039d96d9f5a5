"""Which database is used: the file in the data folder, or the PostgreSQL that a setting names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dumps
from bookwheel import databases
from bookwheel.config import config
from bookwheel.errors import SettingError
from people import Configure

URL = "postgresql://marie:p%40ss@db.example.org:5433/papers?sslmode=require"


def test_without_a_setting_it_is_a_file(configure: Configure, tmp_path: Path) -> None:
    configure(data=tmp_path, database_url="")
    assert databases.default(config())["NAME"] == tmp_path / "bookwheel.sqlite3"


def test_an_address_is_taken_apart(configure: Configure) -> None:
    configure(database_url=URL)
    entry = databases.default(config())
    parts = [entry[name] for name in ("HOST", "PORT", "NAME", "USER", "PASSWORD")]
    assert parts == ["db.example.org", 5433, "papers", "marie", "p@ss"]
    assert entry["OPTIONS"]["sslmode"] == "require"


def test_the_name_that_hosting_services_use_is_understood(
    configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BOOKWHEEL_DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", URL)
    config.cache_clear()
    assert config().database_url == URL
    configure(database_url="")
    assert config().database_url == ""


def test_another_database_is_refused_and_its_password_not_shown(configure: Configure) -> None:
    configure(database_url="mysql://marie:secret@db.example.org/papers")
    with pytest.raises(SettingError, match="postgresql://") as refused:
        config()
    assert "secret@" not in str(refused.value)


@pytest.mark.loopback
def test_the_command_line_runs_on_it(postgres_url: str, tmp_path: Path) -> None:
    def bookwheel(*arguments: str) -> str:
        told = subprocess.run(
            [sys.executable, "-m", "bookwheel", "--data", str(tmp_path / "data"), *arguments],
            env=os.environ | {"BOOKWHEEL_DATABASE_URL": postgres_url},
            capture_output=True,
            text=True,
            check=True,
        )
        return told.stdout

    dump = dumps.write(tmp_path / "two.jsonl", [dumps.line(1), dumps.line(2)])
    bookwheel("import", str(dump))
    assert json.loads(bookwheel("status", "--json"))["papers"] == 2
    found = json.loads(bookwheel("search", "au:curie", "--json"))
    assert "2501.00002" in json.dumps(found)
    assert not (tmp_path / "data" / "bookwheel.sqlite3").exists()


def test_a_server_that_is_not_there_is_explained(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bookwheel", "--data", str(tmp_path / "data"), "status"],
        env=os.environ | {"BOOKWHEEL_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert "database" in told.stderr
    assert "BOOKWHEEL_DATABASE_URL" in told.stderr
    assert "Traceback" not in told.stderr
