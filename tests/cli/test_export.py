from __future__ import annotations

import json

from click.testing import CliRunner, Result

from bookwheel.cli import main
from bookwheel.models import Paper
from people import make_paper


def export(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


def test_json_holds_all_that_is_known(db: None) -> None:
    paper = make_paper(
        "1706.03762",
        title="Attention $\\alpha$ & more",
        authors=[["Vaswani", "Ashish", ""], ["Gomez", "Aidan N.", "Jr"]],
        versions=[[1, "2017-06-12T17:57:34+00:00"], [2, "2017-06-19T16:49:45+00:00"]],
        doi="10.1/x",
    )
    shown = export("--papers", "arXiv:1706.03762v2", "--format", "json")
    assert shown.exit_code == 0, shown.output
    assert json.loads(shown.stdout) == {
        "papers": [
            {
                "id": "1706.03762",
                "title": paper.title,
                "abstract": paper.abstract,
                "authors": [
                    {"family": "Vaswani", "given": "Ashish", "suffix": ""},
                    {"family": "Gomez", "given": "Aidan N.", "suffix": "Jr"},
                ],
                "categories": ["cs.LG", "cs.CL"],
                "comments": "",
                "journal_ref": "",
                "doi": "10.1/x",
                "report_no": "",
                "license": "",
                "submitter": "",
                "versions": [
                    {"version": 1, "created": "2017-06-12T17:57:34+00:00"},
                    {"version": 2, "created": "2017-06-19T16:49:45+00:00"},
                ],
                "first_date": "2025-01-02",
                "last_date": "2025-01-02",
                "announced": None,
            }
        ]
    }


def test_papers_come_in_the_order_asked_for_however_they_are_named(library: list[Paper]) -> None:
    three = [library[place].arxiv_id for place in (5, 1, 3)]
    asked = [
        export(*three),
        export("--json", *three),
        export("--papers", three[0], "--papers", three[1], three[2]),
    ]
    for shown in asked:
        assert [each["id"] for each in json.loads(shown.stdout)["papers"]] == three


def test_bibtex_has_an_entry_for_each(library: list[Paper]) -> None:
    shown = export("--format", "bibtex", *(paper.arxiv_id for paper in library[:3]))
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.count("\n@") + shown.stdout.startswith("@") == 3
    for paper in library[:3]:
        assert paper.arxiv_id in shown.stdout


def test_what_is_not_held_or_not_named_is_an_error(library: list[Paper]) -> None:
    assert "Not held here: 2512.99999." in export(library[0].arxiv_id, "2512.99999").stderr
    assert export("2512.99999").exit_code == 1
    assert export("graph").exit_code == 1
    assert "Traceback" not in export("graph").stderr
    assert export().exit_code == 2
    assert "Name at least one paper" in export().stderr
