"""Where sentences end, and which one says most."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bookwheel.core.key_sentence import key_sentence
from bookwheel.core.sentences import sentences
from hostile import HOSTILE, HUGE


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["One sentence."],
        ["First.", "Second!", "Third?", "And 4."],
        ["No full stop"],
        ["As Smith et al. Show, it holds, e.g. In Fig. 3 or Eq. (4).", "So it does."],
        ["By J. R. Smith and A. Jones.", "We agree."],
        ["It lacks vitamin C.", "We add it."],
        ["See [Phys. Rev. X. 1 (2011). And more] for it.", "We go on."],
        ["We (see B. C. Here. There.) go on.", "Yes."],
        ["Let $x. A$ be.", "Then \\(y. B\\) is."],
        ["Consider $x$.", "$y$ is next.", "\\emph{Then} z."],
        ["It is 3.5 times v2.0 of it.", "Good."],
        ['He said "yes."', "(Really.)"],
        ["It uses lower case. then goes on."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert texts(" ".join(parts)) == parts
    assert texts(f"  {'  '.join(parts)}\n") == parts


def test_paragraphs_end_sentences() -> None:
    assert texts("A heading\n\nand more.") == ["A heading", "and more."]


@example("0 \n\n")
@given(st.text() | st.text(". A?!$()[]\n ") | st.lists(st.sampled_from(HOSTILE)).map(". A".join))
def test_sentences_leave_out_only_white_space(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(texts(text)).split()) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("abstract", "sentence"),
    [
        ("", ""),
        ("Graphs are old. Trees are older.", "Graphs are old."),
        (
            "Graphs are hard. In this paper, we propose GNN, a novel $O(n)$ network. "
            "Experiments show that we outperform others. Code is available.",
            "In this paper, we propose GNN, a novel $O(n)$ network.",
        ),
        ("Let $G$ be a group. We prove that it is. We also compute it.", "We prove that it is."),
        ("Much is known. This article surveys it.", "This article surveys it."),
        ("We show A. Here we introduce B, e.g. The C of D et al. In E.", None),
    ],
)
def test_key_sentence(abstract: str, sentence: str | None) -> None:
    last = "Here we introduce B, e.g. The C of D et al. In E."
    assert key_sentence(abstract) == (last if sentence is None else sentence)


@given(st.text() | st.lists(st.sampled_from(["İ", "We propose. ", "A. ", "é"])).map("".join))
def test_the_key_sentence_is_copied(abstract: str) -> None:
    sentence = key_sentence(abstract)
    assert sentence in abstract
    assert bool(sentence) == bool(abstract.strip())


@pytest.mark.parametrize("text", HUGE, ids=lambda text: repr(text[:12]))
def test_long_texts(text: str) -> None:
    assert key_sentence(text) in text
