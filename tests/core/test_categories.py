"""Categories: what a record's field and a reader's filter mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core import categories
from bookwheel.core.taxonomy import ALIASES, ARCHIVES, SUCCESSORS


def test_all_open_categories_of_arxiv_are_there():
    ours = [one for one in categories.CATEGORIES.values() if one.archive in ARCHIVES]
    assert sum(not category.closed for category in ours) == 155


def test_other_names_and_successors_lead_to_open_categories():
    for code in (*ALIASES.values(), *SUCCESSORS.values()):
        assert not categories.CATEGORIES[code].closed
    assert set(SUCCESSORS) <= set(ARCHIVES)


def test_every_group_and_open_archive_has_categories():
    for group in categories.GROUPS:
        assert categories.in_group(group)
    for archive in ARCHIVES.keys() - SUCCESSORS.keys():
        assert categories.in_archive(archive)


def test_names():
    assert categories.name("cs.LG") == "Machine Learning"
    assert categories.name("cs") == "Computer Science"
    assert categories.name("cmp-lg") == "Computation and Language"
    assert categories.name("cs.ZZ") == "cs.ZZ"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("cs.LG stat.ML", ("cs.LG", "stat.ML")),
        ("cs.CV, cs.LG", ("cs.CV", "cs.LG")),
        ("math.NA cs.NA 65F10; 68T07 I.2.6", ("math.NA", "cs.NA")),
        ("cs.CL and deep learning", ("cs.CL",)),
        ("astro-ph hep-th cmp-lg", ("astro-ph", "hep-th", "cmp-lg")),
        ("cs.LG cs.LG", ("cs.LG",)),
        ("cs.QQ physics.new-ph", ("cs.QQ", "physics.new-ph")),  # opened after this was written
        ("", ()),
    ],
)
def test_categories_of_a_record(field, expected):
    assert categories.from_record(field) == expected


def test_the_categories_of_a_record_fit_the_column():
    assert len(" ".join(categories.from_record(" ".join(categories.CATEGORIES)))) <= 255
    longest = " ".join(sorted(categories.CATEGORIES, key=len, reverse=True))
    assert len(" ".join(categories.from_record(longest))) <= 255


def test_an_archive_means_all_its_classes():
    assert categories.within("cs.LG", "cs")
    assert categories.within("cs.LG", "cs.LG")
    assert categories.within("hep-th", "hep-th")
    assert not categories.within("cs.LG", "cs.L")
    assert not categories.within("math-ph", "math")


@pytest.mark.parametrize("text", ["cs.lg", " CS.LG ", "cs.LG"])
def test_case_of_a_filter_does_not_matter(text):
    assert categories.find_category(text) == "cs.LG"


def test_an_unknown_filter_is_refused_with_what_is_near():
    with pytest.raises(ValueError, match=r"cs\.LG"):
        categories.find_category("cs.LGG")


@given(st.sets(st.sampled_from(sorted(categories.CATEGORIES))))
def test_bits_are_a_set(chosen):
    words = categories.bits(" ".join(sorted(chosen)))
    found = {
        categories.code(64 * word + bit)
        for word in range(categories.WORDS)
        for bit in range(64)
        if words[word] >> bit & 1
    }
    assert found == chosen


def test_bits_of_an_archive_are_all_its_classes():
    together = " ".join(c.code for c in categories.CATEGORIES.values() if c.archive == "cond-mat")
    assert categories.bits("cond-mat", archives=True) == categories.bits(together)
    assert categories.bits("junk") == (0, 0, 0, 0)
