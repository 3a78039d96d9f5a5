"""The page of one paper, its BibTeX, its words and the sum behind its rank."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bookwheel.actions.tag_paper import tag_paper
from bookwheel.models import Paper
from bookwheel.web.coins import coins
from people import Person, make_paper

pytestmark = pytest.mark.django_db


def test_everything_known_is_there(alice: Person) -> None:
    make_paper(
        "2501.00001",
        title=r"On $O(n^2)$ \emph{graphs}",
        authors=[["Erd\\H{o}s", "Paul", ""], ["R\\'enyi", "Alfr\\'ed", "Jr."]],
        comments="12 pages, code at https://example.org/code",
        journal_ref="J. Graphs 1 (2025)",
        doi="10.1000/xyz",
        report_no="TR-1",
        license="http://creativecommons.org/licenses/by/4.0/",
        versions=[[1, "2025-01-02T03:04:05+00:00"], [2, "2025-02-02T03:04:05+00:00"]],
        categories="math.CO cs.DM",
    )
    html = alice.client.get("/abs/2501.00001").text
    assert '<h1 lang="en">On <span class="math">O(n^2)</span> <em>graphs</em></h1>' in html
    assert "<title>On O(n²) graphs · Bookwheel</title>" in html
    assert '<a href="/search?q=au%3A%22Paul%20Erd%C5%91s%22">Paul Erdős</a>,' in html
    assert ">Alfréd Rényi Jr.</a>" in html
    assert '<a href="https://example.org/code"' in html
    assert '<a href="https://doi.org/10.1000/xyz">10.1000/xyz</a>' in html
    assert '<a href="https://arxiv.org/abs/2501.00001v2">v2</a> (2 Feb 2025)' in html
    assert "(Combinatorics)" in html
    assert "creativecommons.org/licenses/by/4.0</a>" in html
    assert "TR-1" in html
    assert '<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;' in html


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("2501.00001v2", "2501.00001"),
        ("arXiv:2501.00001", "2501.00001"),
        ("math.GT/0309136v1", "math/0309136"),
    ],
)
def test_versions_and_old_names_lead_to_the_paper(alice: Person, asked: str, there: str) -> None:
    assert alice.client.get(f"/abs/{asked}")["Location"] == f"/abs/{there}"


def test_old_identifiers_have_pages(alice: Person, library: list[Paper]) -> None:
    make_paper("math/0309136")
    for address in ("/abs/math/0309136", "/bib/math/0309136", "/similar/math/0309136"):
        assert alice.client.get(address).status_code == 200
    attached = alice.client.get("/bib/math/0309136")["Content-Disposition"]
    assert attached == 'attachment; filename="math-0309136.bib"'


def test_a_paper_that_is_not_here_may_be_on_arxiv(alice: Person) -> None:
    answer = alice.client.get("/abs/2501.99999")
    assert answer.status_code == 404
    assert 'href="https://arxiv.org/abs/2501.99999"' in answer.text


def test_what_is_no_identifier_is_not_found(alice: Person) -> None:
    assert alice.client.get("/abs/nonsense").status_code == 404


def test_long_lists_of_authors_are_folded(alice: Person, library: list[Paper]) -> None:
    authors = [[f"Family{number}", "G.", ""] for number in range(200)]
    paper = library[0]
    Paper.objects.filter(pk=paper.pk).update(authors=authors, changed=9)
    html = alice.client.get(f"/abs/{paper.arxiv_id}").text
    assert "and 160 more authors" in html
    assert html.count("/search?q=au") == 200
    card = alice.client.get(f"/search?q=id:{paper.arxiv_id}+OR+zzz").text
    names = re.findall(r">G\. (Family\d+)</a>", card)
    assert names == [*(f"Family{number}" for number in range(7)), "Family199"]
    assert ">+192</a>" in card


def test_bibtex(alice: Person, paper: Paper) -> None:
    answer = alice.client.get(f"/bib/{paper.arxiv_id}")
    assert answer["Content-Type"] == "text/x-bibtex; charset=utf-8"
    assert answer.text.startswith("@")
    assert paper.arxiv_id in answer.text


def test_similar_papers_are_on_the_page(alice: Person, library: list[Paper]) -> None:
    html = alice.client.get(f"/abs/{library[0].arxiv_id}").text
    assert html.count('<ol class="brief">') == 1
    assert f'href="/similar/{library[0].arxiv_id}?days=90"' in html


def test_a_papers_own_words(alice: Person, library: list[Paper]) -> None:
    html = alice.client.get(f"/abs/{library[0].arxiv_id}/words").text
    assert html.count('<th scope="row">') > 5


def test_the_whole_sum_with_script_and_without(alice: Person, library: list[Paper]) -> None:
    tag_paper(alice.reader, library[0], "mine")
    address = f"/abs/{library[1].arxiv_id}/why?tag=mine"
    page = alice.client.get(address).text
    piece = alice.client.get(address, headers={"HX-Request": "true"}).text
    assert "<html" in page
    assert "<html" not in piece
    for html in (page, piece):
        assert "The sum · mine" in html
        assert re.search(r'<b class="(for-[1-4]|against)">', html)
    numbers = [float(text.replace("−", "-")) for text in re.findall(r">([+−][\d.]+)</td>", piece)]
    assert numbers[-1] == pytest.approx(sum(numbers[:-1]), abs=0.15)


def test_why_needs_something_liked(alice: Person, library: list[Paper]) -> None:
    answer = alice.client.get(f"/abs/{library[0].arxiv_id}/why")
    assert answer.status_code == 404
    assert "Like or tag a paper first" in answer.text


def test_coins_escape_what_they_carry() -> None:
    paper = Paper(
        arxiv_id="2501.00001",
        title="A & B = C",
        categories="cs.LG",
        authors=[["O'Neil & Co", "Ann", ""], ["Zürich", "", ""]],
        doi="10.1/a 10.1/b",
        first_date=date(2025, 1, 2),
    )
    made = coins(paper)
    assert "rft.atitle=A+%26+B+%3D+C" in made
    assert "rft.au=Ann+O%27Neil+%26+Co&rft.au=Z%C3%BCrich" in made
    assert made.endswith("rft_id=info%3Adoi%2F10.1%2Fa")
