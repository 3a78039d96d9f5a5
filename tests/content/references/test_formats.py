"""RIS, CSL-JSON and lists of links give the same references as BibTeX would."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.content.references.read import READERS, form_of, read_references
from bookwheel.content.references.reference import Reference
from hostile import HOSTILE, HUGE

RIS = """TY  - JOUR
TI  - Attention Is All You Need
AU  - Vaswani, Ashish
AU  - van den Oord, A.
PY  - 2017/06/12
JO  - arXiv preprint arXiv:1706.03762
AB  - First line
continued
KW  - attention
ER  -
TY  - CONF
T1  - Another
DO  - 10.1000/ABC
"""
CSL = {
    "id": "vaswani",
    "type": "article-journal",
    "title": "Attention Is All <i>You</i> Need",
    "author": [
        {"family": "Vaswani", "given": "Ashish"},
        {"family": "Oord", "given": "A.", "non-dropping-particle": "van den"},
        {"literal": "Google Brain"},
    ],
    "issued": {"date-parts": [[2017, 6, 12]]},
    "DOI": "10.1000/ABC",
    "URL": "https://arxiv.org/abs/1706.03762",
}


def test_ris() -> None:
    found = read_references(RIS)
    first, second = found.entries
    assert found.form == "ris"
    assert (first.title, first.year, first.arxiv_id) == (
        "Attention Is All You Need",
        2017,
        "1706.03762",
    )
    assert first.authors == (("Vaswani", "Ashish"), ("van den Oord", "A."))
    assert first.abstract == "First line\ncontinued" and first.tags == ("attention",)
    assert (second.title, second.doi, second.kind) == ("Another", "10.1000/abc", "inproceedings")


@pytest.mark.parametrize("text", [json.dumps([CSL]), json.dumps({"items": [CSL]}), json.dumps(CSL)])
def test_csl(text: str) -> None:
    found = read_references(text)
    (entry,) = found.entries
    assert (found.form, entry.title) == ("csl", "Attention Is All You Need")
    assert entry.authors == (("Vaswani", "Ashish"), ("van den Oord", "A."), ("Google Brain", ""))
    assert (entry.year, entry.doi, entry.arxiv_id) == (2017, "10.1000/abc", "1706.03762")


def test_csl_that_is_none() -> None:
    assert read_references("[1, null, {}, []]").entries == ()
    assert len(read_references("[1, null, {}, []]").problems) == 4
    assert read_references("[" * 100_000).problems[0].reason == "this is not JSON"
    assert read_references('{"items": 3}').entries == ()


def test_links() -> None:
    found = read_references(
        "# mine\nhttps://arxiv.org/abs/1706.03762v3, 1810.04805\n- see [this](https://arxiv.org/pdf/"
        "1706.03762)\n\nhttps://doi.org/10.1000/xyz\narXiv: hep-th/9901001 is good\nhello there\n"
    )
    assert [(entry.arxiv_id, entry.doi, entry.line) for entry in found.entries] == [
        ("1706.03762", "", 2),
        ("1810.04805", "", 2),
        ("", "10.1000/xyz", 5),
        ("hep-th/9901001", "", 6),
    ]
    assert [problem.line for problem in found.problems] == [7]


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("text", HOSTILE + HUGE)
def test_every_reader_takes_every_text(form: str, text: str) -> None:
    read_references(text, form)
    read_references(f"TY  - JOUR\nTI  - {text}\nAU  - {text}\n", form)
    read_references(json.dumps([{"title": text, "author": [{"family": text}], "DOI": text}]), form)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*CSL, "family", "date-parts"]), inner)
        ),
    )
)
def test_any_json_is_read(data: object) -> None:
    assert all(isinstance(one, Reference) for one in read_references(json.dumps(data)).entries)


def test_formats_are_seen_from_the_text() -> None:
    assert form_of("\ufeffTY  - JOUR\n") == "ris"
    assert form_of("  @article{a,}") == "bibtex"
    assert form_of(" [{}]") == "csl"
    assert form_of("see 1706.03762 by a@b.org") == "links"
