from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bookwheel.actions.train_encoder import Report, dumped, train_encoder
from bookwheel.cli import main
from bookwheel.core.encoder import Encoder
from bookwheel.core.training import Plan, Progress
from bookwheel.errors import DataFolderError, InputError

QUIET = Report(lambda stage: None, lambda step: None)
SHORT = Plan(steps=6, batch=64)


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
            "authors_parsed": [["Doe", f"Jane {number % 900}", ""]],
            "versions": [{"version": "v1", "created": "Mon, 6 Jan 2025 00:00:00 GMT"}],
        }
        for number in range(1, papers + 1)
    ]
    path.write_text("\n".join([*map(json.dumps, lines), "not JSON"]))
    return path


def test_the_command_writes_an_encoder_that_can_be_read(tmp_path: Path) -> None:
    source, out = dump(tmp_path / "dump.jsonl", 2500), tmp_path / "made.npz"
    options = ["--from", str(source), "--out", str(out), "--papers", "2000", "--steps", "3"]
    result = CliRunner().invoke(main, ["train", "encoder", *options])
    assert result.exit_code == 0, result.output
    encoder = Encoder.load(out)
    assert encoder.dimensions == Encoder.shipped().dimensions
    assert {"ban", "mor", "pul"} <= set(encoder.vocabulary)
    assert {path.name for path in tmp_path.iterdir()} == {source.name, out.name}


def test_a_training_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    source = dump(tmp_path / "dump.jsonl", 2000)
    seen: list[int] = []

    def stop(progress: Progress) -> None:
        seen.append(progress.step)
        if progress.step == 4:
            raise KeyboardInterrupt

    def train(out: Path, report: Report) -> Encoder:
        return train_encoder(dumped([source]), out, SHORT, report)

    with pytest.raises(KeyboardInterrupt):
        train(tmp_path / "cut.npz", Report(lambda stage: None, stop))
    assert not (tmp_path / "cut.npz").exists()
    stages: list[str] = []
    resumed = train(tmp_path / "cut.npz", Report(stages.append, lambda one: seen.append(one.step)))
    assert "going on after step 4" in stages
    assert seen == [1, 2, 3, 4, 5, 6]
    assert resumed.fingerprint == train(tmp_path / "whole.npz", QUIET).fingerprint


def test_a_training_ends_in_time(tmp_path: Path) -> None:
    source, out = dump(tmp_path / "dump.jsonl", 2000), tmp_path / "made.npz"
    options = ["--from", str(source), "--out", str(out), "--minutes", "0.1", "--steps", "100000"]
    result = CliRunner().invoke(main, ["train", "encoder", *options])
    assert result.exit_code == 0, result.output
    assert out.exists()


def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    source = dump(tmp_path / "dump.jsonl", 2000)
    steps: list[Progress] = []
    with pytest.raises(DataFolderError, match="cannot be written"):
        train_encoder(
            dumped([source]), tmp_path / "no" / "x.npz", SHORT, Report(lambda _: None, steps.append)
        )
    assert steps == []


def test_too_few_papers_say_so(tmp_path: Path) -> None:
    source = dump(tmp_path / "dump.jsonl", 10)
    with pytest.raises(InputError, match="Only 10 papers"):
        train_encoder(dumped([source]), tmp_path / "x.npz", SHORT, QUIET, most=100)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        train_encoder(dumped([tmp_path / "no"]), tmp_path / "x", SHORT, QUIET)


@pytest.mark.django_db
def test_without_files_it_learns_from_the_papers_that_are_here(data_folder: Path) -> None:
    result = CliRunner().invoke(main, ["train", "encoder"])
    assert result.exit_code == 1
    assert "Only 0 papers" in result.output
