"""Following authors and saving searches from the pages where one finds them."""

from __future__ import annotations

import pytest

from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.save_search import save_search
from bookwheel.models import Paper
from people import Person

pytestmark = pytest.mark.django_db


def post(person: Person, address: str, **fields: object) -> int:
    headers = {"referer": "http://localhost/following"}
    status: int = person.client.post(address, fields, headers=headers).status_code
    return status


def test_an_author_is_followed_from_a_paper(alice: Person, paper: Paper) -> None:
    html = alice.client.get(f"/abs/{paper.arxiv_id}").text
    button = f'<button name="author" value="0 {paper.arxiv_id}" formaction="/do/follow"'
    assert f"{button}>Marie Curie</button>" in html
    assert post(alice, "/do/follow", author=f"0 {paper.arxiv_id}") == 302
    author = alice.reader.followed_authors.get()
    html = alice.client.get("/following").text
    assert "You follow Marie Curie." in html
    assert '<a href="/search?q=au%3A%22Marie%20Curie%22">Marie Curie</a>' in html
    html = alice.client.get(f"/abs/{paper.arxiv_id}").text
    assert f'name="which" value="{author.pk}" formaction="/do/unfollow" aria-pressed="true"' in html
    assert post(alice, "/do/unfollow", which=author.pk) == 302
    assert alice.reader.followed_authors.count() == 0
    assert post(alice, "/do/undo", change=alice.reader.changes.latest("pk").pk) == 302
    assert str(alice.reader.followed_authors.get()) == "Marie Curie"


def test_a_search_for_an_author_offers_to_follow(alice: Person, library: list[Paper]) -> None:
    family, given, _suffix = library[4].authors[0]
    html = alice.client.get(f'/search?q=au:"{given} {family}"').text
    assert f"follow {given} {family}</button>" in html
    follow_author(alice.reader, family, given)
    html = alice.client.get(f'/search?q=au:"{given} {family}"').text
    assert f"you follow {given} {family}: unfollow</button>" in html
    for text in (f'au:"{given} {family}" graphs', given, f'ti:"{given} {family}"'):
        assert "/do/follow" not in alice.client.get("/search", {"q": text}).text


def test_a_search_is_saved_from_its_results(alice: Person, library: list[Paper]) -> None:
    html = alice.client.get("/search?q=graph  networks").text
    assert 'name="search" value="graph  networks" formaction="/do/save-search"' in html
    assert post(alice, "/do/save-search", search="graph  networks") == 302
    saved = alice.reader.saved_searches.get()
    html = alice.client.get("/search?q=graph networks").text
    assert f'name="which" value="{saved.pk}" formaction="/do/unsave-search"' in html
    html = alice.client.get("/following").text
    assert '<a href="/search?q=graph%20networks&amp;sort=date">graph networks</a>' in html
    assert post(alice, "/do/unsave-search", which=saved.pk) == 302
    assert alice.reader.saved_searches.count() == 0


@pytest.mark.parametrize(
    ("address", "fields", "status"),
    [
        ("/do/follow", {"author": "0 9999.99999"}, 404),
        ("/do/follow", {"author": "7 {paper}"}, 404),
        ("/do/follow", {"author": "x {paper}"}, 400),
        ("/do/follow", {"author": "{paper}"}, 404),
        ("/do/unfollow", {"which": "999999"}, 404),
        ("/do/unsave-search", {"which": "x"}, 400),
        ("/do/save-search", {"search": '"open'}, 400),
        ("/do/save-search", {"search": "1706.03762"}, 400),
        ("/do/read-day", {"day": "x"}, 404),
        ("/do/catch-up", {"since": "2026-05-12"}, 400),
    ],
)
def test_what_no_form_sends_is_refused(
    alice: Person, library: list[Paper], address: str, fields: dict[str, str], status: int
) -> None:
    filled = {name: value.format(paper=library[0].arxiv_id) for name, value in fields.items()}
    assert post(alice, address, **filled) == status
    assert alice.reader.changes.count() == 0


def test_following_is_ones_own(alice: Person, charlie: Person, paper: Paper) -> None:
    follow_author(alice.reader, "Curie", "Marie")
    save_search(alice.reader, "radium")
    html = charlie.client.get("/following").text
    assert "Marie Curie" not in html and "radium" not in html
    author, search = alice.reader.followed_authors.get(), alice.reader.saved_searches.get()
    assert post(charlie, "/do/unfollow", which=author.pk) == 404
    assert post(charlie, "/do/unsave-search", which=search.pk) == 404


def test_what_a_reader_saved_is_escaped(alice: Person, library: list[Paper]) -> None:
    follow_author(alice.reader, "<b>Tables", "Bobby")
    save_search(alice.reader, "<script> graph")
    html = alice.client.get("/following").text
    assert "<b>" not in html and "<script> graph" not in html
    assert "&lt;b&gt;Tables" in html and "&lt;script&gt; graph" in html


def test_where_each_is_told_of(alice: Person, library: list[Paper]) -> None:
    follow_author(alice.reader, "Curie", "Marie")
    save_search(alice.reader, "radium")
    author, search = alice.reader.followed_authors.get(), alice.reader.saved_searches.get()
    fields = {f"author-{author.pk}": "mail", f"search-{search.pk}": "site"}
    assert post(alice, "/do/alerts", **fields) == 302
    author.refresh_from_db()
    search.refresh_from_db()
    assert (author.alert, search.alert) == ("mail", "site")
    assert "no address of yours takes mail yet" in alice.client.get("/following").text
    assert post(alice, "/do/alerts", **{f"author-{author.pk}": "fax"}) == 400


def test_a_paper_under_the_name_is_corrected(alice: Person, library: list[Paper]) -> None:
    paper = library[4]
    assert post(alice, "/do/follow", author=f"0 {paper.arxiv_id}") == 302
    author = alice.reader.followed_authors.get()
    assert author.authorships.get().theirs
    assert post(alice, "/do/correct-author", authorship=f"{author.pk} no {paper.arxiv_id}") == 302
    assert not author.authorships.get().theirs
