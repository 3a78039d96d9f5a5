"""A small transformer that reads a question beside texts and says how well each answers it.

Takes any model of two kinds: a cross-encoder reads question and text together and gives a number;
a bi-encoder reads each alone and gives vectors, whose cosine is taken. Slow: two cores read about
twenty abstracts a second. So it is asked only about the best few, and what it said is remembered.
Leaves out: which texts it is asked about (`queries/reranked.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bookwheel.config import config
from bookwheel.errors import SettingError
from bookwheel.index import model_files
from bookwheel.index.model_files import ModelFiles
from bookwheel.index.remembered import Remembered

LONGEST = 128  # word pieces that are read of a text, with its question where both go together
BATCH = 8  # texts read together: more take more memory, and are not read faster
REMEMBERED = 8192  # numbers of pairs, or vectors of texts; of 1.5 kB each

Floats = NDArray[np.float32]


class Reranker:
    """A model, ready to be asked. Safe to use from many threads."""

    def __init__(self, files: ModelFiles, *, threads: int = 0) -> None:
        """Load it; with 0 threads it uses all cores.

        Raises:
            SettingError: the files are no model.
        """
        self._session, self._tokenizer = _load(files, threads)
        self._first_token = files.first_token
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._known: Remembered[Floats] = Remembered(REMEMBERED)
        # A number, or two for no and yes; vectors are longer.
        self._reads_pairs = self._read([("question", "text")]).shape[1] <= 2

    def scores(self, question: str, texts: Sequence[str]) -> Floats:
        """How well each of n texts answers a question, float32 [n]; more is better.

        They can be compared with each other, not with those of another question.
        """
        if not texts:
            return np.empty(0, np.float32)
        if self._reads_pairs:
            return np.array(
                [_yes(found) for found in self._ask([(question, one) for one in texts])]
            )
        vectors = np.stack(self._ask([question, *texts]))
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        cosines: Floats = vectors[1:] @ vectors[0]
        return cosines

    def _ask(self, inputs: Sequence[Any]) -> list[Floats]:
        return self._known.get_all(inputs, self._read_in_batches)

    def _read_in_batches(self, inputs: list[Any]) -> list[Floats]:
        """Those of like length together: a batch takes as long as its longest."""
        order = sorted(range(len(inputs)), key=lambda place: _length(inputs[place]))
        found: dict[int, Floats] = {}
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            found |= zip(places, self._read([inputs[place] for place in places]), strict=True)
        return [found[place] for place in range(len(inputs))]

    def _read(self, batch: list[Any]) -> Floats:
        """What the model gives for texts or pairs: float32 [n, size]."""
        read = self._tokenizer.encode_batch(batch)
        mask = np.array([one.attention_mask for one in read], np.int64)
        fed = {
            "input_ids": np.array([one.ids for one in read], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([one.type_ids for one in read], np.int64),
        }
        taken = {name: values for name, values in fed.items() if name in self._inputs}
        found = np.asarray(self._session.run(None, taken)[0], np.float32)
        if found.ndim < 3:
            return found.reshape(len(batch), -1)
        if self._first_token:
            return found[:, 0]
        weights = mask / np.maximum(mask.sum(axis=1, keepdims=True), 1)
        means: Floats = np.einsum("ntd,nt->nd", found, weights.astype(np.float32))
        return means


_lock = Lock()
_loaded: dict[tuple[str, ...], Reranker] = {}


def of_site() -> Reranker | None:
    """The re-ranker that the setting names, loaded on first use; None when it names none.

    Raises:
        SettingError: it cannot be loaded, and what is missing.
    """
    places = config().reranker
    if not places:
        return None
    with _lock:
        if places not in _loaded:
            _loaded[places] = Reranker(model_files.find(places))
        return _loaded[places]


def _yes(found: Floats) -> float:
    return float(found[-1] - found[0]) if len(found) > 1 else float(found[0])


def _length(text: str | tuple[str, str]) -> int:
    return len(text) if isinstance(text, str) else len(text[1])


def _load(files: ModelFiles, threads: int) -> tuple[Any, Any]:
    """The session of onnxruntime and the tokenizer."""
    import onnxruntime
    import tokenizers

    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False  # it would keep 150 MB between searches
    options.log_severity_level = 3  # errors
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    try:
        session = onnxruntime.InferenceSession(
            str(files.model), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = tokenizers.Tokenizer.from_file(str(files.tokenizer))
    except Exception as error:  # noqa: BLE001  (both libraries raise plain ones)
        raise SettingError(
            f"BOOKWHEEL_RERANKER: {files.model} and {files.tokenizer} cannot be read ({error})."
        ) from error
    tokenizer.enable_truncation(LONGEST)
    pads = (tokenizer.token_to_id(name) for name in ("[PAD]", "<pad>"))
    tokenizer.enable_padding(pad_id=next((pad for pad in pads if pad is not None), 0))
    return session, tokenizer
