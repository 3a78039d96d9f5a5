from __future__ import annotations

import pytest

from bookwheel.assistant.standing import standing

ALONE = "Sparse attention forgets facts that stand far apart in long documents."


def test_a_sentence_that_stands_alone_keeps_its_score() -> None:
    assert standing(ALONE) == 1


@pytest.mark.parametrize(
    "text",
    [
        "This makes it slower than dense attention.",
        "These results hold for all lengths.",
        "To address this, we propose sparse attention.",
        "Finally, we compare it with dense attention.",
        "However, sparse attention forgets facts.",
        "Our code is available at a public address.",
        "which forgets facts that stand far apart.",
        "Sparse attention forgets facts that stand far",
        "Extensive experiments on six datasets show that it works.",
    ],
)
def test_what_leans_on_others_or_tells_nothing_stands_behind(text: str) -> None:
    assert standing(text) < standing(ALONE)
