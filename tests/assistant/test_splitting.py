from __future__ import annotations

import pytest

from bookwheel.assistant.splitting import Splitter


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One thing [1]. Two things [2][3].", ["One thing [1].", "Two things [2][3]."]),
        ("One thing. [1] Two things. [2]", ["One thing. [1]", "Two things. [2]"]),
        ("- One thing [1]\n- Two things [2]\n", ["One thing [1]", "Two things [2]"]),
        ("About 3.5 of it, e.g. Dr. Who [1]. Yes.", ["About 3.5 of it, e.g. Dr. Who [1].", "Yes."]),
        ("", []),
    ],
)
def test_sentences_keep_their_citations(text: str, sentences: list[str], size: int) -> None:
    splitter = Splitter()
    found = [one for at in range(0, len(text), size) for one in splitter.feed(text[at : at + size])]
    assert found + splitter.rest() == sentences
