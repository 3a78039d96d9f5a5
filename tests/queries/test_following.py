from __future__ import annotations

from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.save_search import save_search
from bookwheel.models import Paper
from bookwheel.queries.announced import contents
from bookwheel.queries.engine import engine
from bookwheel.queries.following import authors_of, followed, matching, searches_of
from feeds import fullest, of
from people import Person


def test_words_of_a_search_must_all_be_there(library: list[Paper]) -> None:
    day = fullest(library)
    opened, found = engine(), contents(engine(), fullest(library))

    def papers(text: str) -> set[int]:
        return set(matching(opened, text, found).tolist())

    texts = {paper.pk: f"{paper.title} {paper.abstract}".lower() for paper in of(library, day)}
    both = {pk for pk, text in texts.items() if "retrieval" in text and "legal" in text}
    assert papers("retrieval legal") == both
    assert len(both) < len(papers("retrieval"))
    assert papers("retrieval OR legal") >= both
    assert papers("retrieval -legal") == papers("retrieval") - papers("legal")
    assert papers("cat:cs.CL") == {p.pk for p in of(library, day) if "cs.CL" in p.categories}
    assert papers("date:2025") == set()
    assert papers('"open') == set()


def test_each_paper_knows_what_brought_it(alice: Person, bob: Person, library: list[Paper]) -> None:
    opened, day = engine(), fullest(library)
    found, paper = contents(engine(), day), of(library, day)[9]
    for family, given, _suffix in paper.authors[:2]:
        follow_author(alice.reader, family, given)
    follow_author(alice.reader, "Xyzzyqwerty", "A.")
    save_search(alice.reader, "cat:cs")
    save_search(alice.reader, f"id:{paper.arxiv_id} OR xyzzy")
    brought = followed(opened, alice.reader, found)
    assert brought.wanted
    assert len(brought.authors[paper.pk]) == 2
    assert [str(search) for search in brought.searches[paper.pk]] == [
        f"id:{paper.arxiv_id} OR xyzzy",
        "cat:cs",
    ]
    nothing = followed(opened, bob.reader, found)
    assert (nothing.wanted, nothing.authors, nothing.searches) == (False, {}, {})


def test_authors_by_name_and_searches_by_age(alice: Person) -> None:
    for family, given in (("noether", "Emmy"), ("Curie", "Marie"), ("Curie", "Irène")):
        follow_author(alice.reader, family, given)
    assert [str(one) for one in authors_of(alice.reader)] == [
        "Irène Curie",
        "Marie Curie",
        "Emmy noether",
    ]
    for text in ("one", "two"):
        save_search(alice.reader, text)
    assert [str(one) for one in searches_of(alice.reader)] == ["two", "one"]
