"""Which papers under one name are one person's."""

from __future__ import annotations

from bookwheel.core.same_person import APART, LIKELY, LINKED, UNLIKELY, Signed, standings


def signed(paper: int, others: str, *categories: str) -> Signed:
    return Signed(paper, frozenset(others.split()), categories or ("cs.CV",))


MANY = [signed(number, f"x{number}", "math.AG") for number in range(100, 110)]


def test_nothing_said_takes_all_for_theirs() -> None:
    assert set(standings(MANY, {}).values()) == {LIKELY}
    assert standings(MANY, {100: False})[100] == APART


def test_coauthors_link_papers_step_by_step() -> None:
    papers = [
        signed(1, "ann bob"),
        signed(2, "bob eve", "cs.CV", "cs.LG"),
        signed(3, "eve", "cs.LG"),
        signed(4, "eve", "math.AG"),  # one coauthor and no category in common
        signed(5, "ann bob", "math.AG"),  # two coauthors are enough
        *MANY,
    ]
    found = standings(papers, {1: True})
    assert [found[number] for number in (1, 2, 3)] == [LINKED] * 3
    assert found[5] == LINKED
    assert found[100] == LIKELY  # math.AG is a field of theirs now, by paper 5
    assert standings([one for one in papers if one.paper != 5], {1: True})[100] == UNLIKELY


def test_what_was_said_of_the_nearest_paper_holds() -> None:
    chain = [
        signed(number, f"p{number} p{number + 1} q{number} q{number + 1}") for number in range(6)
    ]
    found = standings(chain, {0: True, 5: False})
    assert [found[number] for number in range(6)] == [LINKED] * 3 + [APART] * 3


def test_a_collaboration_links_nobody() -> None:
    crowd = " ".join(f"c{number}" for number in range(60))
    papers = [signed(1, crowd, "hep-ex"), signed(2, crowd, "astro-ph"), *MANY]
    assert standings(papers, {1: True})[2] == UNLIKELY


def test_of_a_rare_name_there_is_one_person() -> None:
    papers = [signed(1, "ann"), signed(2, "bob", "math.AG")]
    assert standings(papers, {1: True}) == {1: LINKED, 2: LIKELY}
