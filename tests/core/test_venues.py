from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.venues import venue, withdrawn


@pytest.mark.parametrize(
    ("comments", "journal", "said"),
    [
        ("Accepted at NeurIPS 2025", "", "NeurIPS 2025"),
        ("12 pages; to appear in CVPR'24", "", "CVPR 2024"),
        ("Accepted to AAAI-26", "", "AAAI 2026"),
        ("39th Neural Information\n  Processing Systems (2025)", "", "NeurIPS 2025"),
        ("Workshop on Reading at ICLR 2024", "", "ICLR 2024 workshop"),
        ("10 pages", "Phys. Rev. D 92, 012345 (2015)", "Physical Review D 2015"),
        ("Published in Physical Review Letters", "", "Physical Review Letters"),
        ("Accepted for publication in A&A", "", "A&A"),
        ("SIGGRAPH Asia 2025", "", "SIGGRAPH Asia 2025"),
    ],
)  # fmt: skip
def test_venue(comments: str, journal: str, said: str) -> None:
    assert str(venue(comments, journal)) == said


@pytest.mark.parametrize(
    "comments",
    [
        "Submitted to NeurIPS 2025",
        "Under review at ICLR 2026",
        "Accepted at ICMLA 2018",
        "ACM CCS",
        "AAAI Spring Symposium Series 2017",
        "2nd place in the CVPR 2024 challenge",
        "",
    ],
)
def test_no_venue(comments: str) -> None:
    assert venue(comments, "") is None


@pytest.mark.parametrize(
    ("comments", "abstract", "gone"),
    [
        ("This paper has been withdrawn by the author due to an error", "", True),
        ("Withdrawn due to an error in Theorem 2.1", "", True),
        ("12 pages. The paper has been\n  withdrawn", "", True),
        ("", "This paper has been withdrawn.", True),
        ("This submission has been removed by arXiv administrators", "", True),
        ("Ver.2: incorrect statement 3.2 of ver.1 is withdrawn, examples added", "", False),
        ("", "We study withdrawn money and how banks react.", False),
    ],
)
def test_withdrawn(comments: str, abstract: str, gone: bool) -> None:
    assert withdrawn(comments, abstract) is gone


@given(st.text(), st.text())
def test_any_text(comments: str, journal: str) -> None:
    venue(comments, journal)
    withdrawn(comments, journal)
