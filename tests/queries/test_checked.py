"""References against the papers here: right, wrong in something, another's, not held."""

from __future__ import annotations

import pytest

from bookwheel.content.mended import mended
from bookwheel.content.plain import to_text
from bookwheel.content.references.listed import read_bibliography
from bookwheel.models import Paper
from bookwheel.queries.checked import Checked, Note, Verdict, check


@pytest.fixture
def cited(library: list[Paper]) -> Paper:
    """A paper with a long title of plain words and some authors."""
    return next(
        paper
        for paper in library
        if 3 <= len(paper.authors) <= 6
        and 6 <= len(paper.title.split()) <= 12
        and to_text(paper.title) == paper.title
        and paper.title.isascii()
    )


def one(text: str) -> Checked:
    (found,) = check(read_bibliography(text).entries)
    return found


def bib(paper: Paper, **changed: str) -> str:
    names = " and ".join(f"{family}, {given}" for family, given, _ in paper.authors)
    fields = {"title": paper.title, "author": names, "year": str(paper.first_date.year)}
    told = ", ".join(f"{name} = {{{value}}}" for name, value in (fields | changed).items() if value)
    return f"@article{{mine, {told}}}"


def test_what_is_right_is_right(cited: Paper) -> None:
    for changed in ({}, {"eprint": cited.arxiv_id}, {"title": cited.title.upper()}):
        found = one(bib(cited, **changed))
        assert (found.verdict, found.paper) == (Verdict.RIGHT, cited), changed


def test_a_list_may_end_in_others(cited: Paper) -> None:
    family, given, _ = cited.authors[0]
    assert one(bib(cited, author=f"{family}, {given} and others")).verdict is Verdict.RIGHT
    assert [each.field for each in one(bib(cited, author=f"{family}, {given}")).differences] == [
        "authors"
    ]


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("year", "year", "1987"),
        ("title", "title", "{} revisited"),
        ("arxiv", "eprint", "0704.0001"),
    ],
)
def test_what_is_wrong_is_named_and_mended(cited: Paper, field: str, name: str, value: str) -> None:
    found = one(bib(cited, **{name: value.format(cited.title)}))
    assert (found.verdict, found.paper) == (Verdict.DIFFERS, cited)
    assert [each.field for each in found.differences] == [field]
    again = one(mended(found.entry, found.paper, {field}))
    assert (again.verdict, again.entry.key) == (Verdict.RIGHT, "mine")


def test_a_wrong_author_is_named(cited: Paper) -> None:
    names = [f"{family}, {given}" for family, given, _ in cited.authors]
    found = one(bib(cited, author=" and ".join(["Nobody, Nemo", *names[1:]])))
    assert [(each.field, each.said) for each in found.differences] == [("authors", "Nemo Nobody")]


def test_an_identifier_of_another_paper(cited: Paper, library: list[Paper]) -> None:
    other = next(paper for paper in library if paper != cited)
    found = one(bib(cited, eprint=other.arxiv_id))
    assert (found.verdict, found.paper, found.meant) == (Verdict.OTHER, other, cited)
    made_up = one(bib(cited, title="The cooking of radium at home", eprint=other.arxiv_id))
    assert (made_up.verdict, made_up.meant) == (Verdict.OTHER, None)


def test_of_what_is_not_here_nothing_is_said(cited: Paper) -> None:
    found = one(bib(cited, title="The cooking of radium at home"))
    assert (found.verdict, found.paper, found.differences) == (Verdict.UNKNOWN, None, ())
    assert mended(found.entry, None) == found.entry.source.strip()


def test_a_printed_reference(cited: Paper, library: list[Paper]) -> None:
    family = cited.authors[0][0]
    told = f"[1] A. {family} and others. {cited.title}. In Proc. of something, pages 1-9, 2001."
    assert one(told).paper == cited
    other = next(paper for paper in library if paper != cited)
    assert one(f"[1] Nobody. A made up paper. arXiv:{other.arxiv_id}").verdict is Verdict.OTHER


def test_what_else_is_worth_knowing(cited: Paper) -> None:
    Paper.objects.filter(pk=cited.pk).update(
        versions=[[1, "2026-05-01T00:00:00+00:00"], [2, "2026-06-01T00:00:00+00:00"]],
        journal_ref="Annals of Papers 1 (2026)",
        withdrawn=True,
    )
    found = one(bib(cited, eprint=f"{cited.arxiv_id}v1"))
    assert set(found.notes) == {Note.NEWER, Note.PUBLISHED, Note.WITHDRAWN}
    assert Note.NEWER not in one(bib(cited, eprint=f"{cited.arxiv_id}v2")).notes
    assert Note.PUBLISHED not in one(bib(cited, journal="Annals of Papers")).notes


def test_without_an_index_identifiers_still_count(paper: Paper) -> None:
    assert one(f"@misc{{a, eprint={{{paper.arxiv_id}}}, title={{{paper.title}}}}}").paper == paper
