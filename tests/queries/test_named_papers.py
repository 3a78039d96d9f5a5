"""Which papers here the entries of a list of references mean."""

from __future__ import annotations

import pytest

from bookwheel.actions.keep_document import keep_document
from bookwheel.core.document import Document, Reference, Source
from bookwheel.models import Paper
from bookwheel.queries.cited import papers_cited, papers_citing
from bookwheel.queries.named_papers import named_papers


@pytest.fixture
def meant(library: list[Paper]) -> Paper:
    return next(
        paper
        for paper in library
        if len(paper.title.split()) > 5 and "$" not in paper.title and len(paper.authors) > 1
    )


def _meant(text: str) -> list[str]:
    found = named_papers([Reference("b1", text)])
    return [paper.arxiv_id for paper in found.values()]


def test_a_title_with_one_of_its_authors_is_found(meant: Paper) -> None:
    family, year = meant.authors[1][0], meant.first_date.year
    assert _meant(f"A. Other and B. {family}. {meant.title}. J. Stars, {year}.") == [meant.arxiv_id]
    assert _meant(f"{family}, B. ({year}). “{meant.title.upper()},” in Proc. of Stars.") == [
        meant.arxiv_id
    ]


def test_what_speaks_against_it_is_heard(meant: Paper) -> None:
    family, year = meant.authors[0][0], meant.first_date.year
    assert _meant(f"A. Nobody. {meant.title}. {year}.") == []
    assert _meant(f"B. {family}. {meant.title}. 1955.") == []
    assert _meant(f"B. {family}. Beyond {meant.title}. {year}.") == []
    assert _meant(f"B. {family}. {meant.title} and more of it. {year}.") == []
    assert _meant(f"B. {family}. {meant.title}. arXiv:9901.00001.") == [meant.arxiv_id]


def test_identifiers_come_first(library: list[Paper], meant: Paper) -> None:
    other = next(paper for paper in library if paper.pk != meant.pk)
    text = f"B. {meant.authors[0][0]}. {meant.title}. {meant.first_date.year}."
    found = named_papers([Reference("b1", text, arxiv_ids=(other.arxiv_id,))])
    assert found["b1"] == other
    assert named_papers([Reference("b1", text, arxiv_ids=("9901.00001",))]) == {}


def test_a_kept_text_cites_what_it_means(library: list[Paper], meant: Paper) -> None:
    citing = next(paper for paper in library if paper.pk != meant.pk)
    listed = f"B. {meant.authors[0][0]}. {meant.title}. {meant.first_date.year}."
    made = Document(Source.TEX, citing.title, references=(Reference("b1", listed),))
    text = keep_document(citing, 1, made, {})
    assert papers_cited(text) == {"b1": meant}
    assert citing in papers_citing(meant)
