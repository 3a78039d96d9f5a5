from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bookwheel.errors import SettingError
from bookwheel.index import model_files, reranker
from bookwheel.index.reranker import Reranker
from tiny_models import bi_encoder, cross_encoder

ANIMALS = {"cat": (1.0, 0.0, 0.1), "kitten": (0.9, 0.1, 0.2), "car": (0.0, 1.0, 0.0)}
TEXTS = ["A car", "One kitten, one cat", "Kitten", "", "cat " * 1000]


def load(*places: Path | str) -> Reranker:
    return Reranker(model_files.find([str(place) for place in places]), threads=1)


class Counted:
    """A session that counts the texts that it is asked about."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.sizes: list[int] = []

    def run(self, names: None, fed: dict[str, np.ndarray]) -> Any:
        self.sizes.append(len(fed["input_ids"]))
        return self._session.run(names, fed)


def test_texts_beside_a_question_by_the_cosine_of_two_vectors(tmp_path: Path) -> None:
    model = load(bi_encoder(tmp_path, ANIMALS))
    found = model.scores("cat", TEXTS)
    cat, kitten, car = (np.array(vector) for vector in ANIMALS.values())
    cosine = lambda one: one @ cat / np.linalg.norm(one) / np.linalg.norm(cat)  # noqa: E731
    expected = [cosine(car), cosine(kitten + cat), cosine(kitten), 0, 1]
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_texts_together_with_a_question(tmp_path: Path) -> None:
    model = load(cross_encoder(tmp_path, {"good": (2.0,), "bad": (-1.0,)}))
    texts = ["good good", "bad", "neither", "good and bad"]
    np.testing.assert_allclose(model.scores("good bad bad", texts), [4, -1, 0, 1])
    longest = model.scores("good", ["bad " * 1000])
    assert longest == [1 - reranker.LONGEST]  # the question has its place


def test_a_model_that_says_no_and_yes(tmp_path: Path) -> None:
    model = load(cross_encoder(tmp_path, {"good": (1.0, 3.0), "bad": (2.0, -2.0)}))
    np.testing.assert_allclose(model.scores("?", ["good", "bad"]), [2, -4])


def test_the_first_token_where_the_model_says_so(tmp_path: Path) -> None:
    folder = bi_encoder(tmp_path, ANIMALS)
    (folder / "1_Pooling").mkdir()
    pooling = folder / "1_Pooling" / "config.json"
    for said, expected in ((True, 1.0), (False, 0.709)):
        pooling.write_text(json.dumps({"pooling_mode_cls_token": said}))
        found = load(folder).scores("cat", ["cat car"])
        np.testing.assert_allclose(found, [expected], atol=0.01)
    pooling.write_text("[]")
    np.testing.assert_allclose(load(folder).scores("cat", ["cat car"]), [0.709], atol=0.01)


def test_nothing_is_read_twice(tmp_path: Path) -> None:
    model = load(bi_encoder(tmp_path, ANIMALS))
    model._session = counted = Counted(model._session)
    first = model.scores("cat", TEXTS)
    assert sum(counted.sizes) == 1 + len(TEXTS)
    again = model.scores("kitten", [*TEXTS, TEXTS[0], "car car"])
    assert sum(counted.sizes) == 1 + len(TEXTS) + 2  # the question and the last text
    assert again[0] == again[-2]
    np.testing.assert_array_equal(model.scores("cat", TEXTS), first)
    assert model.scores("cat", []).shape == (0,)


def test_no_text_changes_what_is_said_of_another(tmp_path: Path) -> None:
    texts = [" ".join(["cat", "car", "kitten"][: 1 + at % 3] * (1 + at)) for at in range(40)]
    together = load(bi_encoder(tmp_path, ANIMALS)).scores("cat", texts)
    alone = [load(tmp_path).scores("cat", [text])[0] for text in texts]
    np.testing.assert_allclose(together, alone, atol=1e-6)


# Files


def test_files_may_lie_deeper_and_in_several_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bi_encoder(tmp_path / "packages" / "tiny_words" / "model", ANIMALS)
    (folder.parent / "__init__.py").write_text("raise RuntimeError('imported')")
    other = tmp_path / "other" / "onnx"
    other.mkdir(parents=True)
    (folder / "model.onnx").rename(other / "model.onnx")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "packages"), *sys.path])
    found = model_files.find([str(tmp_path / "other"), "tiny_words"])
    assert (found.model, found.tokenizer) == (other / "model.onnx", folder / "tokenizer.json")
    assert load(tmp_path / "other", "tiny_words").scores("cat", ["cat"]) == pytest.approx([1])


@pytest.mark.parametrize("place", ["no_such_package", "/no/such/folder", "json.tool", "sys"])
def test_a_place_that_is_none(place: str) -> None:
    pytest.importorskip("onnxruntime")
    with pytest.raises(SettingError, match="neither a folder nor an installed package"):
        model_files.find([place])


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_that_is_missing_or_broken_is_named(tmp_path: Path, name: str) -> None:
    folder = bi_encoder(tmp_path, ANIMALS)
    (folder / name).write_bytes(b"?")
    with pytest.raises(SettingError, match=f"{name}.* cannot be read"):
        load(folder)
    (folder / name).unlink()
    with pytest.raises(SettingError, match=f"there is no {name}. Name a folder"):
        load(folder)


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_a_library_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    folder, find = bi_encoder(tmp_path, ANIMALS), model_files.find_spec
    missing = lambda name: None if name == library else find(name)  # noqa: E731
    monkeypatch.setattr(model_files, "find_spec", missing)
    with pytest.raises(SettingError, match=rf"needs {library}.*pip install 'bookwheel\[rerank\]'"):
        load(folder)
