from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bookwheel.actions.train_encoder import train_encoder
from bookwheel.cli import main
from bookwheel.core.encoder import Encoder
from bookwheel.errors import InputError


def dump(path: Path, papers: int) -> Path:
    """Write made-up papers, each with 20 of 400 words."""
    random = np.random.default_rng(0)
    vocabulary = [f"{a}{b}{c}" for a in "bdfgklmp" for b in "aeiou" for c in "nrstvxyzkl"]
    lines = [
        {
            "id": f"2501.{number:05d}",
            "title": "Title",
            "abstract": " ".join(random.choice(vocabulary, 20)),
            "categories": "cs.LG",
            "authors_parsed": [["Doe", "Jane", ""]],
            "versions": [{"version": "v1", "created": "Mon, 6 Jan 2025 00:00:00 GMT"}],
        }
        for number in range(1, papers + 1)
    ]
    path.write_text("\n".join([*map(json.dumps, lines), "not JSON"]))
    return path


def test_the_command_writes_an_encoder_that_can_be_read(tmp_path: Path) -> None:
    source, out = dump(tmp_path / "dump.jsonl", 2500), tmp_path / "made.npz"
    arguments = ["train", "encoder", str(source), "--out", str(out), "--papers", "2000"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    encoder = Encoder.load(out)
    assert encoder.dimensions == 256
    assert {"ban", "mor", "pul"} <= set(encoder.vocabulary)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_too_few_papers_say_so(tmp_path: Path) -> None:
    source = dump(tmp_path / "dump.jsonl", 10)
    with pytest.raises(InputError, match="Only 10 papers"):
        train_encoder([source], tmp_path / "x.npz", papers=100, report=lambda step: None)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        train_encoder([tmp_path / "no"], tmp_path / "x", papers=9, report=lambda step: None)
