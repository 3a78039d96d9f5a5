from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.text import (
    author_hash,
    author_hashes,
    author_key,
    fold,
    plain,
    spans,
    tokenise,
    word_hash,
    words,
)

TEX = st.text(
    alphabet=st.sampled_from(list("\\{}$^_'\"`~ab cHvLkoss12-/ é\u0301ßﬁμ中Я\u00ad\ud800\x00\n"))
)
ANY = st.one_of(st.text(), TEX, st.text(st.characters()))


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"Erd\H{o}s--R\'enyi", "Erdős--Rényi"),
        (r"G{\"o}del, K\"{a}hler, na\"{\i}ve", "Gödel, Kähler, naïve"),
        (r"Fran\c{c}ois and Fran\c cois", "François and François"),
        (r"\v{C}ech and \v Cech", "Čech and Čech"),
        (r"Stra\ss e, {\O}re, {\L}ukasz", "Straße, Øre, Łukasz"),
        (r"$\mathcal{N}=4$ super", "N=4 super"),
        (r"H$_2$O and Sr$_{2}$RuO$_4$", "H2O and Sr2RuO4"),
        (r"{\bf BERT} is \emph{here} \cite{devlin}", " BERT is here "),
        ("no TeX – at all", "no TeX – at all"),
        (r"50\% of R\&D", "50% of R&D"),
    ],
)
def test_tex_becomes_plain_text(tex: str, expected: str) -> None:
    assert plain(tex) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BERT-based GPT4 models", ["bert", "based", "gpt4", "models"]),
        (r"$\alpha$-stable $\mathcal{N}=4$", ["alpha", "stable", "n", "4"]),
        ("α-stable μm", ["alpha", "stable", "mu", "m"]),
        ("Erdős ﬁne ＡＢＣ H₂O İstanbul", ["erdos", "fine", "abc", "h2o", "istanbul"]),
        ("“quoted”—dashed…", ["quoted", "dashed"]),
        ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
        ("Лев 量子", ["лев", "量子"]),
        ("a" * 32 + " " + "b" * 33, ["a" * 32]),
        ("量" * 11, []),  # 33 bytes
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(ANY)
def test_spans_are_the_words_in_their_places(text: str) -> None:
    found = spans(text)
    assert [word for _, _, word in found] == words(text)
    assert all(start < end <= len(text) for start, end, _ in found)
    ends = [0, *(end for _, end, _ in found)]
    assert all(start >= before for (start, _, _), before in zip(found, ends, strict=False))


def test_spans_cover_the_tex_of_a_word() -> None:
    text = r"on Erd\H{o}s and $\alpha$"
    assert [text[start:end] for start, end, _ in spans(text)] == [
        "on",
        r"Erd\H{o}s",
        "and",
        r"\alpha",
    ]


@given(st.lists(ANY, max_size=5))
def test_tokens_of_many_texts_are_the_hashed_words_of_each(texts: list[str]) -> None:
    tokens = tokenise(texts)
    assert tokens.starts[0] == 0
    assert tokens.starts[-1] == len(tokens.hashes)
    for at, text in enumerate(texts):
        place = range(tokens.starts[at], tokens.starts[at + 1])
        assert [tokens.word(one) for one in place] == words(text)
        assert tokens.hashes[place.start : place.stop].tolist() == list(map(word_hash, words(text)))


@given(ANY)
def test_folded_text_has_nothing_but_letters_beyond_ascii(text: str) -> None:
    folded = fold(text)
    assert not any("A" <= letter <= "Z" for letter in folded)
    assert all(letter.isascii() or letter.isalnum() for letter in folded)


def test_word_hash_stays_the_same() -> None:
    assert word_hash("graph") == 6467958908583184424
    assert word_hash("superconductivity") == 3990263411732830247


@pytest.mark.parametrize(
    ("family", "given_names", "key"),
    [
        ("Erdős", "Paul", "erdos_p"),
        (r"Erd\H{o}s", "P.", "erdos_p"),
        ("van der Waals", "Johannes D.", "van der waals_j"),
        ("O'Brien", "J.-P.", "o brien_j"),
        ("Smith-Jones", r"{\'E}tienne", "smith jones_e"),
        ("ATLAS Collaboration", "", "atlas collaboration"),
        ("", "", ""),
    ],
)
def test_author_key(family: str, given_names: str, key: str) -> None:
    assert author_key(family, given_names) == key


@given(st.lists(st.tuples(ANY, ANY), max_size=5))
def test_author_hashes_are_31_bits_of_the_keys(names: list[tuple[str, str]]) -> None:
    numbers = author_hashes(names)
    assert numbers.dtype == np.int32
    assert numbers.tolist() == [author_hash(author_key(*name)) for name in names]
    assert author_hash("erdos_p") == zlib.crc32(b"erdos_p") & 0x7FFFFFFF


@given(st.text("abcXYZ", min_size=1), st.text("dE", min_size=1))
def test_quick_author_keys_are_those_of_the_words(family: str, given_names: str) -> None:
    assert author_key(family, given_names) == author_key(f"{{{family}}}", f"{{{given_names}}}")
