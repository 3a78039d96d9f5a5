from __future__ import annotations

import re
from pathlib import Path

import pytest

from bookwheel.actions.keep_document import keep_document
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.models import FullText, Paper
from documents import document
from figured import figured, keep_figured, plot
from people import Configure, Person

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _shelf(own_shelf: Path) -> None:
    """Nothing is left of other tests."""


@pytest.fixture
def kept(paper: Paper) -> Paper:
    keep_figured(paper)
    return paper


def labels(page: str) -> list[str]:
    """The labels of the figures on a page, with the papers that they lead to."""
    return re.findall(r'<p class="caption" lang="en"><strong>([^<]*)', page)


def found(person: Person, query: str) -> list[str]:
    answer = person.client.get("/figures", {"q": query})
    assert answer.status_code == 200
    return labels(answer.text)


def test_figures_are_found_by_their_captions(alice: Person, kept: Paper) -> None:
    assert found(alice, "fig: confusion matrix") == ["Figure 1"]
    assert found(alice, "confusion matrices") == ["Figure 1"]
    assert found(alice, "fig: kind:diagram architecture") == ["Figure 2"]
    assert found(alice, 'fig: "our network"') == ["Figure 2"]
    assert found(alice, 'fig: "network our"') == []
    assert found(alice, "fig: architecture -network") == []
    assert found(alice, "fig: zebra") == []
    assert len(found(alice, "")) == 4
    page = alice.client.get("/figures?q=fig:+confusion").text
    assert f'href="/abs/{kept.arxiv_id}/v1/figure/g1"' in page
    assert 'width="256" height="192" loading="lazy"' in page


def test_papers_and_tags_narrow(alice: Person, charlie: Person, library: list[Paper]) -> None:
    one, two = library[-1], library[-2]
    keep_figured(one)
    keep_figured(two)
    tag_paper(alice.reader, two, "vision")
    family = two.authors[0][0]
    assert len(found(alice, "fig: confusion")) == 2
    assert len(found(alice, f"fig: confusion id:{one.arxiv_id}")) == 1
    assert len(found(alice, f"confusion fig: cat:{two.primary}")) >= 1
    assert len(found(alice, "fig: confusion date:1995")) == 0
    assert len(found(alice, "fig: confusion tag:vision")) == 1
    assert len(found(alice, f'fig: confusion tag:"vision" au:"{family}"')) == 1
    refused = charlie.client.get("/figures", {"q": "fig: confusion tag:vision"})
    assert refused.status_code == 400
    assert "You have no tag" in refused.text


@pytest.mark.parametrize("query", ["fig: kind:poem", "fig: (graph", "fig: colour:red"])
def test_what_cannot_be_understood_is_said(alice: Person, query: str) -> None:
    answer = alice.client.get("/figures", {"q": query})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert alice.client.get("/figures", {"q": query}, headers=SCRIPT).status_code == 200


def test_the_search_for_papers_leads_here(alice: Person, kept: Paper) -> None:
    answer = alice.client.get("/search?q=fig:+confusion")
    assert answer["Location"] == "/figures?q=fig%3A+confusion"
    live = alice.client.get("/search?q=fig:+confusion", headers=SCRIPT).text
    assert labels(live) == ["Figure 1"]
    assert "<html" not in live


def test_figures_like_one_say_why(alice: Person, kept: Paper, library: list[Paper]) -> None:
    alike, other = library[-1], library[-2]
    keep_figured(alike, colour="#d62728")
    keep_document(other, 1, document(), {})
    page = alice.client.get(f"/abs/{kept.arxiv_id}/v1/figure/g1").text
    likes = page[page.index('id="like"') :]
    first = likes[: likes.index("</li>")]
    assert f'href="/abs/{alike.arxiv_id}/v1/figure/g1"' in first
    assert re.search(r"looks alike: (9\d|100) % · both say confusion, matrix, classes", first)
    assert f"/abs/{kept.arxiv_id}/v1/figure/g1" not in likes


def test_a_figure_is_described(alice: Person, kept: Paper) -> None:
    page = alice.client.get(f"/abs/{kept.arxiv_id}/v1/figure/g1").text
    assert 'fill="#1f77b4"' in page
    assert "plot · 400 × 300 pixels" in page


def test_a_figure_says_where_it_is_spoken_of(alice: Person, paper: Paper) -> None:
    made = document()
    keep_document(paper, 1, made, {"dish.png": plot()})
    page = alice.client.get(f"/abs/{paper.arxiv_id}/v1/figure/f1").text
    assert "See Figure 1 and a note 1." in page
    assert f"/abs/{paper.arxiv_id}/read?v=1&amp;at=s1.p1:" in page
    assert alice.client.get(f"/abs/{paper.arxiv_id}/v1/figure/t1").status_code == 404
    assert alice.client.get(f"/abs/{paper.arxiv_id}/v2/figure/f1").status_code == 404


def test_what_may_not_be_shown_is_not_found(
    alice: Person, kept: Paper, library: list[Paper], configure: Configure
) -> None:
    open_paper = library[-1]
    open_paper.license = "http://creativecommons.org/licenses/by/4.0/"
    open_paper.save()
    keep_figured(open_paper)
    assert len(found(alice, "fig: confusion")) == 2
    configure(serve_full_text="open")
    assert len(found(alice, "fig: confusion")) == 1
    assert len(found(alice, "")) == 4
    page = alice.client.get(f"/abs/{open_paper.arxiv_id}/v1/figure/g1").text
    assert f"/abs/{kept.arxiv_id}/" not in page
    assert alice.client.get(f"/abs/{kept.arxiv_id}/v1/figure/g1").status_code == 404


def test_only_the_newest_version_counts(alice: Person, kept: Paper) -> None:
    keep_document(kept, 2, figured(), {"plot.png": plot()})
    assert len(found(alice, "fig: confusion")) == 1
    assert FullText.objects.filter(paper=kept).count() == 2
