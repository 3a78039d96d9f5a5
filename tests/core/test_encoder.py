from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.encoder import Encoder, Sketch, signs
from bookwheel.core.features import Features
from bookwheel.core.text import words
from bookwheel.errors import BookwheelError

VOCABULARY = ["graph", "network", "quantum", "graph network", "erdos", "quantum graph", "rare"]
TEXT = st.lists(
    st.sampled_from(
        ["graph", "network", "quantum", r"Erd\H{o}s", "rare", "unknown", "Graph-network", "."]
    ),
    max_size=30,
).map(" ".join)
VECTOR = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).standard_normal(8).astype(np.float32)
)


def small_encoder() -> Encoder:
    random = np.random.default_rng(0)
    return Encoder(
        VOCABULARY,
        random.uniform(1, 9, 7).astype(np.float32),
        random.integers(-127, 128, (6, 8)).astype(np.int8),  # "rare" has no vector
        random.uniform(0.1, 1, 6).astype(np.float32),
    )


def sketched_encoder() -> Encoder:
    plain = small_encoder()
    sketch = Sketch(dimensions=100, size=0.2, alone=0.3, buckets=64)
    return Encoder(plain.vocabulary, plain.idf, plain.table, plain.scale, sketch)


ENCODER, SKETCHED = small_encoder(), sketched_encoder()


def features_of(text: str) -> Counter[str]:
    found = words(text)
    pairs = [f"{left} {right}" for left, right in zip(found, found[1:], strict=False)]
    return Counter(name for name in found + pairs if name in VOCABULARY)


@given(st.lists(TEXT, max_size=4))
def test_counts_are_those_of_a_plain_loop(texts: list[str]) -> None:
    counts = ENCODER.count(texts)
    assert len(counts.starts) == len(texts) + 1
    for at, text in enumerate(texts):
        features, times = counts.row(at)
        expected = {VOCABULARY.index(name): many for name, many in features_of(text).items()}
        assert dict(zip(features.tolist(), times.tolist(), strict=True)) == expected
        assert features.tolist() == sorted(expected)


def test_batches_do_not_change_counts() -> None:
    texts = ["graph network", "", "quantum graph", "Erdős"] * 1500
    counts = ENCODER.count(texts)
    assert counts.starts[-1] == counts.features.size == 1500 * (3 + 0 + 3 + 1)
    assert counts.row(5998)[0].tolist() == counts.row(2)[0].tolist() == [0, 2, 5]


def test_pairs_do_not_reach_from_one_text_into_the_next() -> None:
    assert ENCODER.count(["quantum", "graph"]).features.tolist() == [2, 0]


def test_counts_end_at_255() -> None:
    assert ENCODER.count(["graph. " * 300]).tf.tolist() == [255]


@given(TEXT)
def test_weights_are_tf_idf_of_unit_length(text: str) -> None:
    counts = ENCODER.count([text])
    raw = [
        (1 + math.log(times)) * float(ENCODER.idf[feature])
        for feature, times in zip(counts.features, counts.tf.tolist(), strict=True)
    ]
    length = math.hypot(*raw) or 1
    expected = np.array([weight / length for weight in raw])
    assert ENCODER.weigh(counts) == pytest.approx(expected, abs=1e-6)


@given(st.lists(TEXT, max_size=4))
def test_vectors_are_sums_of_weighted_vectors(texts: list[str]) -> None:
    encoded = ENCODER.encode(texts)
    assert encoded.shape == (len(texts), 8)
    assert encoded.dtype == np.float32
    vectors = ENCODER.table * ENCODER.scale[:, None]
    for at, text in enumerate(texts):
        names = {name: many for name, many in features_of(text).items() if name != "rare"}
        places = [VOCABULARY.index(name) for name in names]
        weights = [(1 + math.log(many)) for many in names.values()] * ENCODER.idf[places]
        expected = weights @ vectors[places]
        length = np.linalg.norm(expected) or 1
        assert encoded[at] == pytest.approx(expected / length, abs=1e-5)


@given(TEXT, VECTOR, st.booleans())
def test_shares_of_words_add_up_to_the_cosine(text: str, vector: np.ndarray, plain: bool) -> None:
    encoder = ENCODER if plain else SKETCHED
    vector = np.resize(vector, encoder.dimensions)
    shares = encoder.shares(text, vector)
    cosine = float(encoder.encode([text])[0] @ vector) / float(np.linalg.norm(vector))
    assert sum(share.share for share in shares) == pytest.approx(cosine, abs=1e-6)
    assert [share.start for share in shares] == sorted(share.start for share in shares)
    assert all(words(text[share.start : share.end]) == [share.word] for share in shares)


def test_shares_add_up_when_a_word_stands_there_more_often_than_counts_reach() -> None:
    vector = np.ones(8, np.float32)
    text = "graph network " * 400
    cosine = float(ENCODER.encode([text])[0] @ vector) / math.sqrt(8)
    assert sum(share.share for share in ENCODER.shares(text, vector)) == pytest.approx(cosine)


def test_an_encoder_is_the_same_after_saving(tmp_path: Path) -> None:
    path = tmp_path / "encoder.npz"
    ENCODER.save(path)
    loaded = Encoder.load(path)
    assert loaded.fingerprint == ENCODER.fingerprint
    assert loaded.vocabulary == VOCABULARY
    assert np.array_equal(loaded.encode(["graph network"]), ENCODER.encode(["graph network"]))


def test_a_sketch_is_the_same_after_saving(tmp_path: Path) -> None:
    path = tmp_path / "encoder.npz"
    SKETCHED.save(path)
    loaded = Encoder.load(path)
    assert loaded.sketch == SKETCHED.sketch
    assert loaded.fingerprint == SKETCHED.fingerprint
    assert loaded.size == 7 + 64


def test_fingerprints_differ_with_the_contents() -> None:
    other = small_encoder()
    other.scale[3] *= 2
    assert len({other.fingerprint, ENCODER.fingerprint, SKETCHED.fingerprint}) == 3


def test_strange_words_are_like_themselves_alone() -> None:
    same, other, known = SKETCHED.encode(
        ["interleukin 1999 x", "the phosphorylase", "graph network"]
    )
    assert same @ SKETCHED.encode(["Interleukin."])[0] == pytest.approx(1)
    assert abs(same @ other) < 0.4
    assert abs(same @ known) < 0.4


def test_numbers_letters_and_stop_words_are_no_features() -> None:
    assert SKETCHED.count(["the 1999 3 x of 2d4"]).features.size == 0
    assert SKETCHED.count(["3d h2o 5g"]).features.size == 3


def test_words_outside_the_vocabulary_can_be_spelt() -> None:
    text = "Graph phosphorylase of the Erdős network"
    spelt = SKETCHED.unlisted(text)
    assert list(spelt.values()) == ["phosphorylase"]
    assert set(spelt) <= set(SKETCHED.count([text]).features.tolist())
    assert {SKETCHED.features.label(feature) for feature in spelt} == {""}
    assert SKETCHED.features.label(3) == "graph network"


def test_blocks_do_not_change_vectors() -> None:
    texts = ["graph network", "", "quantum phosphorylase", "Erdős"] * 1500
    encoded = SKETCHED.encode(texts)
    assert np.array_equal(encoded[:4], encoded[-4:])
    assert encoded[:4] == pytest.approx(SKETCHED.encode(texts[:4]), abs=1e-6)


def test_signs_are_the_same_on_every_machine_and_even() -> None:
    made = signs(np.arange(2000, dtype=np.int32), 100)
    assert made.shape == (2000, 100)
    assert set(np.unique(made)) == {-1, 1}
    assert abs(made.mean()) < 0.01
    assert np.abs(made @ made.T / 100 - np.eye(2000)).max() < 0.6
    assert "".join("+" if sign > 0 else "-" for sign in made[7, :16]) == "---++--+-+--++-+"


@pytest.mark.parametrize("content", [b"", b"not an encoder", b"PK\x03\x04 torn"])
def test_a_damaged_file_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "encoder.npz"
    path.write_bytes(content)
    with pytest.raises(BookwheelError, match="bookwheel train encoder"):
        Encoder.load(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BookwheelError, match="bookwheel train encoder"):
        Encoder.load(tmp_path / "none.npz")


def test_every_feature_of_a_large_vocabulary_is_found() -> None:
    names = [f"w{number}" for number in range(60_000)]
    counts = Features(names).count([" . ".join(names)])
    assert counts.features.tolist() == list(range(60_000))


def test_the_shipped_encoder_knows_what_belongs_together() -> None:
    shipped = Encoder.shipped()
    assert (shipped.dimensions, shipped.table.shape[1]) == (1024, 512)
    near, same, far = shipped.encode(
        [
            "Superconductivity in layered cuprates",
            "High-temperature superconductors and their pairing symmetry",
            "Large language models for code generation",
        ]
    )
    assert near @ same > near @ far + 0.1
    assert shipped is Encoder.shipped()
