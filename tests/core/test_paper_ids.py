"""Identifiers of preprints: every form in which they are pasted, and where they lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.identifiers import ArxivId
from bookwheel.core.paper_ids import home_of, is_arxiv, parse_id
from bookwheel.core.rxiv_ids import RxivId
from bookwheel.errors import IdentifierError

FLY = "10.1101/2024.01.15.575734"


@pytest.mark.parametrize(
    ("text", "base", "version"),
    [
        (FLY, FLY, None),
        (f"doi:{FLY}v2", FLY, 2),
        (f"https://doi.org/{FLY}", FLY, None),
        (f"https://www.biorxiv.org/content/{FLY}v3.full.pdf+html", FLY, 3),
        (f"biorxiv.org/content/{FLY}v1.supplementary-material", FLY, 1),
        ("https://www.medrxiv.org/content/10.1101/19000109v1", "10.1101/19000109", 1),
        ("https://www.biorxiv.org/content/early/2018/01/02/123456", "10.1101/123456", None),
        ("10.64898/2025.12.01.691234", "10.64898/2025.12.01.691234", None),
    ],
)
def test_what_people_paste(text, base, version):
    assert parse_id(text) == RxivId(base, version)


@pytest.mark.parametrize(
    "text",
    [
        "10.1101/gr.123456",
        "10.1101/2024.13.15.575734",
        "https://example.org/10.1101/123456",
        "10.1038/s41586-020-2649-2",
        "10.1101/12345",
        f"{FLY}9876",
    ],
)
def test_what_is_none(text):
    with pytest.raises(IdentifierError):
        parse_id(text)


@given(st.integers(100_000, 99_999_999), st.integers(1, 999))
def test_they_never_collide_with_arxivs(number, version):
    text = f"10.1101/{number}v{version}"
    found = parse_id(text)
    assert str(found) == text
    assert not is_arxiv(found.base)
    with pytest.raises(IdentifierError):
        ArxivId.parse(text)


def test_where_they_lead():
    assert home_of(FLY).pdf(2) == f"https://www.biorxiv.org/content/{FLY}v2.full.pdf"
    assert home_of("10.1101/2020.09.09.20191205").name == "medRxiv"
    assert home_of("1706.03762").page(3) == "https://arxiv.org/abs/1706.03762v3"
    assert home_of(FLY).page() == f"https://doi.org/{FLY}"
