from __future__ import annotations

import re

import pytest

from bookwheel.actions.place_awaited import place_awaited
from bookwheel.models import AwaitedPaper, Change, Paper, Tag
from bookwheel.queries.steering import steering_of
from people import Person, make_paper


def begin(person: Person, **fields: object) -> str:
    response = person.client.post("/do/begin", fields, follow=True)
    assert response.status_code == 200
    html: str = response.text
    return html


def under(tag: Tag) -> set[str]:
    return set(tag.taggings.values_list("paper__arxiv_id", flat=True))


def test_pasted_papers_go_under_the_tag_and_the_rest_is_reported(
    alice: Person, library: list[Paper]
) -> None:
    one, two, three = library[:3]
    html = begin(
        alice,
        name="mine",
        papers=f"https://arxiv.org/abs/{one.arxiv_id}v1 and arXiv:{two.arxiv_id}\n"
        "2107.77777\nnot a paper at all\n"
        f"@article{{x, title = {{{three.title}}}, year = 2025}}\n"
        "@article{y, title = {A paper that nobody wrote}}\n",
    )
    tag = Tag.objects.get(name="mine")
    assert under(tag) == {one.arxiv_id, two.arxiv_id, three.arxiv_id}
    assert list(tag.awaited.values_list("arxiv_id", flat=True)) == ["2107.77777"]
    assert "2107.77777" in html
    assert "not a paper at all" in html
    assert "A paper that nobody wrote" in html


def test_a_paper_that_is_not_here_goes_under_the_tag_when_it_comes(
    alice: Person, library: list[Paper]
) -> None:
    html = begin(alice, name="mine", papers="2107.00017")
    assert "Not here yet" in html and "2107.00017" in html
    assert place_awaited() == 0
    paper = make_paper("2107.00017", changed=2_000_000)
    version = alice.reader.taste_version
    assert place_awaited() == 1
    assert under(Tag.objects.get(name="mine")) == {paper.arxiv_id}
    assert not AwaitedPaper.objects.exists()
    alice.reader.refresh_from_db()
    assert alice.reader.taste_version > version


def test_undo_takes_the_whole_beginning_back(alice: Person, library: list[Paper]) -> None:
    begin(alice, name="mine", papers=f"{library[0].arxiv_id} 2107.00017")
    alice.client.post("/do/undo", {"change": Change.objects.get().pk})
    assert not Tag.objects.exists()
    assert not AwaitedPaper.objects.exists()


def test_a_sentence_is_enough(alice: Person, library: list[Paper]) -> None:
    html = begin(alice, sentence="interested in speech recognition but not music")
    tag = Tag.objects.get()
    assert steering_of(tag)[0].sentence == "interested in speech recognition but not music"
    assert "What it finds so far" in html
    assert "speech" in alice.client.get(f"/tag/{tag.name}").text.lower()


def test_without_anything_it_says_what_is_missing(alice: Person, library: list[Paper]) -> None:
    response = alice.client.post("/do/begin", {"papers": "nothing"})
    assert response.status_code == 400
    assert "Name the interest" in response.text
    assert not Tag.objects.exists()


def test_papers_of_an_author_are_offered_and_only_the_ticked_are_taken(
    alice: Person, library: list[Paper]
) -> None:
    paper = library[5]
    family, given = paper.authors[0][:2]
    html = alice.client.get("/begin", {"author": f"{given} {family}"}).text
    assert f'value="{paper.arxiv_id}"' in html
    begin(alice, name="own", paper=[paper.arxiv_id])
    assert under(Tag.objects.get()) == {paper.arxiv_id}
    assert "No paper here is by" in alice.client.get("/begin?author=Nobody+Xyzzy").text
    assert alice.client.get("/begin?author=,,,").status_code == 200


@pytest.mark.parametrize("choice", ["this", "that", "both", "neither"])
def test_cards_are_chosen_one_after_the_other(
    alice: Person, library: list[Paper], choice: str
) -> None:
    html = begin(alice, name="cards")
    tag = Tag.objects.get()
    sides = cards(html)
    response = alice.client.post(
        "/do/choose",
        {"which": tag.pk, "this": sides[0], "that": sides[1], "choice": choice},
        follow=True,
    )
    one, other = (Paper.objects.get(arxiv_id=each).pk for each in sides)
    expected = {
        "this": ((one, other),),
        "that": ((other, one),),
        "both": ((one, 0), (other, 0)),
        "neither": ((0, one), (0, other)),
    }
    assert steering_of(tag)[0].choices == expected[choice]
    assert not set(cards(response.text)) & set(sides)


def test_other_cards_can_be_asked_for(alice: Person, library: list[Paper]) -> None:
    first = cards(begin(alice, name="cards"))
    other = cards(alice.client.get("/tag/cards/begin?page=2").text)
    assert other and not set(first) & set(other)
    assert cards(alice.client.get("/tag/cards/begin?page=99999").text) == []


def cards(html: str) -> list[str]:
    return re.findall(r'name="th(?:is|at)" value="([^"]+)"', html)


def test_an_empty_tag_can_be_ranked_by_its_name(alice: Person, library: list[Paper]) -> None:
    tag = alice.reader.tags.create(name="speech recognition")
    html = alice.client.get("/tag/speech recognition").text
    assert "Rank by its name for now" in html
    assert f'name="sentence" value="{tag.name}"' in html
    begin(alice, name=tag.name, sentence=tag.name)
    assert 'class="card"' in alice.client.get("/tag/speech recognition").text


def test_a_new_reader_is_shown_the_way(alice: Person, library: list[Paper]) -> None:
    assert 'href="/begin"' in alice.client.get("/").text
