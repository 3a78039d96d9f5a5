"""arXiv identifiers, from all that people paste."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.papers import ArxivId
from bookwheel.core.taxonomy import ARCHIVES
from bookwheel.errors import IdentifierError


@st.composite
def months(draw, first, last):
    year, month = divmod(
        draw(st.integers(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1)), 12
    )
    return f"{year % 100:02}{month + 1:02}"


new_long = st.builds("{}.{:05}".format, months((2015, 1), (2090, 12)), st.integers(1, 99_999))
new_short = st.builds("{}.{:04}".format, months((2007, 4), (2014, 12)), st.integers(1, 9_999))
old = st.builds(
    "{}/{}{:03}".format,
    st.sampled_from(sorted(ARCHIVES)),
    months((1991, 7), (2007, 3)),
    st.integers(1, 999),
)
identifiers = st.builds(ArxivId, new_long | new_short | old, st.none() | st.integers(1, 999))

LINKS = (
    "{}",
    "arXiv:{}",
    "ARXIV: {}",
    "  {}\n",
    "<{}>.",
    "https://arxiv.org/abs/{}",
    "http://arxiv.org/abs/{}/",
    "arxiv.org/abs/{}?context=cs.LG",
    "https://www.arxiv.org/pdf/{}",
    "https://arxiv.org/pdf/{}.pdf#page=3",
    "https://arxiv.org/html/{}/",
    "https://arxiv.org/html/{}#S3.F1",
    "https://arxiv.org/html/{}/x1.png",
    "https://export.arxiv.org/src/{}",
    "https://arxiv.org/e-print/{}.tar.gz",
    "https://arxiv.org/abs/arXiv:{}",
    "https://ar5iv.labs.arxiv.org/html/{}",
    "http://xxx.lanl.gov/abs/{}",
    "https://doi.org/10.48550/arXiv.{}",
    "10.48550/arxiv.{}",
    "doi:10.48550/arXiv.{}",
    "arXiv:{} [cs.CL] 12 Jun 2017",
)


@given(identifiers, st.sampled_from(LINKS))
def test_every_identifier_is_read_from_every_form(identifier, form):
    assert ArxivId.parse(form.format(identifier)) == identifier


@given(identifiers)
def test_case_does_not_matter(identifier):
    assert ArxivId.parse(str(identifier).upper()) == identifier


@given(identifiers)
def test_saying_and_reading_agree(identifier):
    assert ArxivId.parse(str(identifier)) == identifier


@given(st.text())
def test_any_text_is_an_identifier_or_an_error(text):
    try:
        assert ArxivId.parse(text).base.isascii()
    except IdentifierError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("math.GT/0309136v2", ArxivId("math/0309136", 2)),
        ("cond-mat.mes-hall/0101001", ArxivId("cond-mat/0101001")),
        ("https://arxiv.org/abs/math.GT/0309136", ArxivId("math/0309136")),
        ("https://arxiv.org/PDF/1706.03762V7", ArxivId("1706.03762", 7)),
        ("https://arxiv.org/pdf/hep-th%2F9901001", ArxivId("hep-th/9901001")),
        ("https://arxiv.org/src/1706.03762v1/anc/2.txt", ArxivId("1706.03762", 1)),
    ],
)
def test_variants(text, expected):
    assert ArxivId.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "attention",
        "1713.03762",  # month 13
        "1700.03762",  # month 0
        "0703.0001",  # before the new style
        "9901.0001",
        "1501.0001",  # four digits when five were in use
        "1412.00001",
        "1706.00000",
        "1706.03762v0",
        "1706.03762v",
        "1706.037620",
        "hep-th/9913001",
        "hep-th/0704001",  # after the old style
        "hep-th/9001001",  # before arXiv
        "hep-th/9901000",
        "nowhere/9901001",
        "１７０６.03762",
        "https://example.org/abs/1706.03762",
        "https://arxiv.org.example.org/abs/1706.03762",
        "https://arxiv.org@example.org/abs/1706.03762",
        "https://doi.org/10.1000/2001.12345",
        "https://arxiv.org/list/cs.LG/1706",
        "https://[arxiv.org/abs/1706.03762",
        "1706.03762" + " " * 1000,
    ],
)
def test_what_is_no_identifier_is_refused(text):
    with pytest.raises(IdentifierError):
        ArxivId.parse(text)


def test_order_is_by_month_then_number():
    expected = [
        "hep-th/9912001",
        "astro-ph/0001001",
        "hep-th/0001001",
        "0704.0002",
        "0704.0010",
        "1501.00001",
    ]
    mixed = [ArxivId.parse(text) for text in reversed(expected)]
    assert [str(one) for one in sorted(mixed, key=lambda one: one.sort_key)] == expected


@given(identifiers, identifiers)
def test_equal_sort_keys_mean_equal_identifiers(one, other):
    assert (one.sort_key == other.sort_key) == (one == other)
