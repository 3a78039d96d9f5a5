from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from importlib.abc import MetaPathFinder
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import dumps
from bookwheel.bench import finders, rankings
from bookwheel.bench.recommend import Recommending
from bookwheel.bench.search import Searching
from bookwheel.cli import main
from bookwheel.models import Paper
from library import other_encoder, records
from tiny_models import cross_encoder

SPREAD = ("", "_low", "_high")


def bench(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["bench", *map(str, arguments)])


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Two lists that people might keep, all of whose papers but one are in the library."""
    kept = {
        code: [each["arxiv_id"] for each in records() if code in each["categories"].split()]
        for code in ("cs.CV", "cs.CL")
    }
    kept["cs.CV"].append("1706.03762")
    path = tmp_path / "lists.json"
    path.write_text(json.dumps(kept))
    return path


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    asked = [
        {"_id": n, "text": records()[n]["title"], "relevant": [records()[n]["arxiv_id"]]}
        for n in range(0, 100, 20)
    ]
    asked.append({"_id": "x", "text": "attention", "relevant": ["1706.03762"]})
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, asked)))
    return path


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "collection"
    folder.mkdir()
    documents = [
        {"_id": f"d{n}", "title": each["title"], "text": each["abstract"]}
        for n, each in enumerate(records()[:60])
    ]
    asked = [
        {"_id": f"q{n}", "text": each["title"], "cited_doc_ids": [each["_id"]]}
        for n, each in enumerate(documents[:10])
    ]
    for name, lines in (("corpus", documents), ("queries_train", asked)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return folder


def test_a_re_ranker_is_measured_when_asked_for(
    collection: Path, tmp_path: Path, configure: Callable[..., None]
) -> None:
    options = ("beir", collection, "--methods", "hybrid", "--json")
    shown = bench(*options, "--rerank")
    assert (shown.exit_code, "BOOKWHEEL_RERANKER" in shown.stderr) == (1, True)
    configure(reranker=cross_encoder(tmp_path / "model", {"the": (0.0,)}))
    assert [row["method"] for row in json.loads(bench(*options).stdout)["methods"]] == ["hybrid"]
    shown = bench(*options, "--rerank")
    assert shown.exit_code == 0, shown.output
    plain, reranked = json.loads(shown.stdout)["methods"]
    assert reranked["method"] == "hybrid+rerank"
    assert reranked["ndcg@10"] == plain["ndcg@10"] > 0.9  # the model has no opinion


def test_recommend_prints_a_row_for_each_method_and_number_of_likes(
    library: list[Paper], lists: Path
) -> None:
    shown = bench("recommend", lists, "--likes", "2,5", "--draws", 2, "--json")
    assert shown.exit_code == 0, shown.output
    given = json.loads(shown.stdout)
    assert list(given) == ["methods", "machine", "commit"]
    rows = given["methods"]
    assert [(row["likes"], row["method"]) for row in rows] == [
        (likes, name) for likes in (2, 5) for name in rankings.METHODS
    ]
    measures = [name + end for name in ("ndcg@100", "recall@100", "auc") for end in SPREAD]
    counts = ["ms", "lists", "rankings"]
    assert list(rows[1]) == ["method", "likes", *measures, *counts]
    assert list(rows[0])[: len(rows[1])] == list(rows[1])
    assert [(row["lists"], row["rankings"]) for row in rows] == [(2, 4)] * len(rows)
    assert all(0 <= row["ndcg@100_low"] <= row["ndcg@100"] <= 1 for row in rows)
    assert "listed papers are among the 313 ranked." in shown.stderr
    again = json.loads(
        bench(
            "recommend", lists, "--likes", "5", "--draws", 2, "--methods", "ours", "--json"
        ).stdout
    )["methods"]
    same = [name for name in again[0] if name != "ms"]
    assert [again[0][name] for name in same] == [rows[len(rankings.METHODS)][n] for n in same]


def test_recommend_takes_fewer_lists_candidates_and_more_papers(
    library: list[Paper], lists: Path, tmp_path: Path
) -> None:
    more = dumps.write(tmp_path / "more.jsonl", [dumps.line(1, id="1706.03762")])
    shown = bench(
        "recommend", lists, "--papers", more, "--candidates", 20, "--lists", 1,
        "--likes", 3, "--methods", "ours,sparse",
    )  # fmt: skip
    assert shown.exit_code == 0, shown.output
    heads, *rows = shown.stdout.splitlines()
    assert heads.split() == [
        "method", "likes", "ndcg@100", "recall@100", "auc", "ms", "lists", "rankings",
    ]  # fmt: skip
    assert [row.split()[0] for row in rows[:2]] == ["ours", "sparse"]
    count = len(json.loads(lists.read_text())["cs.CV"])
    assert shown.stderr.startswith(f"{count} of {count} listed papers are among the ")


def test_search_prints_a_row_for_each_method(library: list[Paper], questions: Path) -> None:
    shown = bench("search", questions, "--json")
    assert shown.exit_code == 0, shown.output
    rows = json.loads(shown.stdout)["methods"]
    assert [row["method"] for row in rows] == list(finders.METHODS)
    measures = [
        name + end
        for name in ("recall@5", "recall@20", "recall@100", "ndcg@10", "mrr")
        for end in SPREAD
    ]
    assert list(rows[3]) == ["method", *measures, "ms", "questions", "left_out"]
    assert [(row["questions"], row["left_out"]) for row in rows] == [(5, 1)] * 4
    assert all(row["recall@5"] >= 0.8 for row in rows)
    assert "1 answers are not held and not looked for; 1 questions have no other" in shown.stderr


def test_a_collection_needs_no_papers(
    collection: Path, tmp_path: Path, configure: Callable[..., None]
) -> None:
    configure(data=tmp_path / "nothing")
    shown = bench("beir", collection, "--json")
    assert shown.exit_code == 0, shown.output
    rows = json.loads(shown.stdout)["methods"]
    assert [row["method"] for row in rows] == list(finders.METHODS)
    assert all(row["recall@20"] >= 0.9 for row in rows)
    assert shown.stderr.startswith("Split train.\n10 questions over 60 papers.\n")
    assert not (tmp_path / "nothing").exists()


def test_another_encoder_can_be_judged(
    library: list[Paper], collection: Path, lists: Path, questions: Path, tmp_path: Path
) -> None:
    other_encoder().save(tmp_path / "other.npz")
    for arguments in (("beir", collection), ("search", questions), ("recommend", lists)):
        shown = bench(*arguments, "--methods", "dense", "--encoder", tmp_path / "other.npz")
        assert shown.exit_code == 0, shown.output
    shown = bench("beir", collection, "--encoder", lists)
    assert (shown.exit_code, "is not an encoder that can be read" in shown.stderr) == (1, True)


def test_signs_in_questions_are_told_of(collection: Path) -> None:
    asked = ["what", "who -else", 'why "so', "and [what"]
    lines = [
        json.dumps({"_id": n, "text": text, "relevant": ["d1"]}) for n, text in enumerate(asked)
    ]
    (collection / "queries_test.jsonl").write_text("\n".join(lines))
    shown = bench("beir", collection, "--methods", "hybrid")
    assert shown.stderr.splitlines() == [
        "Split test.",
        "4 questions over 60 papers.",
        "1 hold brackets or other signs that a search takes for conditions.",
        "1 cannot be read by a search as they are: their words are taken.",
    ]


@pytest.mark.parametrize("run", [Recommending, Searching])
def test_when_stopped_it_prints_what_is_done(
    library: list[Paper],
    lists: Path,
    questions: Path,
    monkeypatch: pytest.MonkeyPatch,
    run: type[Recommending | Searching],
) -> None:
    whole = run.run

    def stopped(self: object, cases: object) -> Iterator[int]:
        for done in whole(self, cases):  # type: ignore[arg-type]
            yield done
            raise KeyboardInterrupt

    monkeypatch.setattr(run, "run", stopped)
    arguments = {
        Recommending: ("recommend", lists, "--likes", 2, "--methods", "ours"),
        Searching: ("search", questions, "--methods", "hybrid"),
    }[run]
    shown = bench(*arguments, "--json")
    assert shown.exit_code == 130
    assert shown.stderr.endswith("Stopped. This is what was done until then.\n")
    row = json.loads(shown.stdout)["methods"][0]
    assert row.get("lists", row.get("questions")) == 1


def test_when_stopped_before_anything_it_prints_nothing(
    library: list[Paper], questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(self: object, cases: object) -> Iterator[int]:
        raise KeyboardInterrupt
        yield 0

    monkeypatch.setattr(Searching, "run", stopped)
    shown = bench("search", questions, "--methods", "hybrid")
    assert (shown.exit_code, shown.stdout) == (130, "")
    assert shown.stderr.endswith("Stopped.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--likes", "0"],
        ["--likes", "many"],
        ["--likes", ","],
        ["--draws", "0"],
        ["--methods", "ours,theirs"],
        ["--methods", ""],
        ["--seed", "-1"],
        ["--candidates", "0"],
        ["--papers", "nowhere.jsonl"],
    ],
)
def test_options_that_make_no_sense_are_refused(lists: Path, arguments: list[str]) -> None:
    assert bench("recommend", lists, *arguments).exit_code == 2


def test_lists_that_are_too_short_say_what_to_do(library: list[Paper], tmp_path: Path) -> None:
    path = tmp_path / "lists.json"
    path.write_text(json.dumps({"mine": [records()[0]["arxiv_id"], "1706.03762"]}))
    shown = bench("recommend", path, "--likes", "1,3")
    assert shown.exit_code == 1
    assert "No list in" in shown.stderr
    assert "has more than 1 papers that are held here" in shown.stderr


def test_questions_that_nothing_here_answers_say_what_to_do(
    library: list[Paper], tmp_path: Path
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"_id": "1", "text": "attention", "relevant": ["1706.03762"]}')
    shown = bench("search", path)
    assert shown.exit_code == 1
    assert shown.stderr.endswith("held here. Add papers with --papers.\n")


def test_without_an_index_it_says_what_to_do(
    db: None, questions: Path, tmp_path: Path, configure: Callable[..., None]
) -> None:
    configure(data=tmp_path)
    shown = bench("search", questions)
    assert shown.stderr == "Error: There is no index yet. `bookwheel index` builds it.\n"


class NotInstalled(MetaPathFinder):
    """Finds no yardsticks, as where the extra is not installed."""

    names = ("sklearn", "bm25s")

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname in self.names:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def test_without_the_extra_it_says_what_to_install(
    library: list[Paper], lists: Path, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] in NotInstalled.names:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [NotInstalled(), *sys.meta_path])
    for arguments in (("search", questions), ("recommend", lists)):
        shown = bench(*arguments)
        assert shown.exit_code == 1
        assert shown.stderr.endswith("pip install 'bookwheel[bench]'\n")
