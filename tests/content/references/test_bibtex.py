"""BibTeX as it is found: read whole where it is right, saved where it is broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.content.bibtex import bibtex
from bookwheel.content.references.bibtex import read_bibtex
from bookwheel.content.references.read import decoded, read_references
from bookwheel.content.references.reference import Reference
from hostile import HOSTILE, HUGE


@dataclass(frozen=True)
class Cited:
    """A paper with a title of somebody's choice."""

    title: str
    arxiv_id: str = "1706.03762"
    authors: tuple[tuple[str, ...], ...] = (("Vaswani", "Ashish", ""),)
    categories: str = "cs.CL"
    first_date: date = date(2017, 6, 12)
    doi: str = ""
    journal_ref: str = ""


VASWANI = r"""
% a comment
@string{nips = "Advances in Neural Information Processing Systems"}
@inproceedings{vaswani2017attention,
  title     = {Attention Is All You {N}eed},
  author    = {Vaswani, Ashish and Shazeer, Noam and
               {Google Brain} and Erd{\H{o}}s, P{\'a}l and others},
  booktitle = nips # { 30},
  year      = 2017,
  url       = "https://arxiv.org/abs/1706.03762v5",
  keywords  = {transformers, attention; transformers},
}
"""


def one(text: str) -> Reference:
    (entry,) = read_references(text).entries
    return entry


def test_an_entry() -> None:
    entry = one(VASWANI)
    assert entry.title == "Attention Is All You Need"
    assert entry.authors == (
        ("Vaswani", "Ashish"),
        ("Shazeer", "Noam"),
        ("Google Brain", ""),
        ("Erdős", "Pál"),
    )
    assert (entry.year, entry.arxiv_id) == (2017, "1706.03762")
    assert entry.venue == "Advances in Neural Information Processing Systems 30"
    assert entry.tags == ("transformers", "attention")
    assert (entry.kind, entry.key, entry.line) == ("inproceedings", "vaswani2017attention", 4)
    assert entry.source.startswith("@inproceedings{vas") and entry.source.endswith("}")


@pytest.mark.parametrize(
    ("fields", "arxiv_id"),
    [
        ("eprint = {1706.03762}, archivePrefix = {arXiv}", "1706.03762"),
        ("eprint = {math.GT/0309136v2}, eprinttype = {arxiv}", "math/0309136"),
        ("eprint = {12345}, eprinttype = {pubmed}", ""),
        ("journal = {arXiv preprint arXiv:1810.04805}", "1810.04805"),
        ("doi = {10.48550/arXiv.1706.03762}", "1706.03762"),
        ("howpublished = {\\url{http://arxiv.org/pdf/1706.03762.pdf}}", "1706.03762"),
        ("note = {arXiv: hep-th/9901001 [hep-th]}", "hep-th/9901001"),
        (
            "volume = {abs/1706.03762}, journal = {CoRR}, url={https://arxiv.org/abs/1706.03762}",
            "1706.03762",
        ),
        ("note = {arXiv:1799.03762}", ""),
        ("pages = {1706.03762}", ""),
    ],
)
def test_where_the_identifier_stands(fields: str, arxiv_id: str) -> None:
    assert one(f"@misc{{key, title={{A}}, {fields}}}").arxiv_id == arxiv_id


@pytest.mark.parametrize(
    ("field", "doi"),
    [
        ("doi = {10.1103/PhysRevD.77.100}", "10.1103/physrevd.77.100"),
        ("doi = {https://doi.org/10.1000/a\\_b}", "10.1000/a_b"),
        ("url = {https://dx.doi.org/10.1016%2Fj.cell.2020.01.001}", "10.1016/j.cell.2020.01.001"),
        ("note = {see (doi:10.1016/0370-2693(78)90001-1).}", "10.1016/0370-2693(78)90001-1"),
    ],
)
def test_dois(field: str, doi: str) -> None:
    assert one(f"@article{{key, title={{A}}, {field}}}").doi == doi


def test_an_entry_that_is_not_closed_loses_nothing_of_the_next() -> None:
    text = """@article{a, title = {One {unbalanced}, year = {2001},
      author = {Curie, Marie}

@article{b, title = {Two}, year = {2002}}
@article{c, title = "Three", year = 2003
@article{d,
  title = {Four {and a half},
  year = {2004}
}
@article{e, title = {Five}, year = {2005}}"""
    found = read_bibtex(text)
    assert [(entry.key, entry.year) for entry in found.entries] == [
        ("a", 2001),
        ("b", 2002),
        ("c", 2003),
        ("d", 2004),
        ("e", 2005),
    ]
    assert [entry.title for entry in found.entries] == [
        "One unbalanced",
        "Two",
        "Three",
        "Four and a half",
        "Five",
    ]
    assert [problem.line for problem in found.problems] == [1, 5, 6]


def test_several_entries_on_a_line_and_equal_keys() -> None:
    text = "@misc{a,title={One}}@misc{a,title={Two}} @misc(a, title={Three}) @misc{,title={Four}}"
    assert [entry.title for entry in read_bibtex(text).entries] == ["One", "Two", "Three", "Four"]


def test_comments_and_what_says_nothing() -> None:
    found = read_bibtex(
        "@comment{jabref-meta: databaseType:bibtex;}\n@preamble{ {\\def\\x{}} }\n"
        "@misc{empty, year=2001}\nplain text, a@b.org\n@misc{a, title={One}}"
    )
    assert [entry.title for entry in found.entries] == ["One"]
    assert [(each.line, each.reason) for each in found.problems] == [
        (3, "no title, arXiv identifier or DOI (empty)")
    ]


def test_latin_1_is_read() -> None:
    data = "@misc{a, title={Über Größe}, author={Müller, Jörg}}".encode("latin-1")
    assert one(decoded(data)).title == "Über Größe"
    assert one(decoded("\ufeff@misc{a, title={Ü}}".encode())).title == "Ü"
    assert one(decoded("@misc{a, title={Ü}}".encode("utf-16"))).title == "Ü"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_we_write_of_hostile_papers_can_be_read(text: str) -> None:
    entry = one(bibtex(Cited(f"Title {text}")))
    assert entry.arxiv_id == "1706.03762"
    assert entry.authors == (("Vaswani", "Ashish"),)


@pytest.mark.parametrize("text", HUGE)
def test_huge_texts_take_no_long(text: str) -> None:
    read_references(text)
    read_bibtex(f"@misc{{a, title={{{text}}}, author={{{text}}}, note={{{text}}}}}")
    read_bibtex("@misc{a, title={" + text)


def test_thousands_of_broken_entries() -> None:
    text = "\n".join(f"@misc{{k{n}, title={{Paper {{{n}}}, year={{2001}}" for n in range(20_000))
    assert len(read_bibtex(text).entries) == 20_000
    on_a_line = "@misc{k, title={A {b}, year=2001 " * 5_000
    assert read_bibtex(on_a_line).entries


@given(st.text(alphabet='@{}(),=#"\\ \nabtitle1 and', max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for entry in read_references(text).entries:
        assert entry.title or entry.arxiv_id or entry.doi
