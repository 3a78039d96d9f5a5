"""Names out of a raw line of authors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.arxiv.names import split_names
from bookwheel.core.papers import Author


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marie Curie", [("Curie", "Marie", "")]),
        ("M. Curie, P. Langevin", [("Curie", "M.", ""), ("Langevin", "P.", "")]),
        ("M. Curie and P. Langevin", [("Curie", "M.", ""), ("Langevin", "P.", "")]),
        ("M. Curie, and P. Langevin", [("Curie", "M.", ""), ("Langevin", "P.", "")]),
        (
            "A. One (1), B. Two (2 and 3) ((1) Paris, (2) Lyon (France))",
            [("One", "A.", ""), ("Two", "B.", "")],
        ),
        ("Ludwig van Beethoven", [("van Beethoven", "Ludwig", "")]),
        ("Johannes van der Waals", [("van der Waals", "Johannes", "")]),
        ("Van Jacobson", [("Jacobson", "Van", "")]),
        ("Martin Luther King Jr.", [("King", "Martin Luther", "Jr.")]),
        ("John Smith, Jr., A. Jones", [("Smith", "John", "Jr."), ("Jones", "A.", "")]),
        ("Plato", [("Plato", "", "")]),
        ("The ATLAS Collaboration", [("The ATLAS Collaboration", "", "")]),
        ("Alexandra Andersson", [("Andersson", "Alexandra", "")]),
        ("", []),
    ],
)
def test_names(text, expected):
    assert split_names(text) == tuple(Author(*names) for names in expected)


@given(st.text(alphabet="aB,;&() .and", max_size=200))
def test_no_name_is_empty(text):
    assert all(author.family.strip() for author in split_names(text))
