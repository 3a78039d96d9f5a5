"""The doctor finds what was broken on purpose, says what helps, and touches nothing."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bookwheel.config import config
from library import fill, records, write_index
from post_office import Office, office
from processes import run as process

__all__ = ["office"]


def doctor(
    folder: Path, monkeypatch: pytest.MonkeyPatch, **settings: str
) -> tuple[int, dict[str, Any]]:
    """Exit status and what it told."""
    with monkeypatch.context() as here:
        for name, text in settings.items():
            here.setenv(f"BOOKWHEEL_{name.upper()}", text)
        done = process(folder, "doctor", "--json")
    assert not done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def wrong(told: dict[str, Any]) -> dict[str, str]:
    """What is not good, with its advice."""
    found = {one["about"]: one["advice"] for one in told["findings"] if one["state"] == "wrong"}
    assert all(found.values())
    return found


def contents(folder: Path) -> dict[str, bytes]:
    ours = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in ours
        if not path.name.endswith(("-wal", "-shm"))
    }


@pytest.fixture
def installation(data_folder: Path) -> Path:
    """One with papers, an index, and nothing wrong."""
    fill(data_folder, records())
    write_index(data_folder / "index", records())
    return data_folder


def test_nothing_is_wrong_and_nothing_is_touched(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process(installation, "status")
    before = contents(installation)
    status, told = doctor(installation, monkeypatch)
    assert (status, told["settings"], wrong(told)) == (0, [], {})
    assert {"data folder", "disk", "database", "index", "harvest", "accounts", "mail"} <= {
        one["about"] for one in told["findings"]
    }
    assert contents(installation) == before


def test_settings_that_cannot_be_used_or_are_misspelt(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, told = doctor(
        data_folder, monkeypatch, port="many", smtp_hots="x", metrics_token_file="/no/such/file"
    )
    assert status == 1
    assert told["findings"] == []
    ports, token, misspelt = told["settings"]
    assert ports.startswith("BOOKWHEEL_PORT is 'many'")
    assert token.startswith("BOOKWHEEL_METRICS_TOKEN_FILE names a file that cannot be read")
    assert "BOOKWHEEL_SMTP_HOST may be meant" in misspelt


def test_a_folder_that_others_can_read(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installation.chmod(0o755)
    (installation / "secret.key").chmod(0o644)
    status, told = doctor(installation, monkeypatch)
    advice = [one["advice"] for one in told["findings"] if one["about"] == "data folder"]
    assert status == 1
    assert advice[0] == f"chmod 700 {installation}"
    assert advice[1].startswith("chmod 600")


def test_a_database_that_is_none(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (installation / "bookwheel.sqlite3").write_bytes(b"this was never a database" * 400)
    status, told = doctor(installation, monkeypatch)
    assert status == 1
    assert "bookwheel restore" in wrong(told)["database"]
    assert "index" not in {one["about"] for one in told["findings"]}


def test_an_index_that_lacks_papers(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(installation / "bookwheel.sqlite3")) as base, base:
        base.execute("UPDATE bookwheel_paper SET changed = changed + 5000000 WHERE id % 3 = 0")
    status, told = doctor(installation, monkeypatch)
    assert status == 1
    assert "bookwheel index" in wrong(told)["index"]


def test_a_site_for_others_without_https_or_accounts(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, told = doctor(installation, monkeypatch, hosts="papers.example.org")
    assert (status, wrong(told).keys()) == (1, {"accounts", "https"})
    safe = {"hosts": "papers.example.org", "https": "true", "trusted_proxies": "1"}
    _, told = doctor(installation, monkeypatch, **safe, sign_up="open")
    assert wrong(told) == {}
    _, told = doctor(installation, monkeypatch, **safe | {"trusted_proxies": "0"}, sign_up="open")
    assert wrong(told).keys() == {"proxies"}


def test_models_and_databases_that_are_not_there(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, told = doctor(installation, monkeypatch, model="ollama/large")
    assert wrong(told).keys() == {"language models"}
    assert os.environ.get("BOOKWHEEL_MODEL") is None


@pytest.mark.loopback
def test_the_mail_server_is_greeted_and_gets_nothing(
    installation: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {"smtp_host": "127.0.0.1", "smtp_port": str(config().smtp_port), "smtp_tls": "false"}
    status, told = doctor(installation, monkeypatch, **there, site="https://papers.example.org")
    assert (status, wrong(told)) == (0, {})
    assert office.arrived == []
    _, told = doctor(installation, monkeypatch, **there | {"smtp_port": "1"})
    assert "BOOKWHEEL_SMTP_HOST" in wrong(told)["mail"]
