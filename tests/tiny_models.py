"""Transformers of a handful of words, in the files that real ones have. Need the library onnx."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

Words = Mapping[str, tuple[float, ...]]  # the numbers that each word stands for


def cross_encoder(folder: Path, words: Words) -> Path:
    """A model that reads pairs: it gives the sums over the words of the second text."""
    from onnx import helper

    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["each"]),
        helper.make_node("Cast", ["token_type_ids"], ["kinds"], to=1),
        helper.make_node("Unsqueeze", ["kinds", "last"], ["second"]),
        helper.make_node("Mul", ["each", "second"], ["told"]),
        helper.make_node("ReduceSum", ["told", "words"], ["logits"], keepdims=0),
    ]
    return _write(folder, words, nodes, "logits", rank=2)


def bi_encoder(folder: Path, words: Words) -> Path:
    """A model that reads texts: it gives the numbers of each word."""
    from onnx import helper

    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    return _write(folder, words, nodes, "last_hidden_state", rank=3)


def _write(folder: Path, words: Words, nodes: list[object], output: str, *, rank: int) -> Path:
    onnx = pytest.importorskip("onnx", reason="onnx makes the models of these tests")
    pytest.importorskip("onnxruntime", reason="the extra [rerank] is not installed")
    from onnx import TensorProto, helper, numpy_helper

    size = len(next(iter(words.values())))
    table = np.array([(0.0,) * size] * 2 + list(words.values()), np.float32)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    told = helper.make_tensor_value_info(output, TensorProto.FLOAT, [None] * rank)
    constants = {"table": table, "last": np.array([-1]), "words": np.array([1])}
    graph = helper.make_graph(
        nodes,
        "tiny",
        inputs,
        [told],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, folder / "model.onnx")
    _tokenizer(list(words)).save(str(folder / "tokenizer.json"))
    return folder


def _tokenizer(words: list[str]) -> object:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    known = {name: number for number, name in enumerate(["[PAD]", "[UNK]", *words])}
    made = Tokenizer(models.WordLevel(known, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(single="$A", pair="$A $B:1")
    return made
