from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bookwheel.cli import main
from bookwheel.models import Paper
from bookwheel.queries.documents import document_of

pytestmark = pytest.mark.usefixtures("library")


def asked(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["ask", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_quotation_stands_where_it_says() -> None:
    made = json.loads(asked("What do the papers say about neural networks?", "--json"))
    assert made["found"]
    for quote in made["quotes"]:
        assert quote["source"][quote["start"] : quote["end"]] == quote["text"]
        held = document_of(Paper.objects.get(arxiv_id=quote["paper"]))
        texts = {block.id: block.text for _, block in held.blocks()}
        assert texts[quote["block"]] == quote["source"]
    numbers = {quote["n"] for quote in made["quotes"]}
    cited = {n for sentence in made["sentences"] for n in sentence["citations"]}
    assert cited <= numbers


def test_people_see_quotations_with_their_papers() -> None:
    shown = asked("What do the papers say about neural networks?")
    assert "“" in shown
    assert "[1] " in shown
    assert "Searched 313 papers" in shown


def test_one_paper_can_be_asked() -> None:
    paper = Paper.objects.first()
    assert paper
    made = json.loads(asked("What is this paper about?", "--paper", paper.arxiv_id, "--json"))
    assert {quote["paper"] for quote in made["quotes"]} == {paper.arxiv_id}


@pytest.mark.parametrize(
    "arguments",
    [[], ["x", "--all", "--library"], ["x", "--paper", "9999.99999"], ["x", "--model", "none"]],
)
def test_what_cannot_be_asked_says_why(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["ask", *arguments])
    assert result.exit_code in (1, 2)
    assert "Error" in result.stderr
    assert "Traceback" not in result.output
