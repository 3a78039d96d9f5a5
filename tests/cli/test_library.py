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


@pytest.mark.django_db
def test_export_and_restore(alice: Person, bob: Person, tmp_path: Path) -> None:
    paper = make_paper("2501.00001", title="Radium")
    Tagging.objects.create(tag=alice.reader.tags.create(name="physics"), paper=paper)
    for form in ("bibtex", "ris", "csl", "markdown", "csv"):
        command = ["library", "export", "--reader", "alice", "--format", form, "--tag", "physics"]
        told = CliRunner().invoke(main, command)
        assert told.exit_code == 0 and "2501.00001" in told.output and "Radium" in told.output
    command = ["library", "export", "--reader", "alice", "--format", "archive"]
    (tmp_path / "a.json").write_text(CliRunner().invoke(main, command).stdout)
    told = CliRunner().invoke(
        main, ["library", "restore", str(tmp_path / "a.json"), "--reader", "bob"]
    )
    assert told.exit_code == 0, told.output
    assert bob.reader.tags.get().taggings.get().paper == paper
    assert CliRunner().invoke(main, ["library", "export", "--tag", "x"]).exit_code == 1
