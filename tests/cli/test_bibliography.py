"""`bookwheel bibliography`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bookwheel.cli.bibliography import command
from bookwheel.models import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookwheel.cli.bibliography.prepare", lambda: None)


def test_what_is_wrong_ends_with_one(library: list[Paper], tmp_path) -> None:
    bib, out = tmp_path / "refs.bib", tmp_path / "mended.bib"
    paper = library[0]
    bib.write_text(f"@misc{{mine, title={{The cooking of radium}}, eprint={{{paper.arxiv_id}}}}}")
    told = CliRunner().invoke(command, [str(bib)])
    assert told.exit_code == 1
    assert f"1: mine: {paper.arxiv_id} is" in told.stdout
    report = CliRunner().invoke(command, [str(bib), "--json", "--mended", str(out)])
    (entry,) = json.loads(report.stdout)["entries"]
    assert (entry["verdict"], entry["paper"], entry["meant"]) == ("other", paper.arxiv_id, None)
    assert out.read_text().strip() == bib.read_text()


def test_what_is_right_ends_with_nothing(library: list[Paper]) -> None:
    text = f"@misc{{a, title={{{library[0].title}}}, eprint={{{library[0].arxiv_id}}}}}"
    told = CliRunner().invoke(command, ["-"], input=text)
    assert told.exit_code == 0, told.output
    assert "1 right" in told.stdout
