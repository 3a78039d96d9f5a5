"""`bookwheel library`: a file in, a report out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bookwheel.cli import main
from bookwheel.models import PrivatePaper, Tagging
from people import Person, make_paper

BIB = "@misc{a, eprint={2501.00001}, title={One}}\n@misc{b, title={Radium}}\n@misc{c, year=2000}\n"


@pytest.mark.django_db
def test_import(alice: Person, tmp_path: Path) -> None:
    make_paper("2501.00001")
    file = tmp_path / "mine.bib"
    file.write_text(BIB)
    command = ["library", "import", str(file), "--reader", "alice", "--tag", "brought", "--json"]
    dry = json.loads(CliRunner().invoke(main, [*command, "--dry-run"]).stdout)
    assert dry["found_by"] == {"arxiv": 1, "doi": 0, "title": 0} and dry["done"] is None
    assert not Tagging.objects.exists()
    done = json.loads(CliRunner().invoke(main, command).stdout)
    assert (done["done"]["tagged"], done["done"]["private"]) == (1, 1)
    assert [problem["line"] for problem in done["problems"]] == [3]
    assert Tagging.objects.count() == PrivatePaper.objects.count() == 1


@pytest.mark.django_db
def test_what_is_missing_is_said(alice: Person, tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(BIB)
    told = CliRunner().invoke(main, ["library", "import", str(tmp_path / "mine.bib"), "--like"])
    assert told.exit_code == 1 and "--reader" in told.output
    command = ["library", "import", str(tmp_path / "mine.bib"), "--reader", "alice"]
    assert "--tag NAME" in CliRunner().invoke(main, command).output
