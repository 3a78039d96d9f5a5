"""`bookwheel read`, from a file."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from bookwheel.cli import main
from content.fulltext.pages import equation, page, para, section


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "paper.html"
    body = para("They turn. All of them.") + equation("a=b", "(1)")
    path.write_bytes(page(section("1", "Spokes", body)))
    return str(path)


def test_text(file: str) -> None:
    done = CliRunner().invoke(main, ["read", file])
    assert done.exit_code == 0
    lines = [line.strip() for line in done.output.splitlines() if line.strip()]
    assert lines == ["On wheels", "1 Spokes", "They turn. All of them.", "$$a=b$$  (1)"]


def test_json(file: str) -> None:
    done = CliRunner().invoke(main, ["read", file, "--json"])
    data = orjson.loads(done.output)
    assert (data["source"], data["title"]) == ("html", "On wheels")
    block = data["sections"][0]["blocks"][0]
    assert [sentence["text"] for sentence in block["sentences"]] == ["They turn.", "All of them."]
    assert data["equations"] == ["s1.2"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    for what, says in [("wheel", "no arXiv identifier"), (str(tmp_path / "x.doc"), "Word")]:
        done = CliRunner().invoke(main, ["read", what])
        assert done.exit_code
        assert says in done.output
        assert "Traceback" not in done.output
