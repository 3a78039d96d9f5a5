from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bookwheel.bench import generated, support
from bookwheel.bench.asked import One
from bookwheel.bench.evidence import Collection
from bookwheel.bench.whole import Claim, f1
from bookwheel.cli.bench_answers import command
from shelves import Scripted

SUBJECTS = ("sparse attention", "graphene growth", "dark matter", "protein folding", "tall towers")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty small abstracts, and a claim for each second one."""
    made = tmp_path_factory.mktemp("scifact")
    corpus, claims = list[str](), list[str]()
    for number in range(30):
        subject = f"{SUBJECTS[number % 5]} in case {number}"
        abstract = [
            f"We studied {subject} for years.",
            "Twelve groups were enrolled and followed.",
            f"We found that {subject} increases the yield of the process.",
        ]
        record = {"doc_id": number, "title": subject.title(), "abstract": abstract}
        corpus.append(json.dumps(record))
        marks = {str(number): [{"sentences": [2], "label": "SUPPORT" if number % 4 else "REFUTE"}]}
        claim = {"id": number, "claim": f"{subject} increases yield.", "cited_doc_ids": [number]}
        claims.append(json.dumps({**claim, "evidence": marks if number % 3 else {}}))
    (made / "corpus.jsonl").write_text("\n".join(corpus))
    (made / "claims_train.jsonl").write_text("\n".join(claims))
    return made


def told(folder: Path, *arguments: str) -> list[dict[str, float]]:
    result = CliRunner().invoke(command, [str(folder), "--json", *arguments])
    assert result.exit_code == 0, result.output
    rows: list[dict[str, float]] = json.loads(result.stdout)["methods"]
    return rows


def test_evidence_and_a_forger_are_judged(folder: Path) -> None:
    rows = told(folder, "--answers", "5")
    assert [row["method"] for row in rows] == ["ours", "bm25", "tf-idf", "lead", "forger"]
    assert rows[-1]["answers"] == 5
    assert rows[-1]["not_held"] == 0


def test_the_whole_corpus_is_searched(folder: Path, tmp_path: Path) -> None:
    weights = tmp_path / "among.json"
    rows = told(folder, "--whole", "--learn", str(weights))
    assert rows[0]["method"] == "ours"
    assert rows[0]["f1"] > rows[-1]["f1"]
    assert "ours_more_low" in rows[1]
    assert "rank" in json.loads(weights.read_text())["weights"]


def test_support_is_judged_by_kinds(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(support, "MADE", 40)
    weights = tmp_path / "support.json"
    rows = {row["method"]: row for row in told(folder, "--support", "--learn", str(weights))}
    assert rows["copied"]["struck"] == 0
    assert rows["shuffled"]["said"] < rows["copied"]["said"]
    assert json.loads(weights.read_text())["hardly"] >= 0


def test_f1_counts_over_all_claims() -> None:
    claims = [Claim("a", frozenset({("1", 0)})), Claim("b", frozenset({("2", 0), ("2", 1)}))]
    found = [frozenset({("1", 0)}), frozenset({("2", 0), ("3", 0)})]
    assert f1(claims, found) == (4 / 6, 2 / 3, 2 / 3)


def test_a_run_of_a_model_goes_on_where_it_was_broken_off(folder: Path, tmp_path: Path) -> None:
    collection, kept = Collection(folder), tmp_path / "kept.jsonl"
    model = Scripted(lambda _: "It increases the yield [1]. As arXiv:2399.00001 shows [7].")
    asked = ["sparse attention in case 0"] * 4

    def run(count: int) -> list[generated.Checked]:
        found = generated.run(asked, lambda _: One(collection, "0"), lambda _: model, count, kept)
        return list(found)

    first = run(2)
    kept.write_text(kept.read_text() + '{"at": 2, "quot')
    kept.write_text(kept.read_text() + "\n")
    assert run(4)[:2] == first
    assert len(model.told) == 4
    row = generated.row("scripted", first)
    assert (row["answers"], row["not_held"], row["absent"]) == (2, 0, 0)
