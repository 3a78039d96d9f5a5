"""`bookwheel index`, `status` and `check`: what is there, and making it fit together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bookwheel.cli import main
from bookwheel.config import config
from bookwheel.core.encoder import Encoder
from bookwheel.index import manifest
from bookwheel.queries.status import problems
from library import other_encoder, records, store


@pytest.fixture
def folder(db: None, tmp_path: Path, configure: Callable[..., None]) -> Path:
    """A data folder of its own."""
    configure(data=tmp_path)
    return tmp_path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_new_papers_are_indexed(folder: Path) -> None:
    store(records()[:12])
    shown = invoke("index")
    assert (shown.exit_code, shown.stdout) == (0, "12 papers indexed.\n")
    assert invoke("index").stdout == "The index is up to date.\n"
    assert invoke("index", "--rebuild").stdout == "12 papers indexed.\n"
    assert problems() == []
    assert manifest.load(config().index).generation == 2


def test_an_index_that_cannot_be_extended_says_what_to_do(folder: Path) -> None:
    store(records()[:2])
    invoke("index")
    (folder / "index" / manifest.NAME).write_text("{")
    shown = invoke("index")
    assert shown.exit_code == 1
    assert "`bookwheel index --rebuild`" in shown.stderr
    assert invoke("index", "--rebuild").exit_code == 0


def test_status_for_people_and_programs(folder: Path) -> None:
    empty = invoke("status")
    assert empty.exit_code == 0
    assert "papers    0, the last of no day yet" in empty.stdout
    store(records()[:12])
    waiting = invoke("status").stdout
    assert "12 waiting" not in waiting.split("`bookwheel index`")[1]
    assert "waiting: run `bookwheel index`" in waiting
    invoke("index")
    told = invoke("status").stdout
    assert f"folder    {folder}" in told
    assert f"papers    12, the last of {max(each['announced'] for each in records()[:12])}" in told
    assert "index     12 papers, generation 1\n" in told
    given = json.loads(invoke("status", "--json").stdout)
    assert list(given) == [
        "data", "papers", "last_day", "indexed", "waiting", "generation", "database_bytes",
        "index_bytes", "free_bytes", "readers", "encoder", "encoder_wanted", "encoded", "arxiv",
    ]  # fmt: skip
    assert (given["papers"], given["indexed"], given["waiting"]) == (12, 12, 0)


def test_another_encoder_is_told_and_taken(folder: Path, configure: Callable[..., None]) -> None:
    assert "encoder   none yet\n" in invoke("status").stdout
    store(records()[:12])
    invoke("index")
    old, new = Encoder.shipped().fingerprint, other_encoder().fingerprint
    assert f"encoder   {old}\n" in invoke("status").stdout
    other_encoder().save(folder / "trained.npz")
    configure(encoder=folder / "trained.npz")
    wanted = f"encoder   {old}, and {new} is wanted: run `bookwheel index`\n"
    assert wanted in invoke("status").stdout
    assert invoke("check").stdout == (
        f"The index was made with the encoder {old}, and {new} is wanted. `bookwheel index` makes "
        "it with that one; so does `bookwheel serve`.\n"
    )
    store(records()[12:14])
    assert invoke("index").stdout == (
        "2 papers indexed.\n14 papers encoded again, with the encoder that is wanted now.\n"
    )
    assert f"encoder   {new}\n" in invoke("status").stdout
    assert invoke("check").exit_code == 0
    configure(encoder=folder / "none.npz")
    for command in ("index", "status"):
        shown = invoke(command)
        assert (shown.exit_code, "BOOKWHEEL_ENCODER" in shown.stderr) == (1, True)
    assert "BOOKWHEEL_ENCODER" in invoke("check").stdout
    assert invoke("search", "learning").exit_code == 0


def test_check_tells_by_its_exit_status(folder: Path) -> None:
    store(records()[:12])
    shown = invoke("check")
    assert (shown.exit_code, shown.stdout) == (
        1, "There is no index yet. `bookwheel index` builds it.\n",
    )  # fmt: skip
    invoke("index")
    shown = invoke("check")
    assert (shown.exit_code, shown.stdout) == (0, "Database and index agree.\n")
    assert json.loads(invoke("check", "--json").stdout) == {"problems": []}
    store(records()[12:15])
    shown = invoke("check", "--json")
    assert (shown.exit_code, json.loads(shown.stdout)) == (1, {"problems": problems()})
    assert len(problems()) == 1
