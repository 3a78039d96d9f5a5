from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.core import categories, text
from bookwheel.errors import IndexDamagedError, QueryError
from bookwheel.index import columns, lexical
from bookwheel.index.columns import REPLACED, Columns
from bookwheel.index.dates import day_number
from bookwheel.index.lexical import Lexical
from bookwheel.index.lexical_writer import LexicalPaper, LexicalWriter
from bookwheel.index.lookup import Conditions, wishes
from bookwheel.index.query import Filters
from bookwheel.index.syntax import Search, parse

NONE_DEAD = np.empty(0, np.int32)
# title, abstract, authors, categories, day; row n is paper 100 + n and arXiv id 2501.0000n
PAPERS = [
    (
        "Graph neural networks",
        "We train networks.",
        ["Ada Lovelace"],
        "cs.LG stat.ML",
        "2025-01-01",
    ),
    ("A survey of graphs", "Neural graph models.", ["Li Wei", "Zhang Min"], "cs.AI", "2025-01-02"),
    (r"Erd\H{o}s--R\'enyi graphs", "On random graphs.", ["Paul Erdős"], "math.CO", "2025-02-03"),
    (r"Learning $\alpha$-stable laws", "Über Größen.", ["José Ángel"], "math.PR", "2025-02-03"),
    ("The Higgs boson", "Neural? Never.", ["Peter Higgs", "Wei Min"], "hep-ph", "2024-12-31"),
    ("", "", [], "cs.CL", "2025-03-01"),
    (
        "H$_2$O and 5G",
        "C++ code: x_1=y^2, f(x).",
        ["O'Neill, Brian"],
        "astro-ph.GA",
        "2025-03-02",
    ),
    ("Graph of a graph of graph", "Word " * 300, ["Anna Li"], "cs.LG", "2025-03-03"),
]


def paper(row: int) -> LexicalPaper:
    title, abstract, authors, codes, day = PAPERS[row]
    return LexicalPaper(
        arxiv_id=f"2501.{row:05}",
        title=text.plain(title),
        abstract=text.plain(abstract),
        authors=[text.plain(name) for name in authors],
        categories=codes,
        day=day_number(date.fromisoformat(day)),
        replaced=row % 2 == 1,
    )


def columns_of(rows: int) -> Columns:
    papers = [paper(row) for row in range(rows)]
    return Columns(
        papers=np.arange(100, 100 + rows, dtype=np.int64),
        days=np.array([each.day for each in papers], np.int32),
        categories=np.array([categories.bits(each.categories) for each in papers], np.uint64),
        flags=np.array([REPLACED if each.replaced else 0 for each in papers], np.uint8),
        dead=NONE_DEAD,
    )


def write(folder: Path, rows: Sequence[int], *, known: int = 0, forget: Sequence[int] = ()) -> None:
    writer = LexicalWriter(folder, rows=known, forget=np.array(forget, np.int32))
    for row in rows:
        writer.add(row, paper(row % len(PAPERS)))
    writer.commit()
    writer.close()


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Lexical:
    folder = tmp_path_factory.mktemp("lexical") / "words"
    write(folder, range(len(PAPERS)))
    return Lexical(folder, columns_of(len(PAPERS)), purged=0)


def best(words: Lexical, query: str, **filters: object) -> list[int]:
    rows, scores = words.best(parse(query), Filters(**filters), 100)  # type: ignore[arg-type]
    assert len(rows) == len(scores)
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)
    return rows.tolist()


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("graph", {0, 1, 2, 7}),  # stems: graphs too
        ("NETWORK", {0}),
        ("trained", {0}),
        ("graph boson", {0, 1, 2, 4, 7}),  # wishes: any will do
        ('"graph neural"', {0}),
        ('"neural graph"', {1}),
        ('"neural graph networks"', set()),
        ("ti:neural", {0}),
        ("abs:neural", {1, 4}),
        ("ti:neural abs:networks", {0}),
        ("neural -survey", {0, 4}),
        ("neural -ti:graph -boson", set()),
        ("-neural -graph", {3, 5, 6}),
        ("higgs OR lovelace", {0, 4}),
        ("(higgs OR lovelace) -cat:cs", {4}),
        ("higgs AND lovelace", set()),
        ("(higgs AND neural) OR (survey AND wei)", {1, 4}),
        ("cat:cs", {0, 1, 5, 7}),
        ("cat:cs.LG", {0, 7}),
        ("cat:math", {2, 3}),
        ("cat:hep-ph", {4}),
        ("cat:astro-ph", {6}),
        ("cat:cs -cat:cs.LG", {1, 5}),
        ("id:2501.00003", {3}),
        ("id:2501.00003v2", {3}),
        ("id:2501.00003 OR id:2501.00004", {3, 4}),
        ("id:2501.09999", set()),
        ("date:2025-01", {0, 1}),
        ("date:2025-02-03", {2, 3}),
        ("date:..2024", {4}),
        ("date:2025-02..2025-03-01", {2, 3, 5}),
        ("date:>=2025-03-02", {6, 7}),
        ("-date:2025", {4}),
        ("au:erdos", {2}),  # accents do not matter, in either direction
        ("au:Erdős", {2}),
        (r"au:Erd\H{o}s", {2}),
        ("erdos renyi", {2}),
        ("au:angel au:jose", {3}),
        ("grossen", {3}),
        ("Größen", {3}),
        ("au:o'neill", {6}),
        ('au:"li wei"', {1}),
        ('au:"wei zhang"', set()),  # no phrase spans two authors
        ('au:"wei li"', set()),
        ("au:li", {1, 7}),
        ("alpha", {3}),  # TeX is read as words, as papers' is
        (r"$\alpha$", {3}),
        ("H2O", {6}),
        ("5G", {6}),
        ("c++", {6}),
        ("zzz", set()),
    ],
)
def test_a_search_finds_what_its_conditions_ask_for(
    words: Lexical, query: str, rows: set[int]
) -> None:
    assert set(best(words, query)) == rows


def test_more_words_and_words_in_the_title_count_more(words: Lexical) -> None:
    assert best(words, "graph neural networks")[0] == 0
    assert best(words, "survey")[0] == 1
    assert best(words, "neural boson")[0] == 4


def test_a_word_counts_by_the_best_of_its_fields(words: Lexical) -> None:
    def score(query: str, row: int) -> float:
        return float(words.scores(parse(query), np.array([row]))[1][0])

    assert score("ti:networks", 0) > 0 < score("abs:networks", 0)
    best_field = max(score("ti:networks", 0), score("abs:networks", 0))
    assert best_field < score("networks", 0) < 1.3 * best_field + 1e-6
    assert score("lovelace", 0) == pytest.approx(score("au:lovelace", 0))


def test_phrases_rank_when_there_are_no_plain_words(words: Lexical) -> None:
    _, scores = words.best(parse('"random graphs" OR graph'), Filters(), 10)
    assert scores[0] > scores[-1] > 0
    assert best(words, '"random graphs" OR graph')[0] == 2
    _, scores = words.best(parse("cat:cs -survey"), Filters(), 10)
    assert not scores.any()


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"categories": ("cs", "hep-ph")}, {0, 1, 4, 7}),
        ({"first_day": 20_089, "last_day": 20_121}, {0, 1}),  # 2025-01-01 to 2025-02-02
        ({"first_day": 20_090}, {1, 2, 7}),
        ({"last_day": 20_088}, {4}),
        ({"first_day": 20_100, "last_day": 20_099}, set()),
        ({"first_day": -(10**20), "last_day": 10**20}, {0, 1, 2, 4, 7}),
        ({"last_day": -5}, set()),
        ({"first_versions": True}, {0, 2, 4}),
        ({"only": np.array([101, 104, 106, 999])}, {1, 4}),
        ({"only": np.empty(0, np.int64)}, set()),
        ({"without": np.array([101, 104, 999])}, {0, 2, 7}),
        ({"categories": ("no.such",)}, set()),
    ],
)
@pytest.mark.parametrize("few", [0, 3000])
def test_filters_hold_in_every_answer(
    words: Lexical,
    filters: dict[str, object],
    rows: set[int],
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lexical, "FEW", few)
    query = "graph OR boson"
    assert set(best(words, query, **filters)) == rows
    assert set(best(words, "graph boson", **filters)) == rows
    latest, total = words.latest(parse(query), Filters(**filters), 100)  # type: ignore[arg-type]
    assert (set(latest.tolist()), total) == (rows, len(rows))


def test_the_latest_have_every_word_newest_first(words: Lexical) -> None:
    def latest(query: str, limit: int = 100) -> tuple[list[int], int]:
        rows, total = words.latest(parse(query), Filters(), limit)
        return rows.tolist(), total

    assert latest("") == ([7, 6, 5, 3, 2, 1, 0, 4], 8)  # of one day the last row first
    assert latest("graph") == ([7, 2, 1, 0], 4)
    assert latest("graph neural") == ([1, 0], 2)
    assert latest("graph", 2) == ([7, 2], 4)
    assert latest("graph", 0) == ([], 4)
    assert latest("-graph date:2025") == ([6, 5, 3], 3)


def test_rows_are_scored_as_if_they_had_been_found(words: Lexical) -> None:
    search = parse("graph neural -survey")
    rows = np.arange(len(PAPERS))
    holds, scores = words.scores(search, rows)
    assert holds.tolist() == [row != 1 for row in rows]
    found, found_scores = words.best(search, Filters(), 100)
    assert np.flatnonzero(scores).tolist() == sorted(found.tolist())
    np.testing.assert_allclose(scores[found], found_scores, rtol=1e-6)
    holds, scores = words.scores(search, np.empty(0, np.intp))
    assert (len(holds), len(scores)) == (0, 0)


def test_conditions_alone_say_which_rows_fulfil_them(words: Lexical) -> None:
    assert np.flatnonzero(words.fulfilling(parse("cat:cs -survey"))).tolist() == [0, 5, 7]
    assert words.fulfilling(parse("")).all()


def test_frequencies_are_of_stems(words: Lexical) -> None:
    assert words.frequency("Graphs") == 4
    assert words.frequency("zzz") == words.frequency("!?") == 0


# Generations


def test_leftovers_and_dead_rows_are_never_answered(tmp_path: Path) -> None:
    write(tmp_path / "words", range(8))
    six = columns_of(6)  # rows 6 and 7 were committed here, but not by the manifest
    dead = Columns(six.papers, six.days, six.categories, six.flags, np.array([0, 2], np.int32))
    words = Lexical(tmp_path / "words", dead, purged=0)
    assert words.documents().tolist() == [0, 1, 0, 1, 1, 1]
    assert words.latest(parse(""), Filters(), 100)[1] == 4
    assert set(best(words, "graph h2o")) == {1}
    assert np.flatnonzero(words.fulfilling(parse("-boson"))).tolist() == [1, 3, 5]


def test_the_next_writer_removes_leftovers_and_forgets_the_dead(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    write(folder, range(8))
    write(folder, [6], known=6, forget=[0, 2])
    seven = columns_of(7)
    dead = Columns(
        seven.papers, seven.days, seven.categories, seven.flags, np.array([0, 2], np.int32)
    )
    words = Lexical(folder, dead, purged=2)
    assert words.documents().tolist() == [0, 1, 0, 1, 1, 1, 1]


def test_what_was_not_committed_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    write(folder, [0, 1])
    writer = LexicalWriter(folder, rows=2, forget=NONE_DEAD)
    writer.add(2, paper(2))
    writer.close()
    assert Lexical(folder, columns_of(2), purged=0).documents().tolist() == [1, 1]


def test_an_open_reader_goes_on_while_the_files_change(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    write(folder, range(4))
    before = Lexical(folder, columns_of(4), purged=0)
    for row in range(4, 8):  # enough commits for merges
        write(folder, [row], known=row, forget=[0])
    assert set(best(before, "graph")) == {0, 1, 2}


def test_an_empty_index_answers_nothing(tmp_path: Path) -> None:
    write(tmp_path / "words", [])
    words = Lexical(tmp_path / "words", columns.empty(), purged=0)
    assert best(words, "graph") == best(words, "") == best(words, "-graph") == []
    assert words.latest(parse("graph"), Filters(), 10)[1] == 0
    assert words.documents().tolist() == []


def test_files_that_are_none_are_damaged(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "meta.json").write_text("{")
    for folder in ("words", "nowhere"):
        with pytest.raises(IndexDamagedError, match="--rebuild"):
            Lexical(tmp_path / folder, columns.empty(), purged=0)


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [*'"()|-:*?~^[]{}/\\+!&', " ", "OR", "AND", "NOT", "ti:", "au:", "date:2025", "graph"]
        ),
        max_size=12,
    ).map("".join),
    st.sampled_from(
        [
            "\x00",
            "\ud7ff",
            "🦉",
            "ﷺ",
            "a" * 900,
            "é" * 400,
            "中文 检索",
            "عربي",
            "\u200b",
            "%s",
            "'--",
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_no_search_breaks_the_lookup(words: Lexical, query: str) -> None:
    try:
        search = parse(query)
    except QueryError:
        return
    found = words.best(search, Filters(), 10)[0]
    _, total = words.latest(search, Filters(), 10)
    assert total <= len(PAPERS)
    holds, _ = words.scores(search, found)
    assert holds.all()


def test_a_search_of_many_words_is_looked_up(words: Lexical) -> None:
    wide = parse(" ".join(f"w{number}" for number in range(150)) + " graph")
    assert isinstance(wide, Search)
    assert set(words.best(wide, Filters(), 10)[0].tolist()) == {0, 1, 2, 7}


@pytest.mark.parametrize(
    ("once", "more"),
    [
        ('"graph net"', '"graph net" "Graph Net" "graph-net" "gräph net"'),
        ("-graph", "-graph -Graph -(gräph)"),
        ("graph OR tree", "graph OR tree OR Graph OR trée"),
        ("-(graph AND tree)", "-(graph tree Graph TREE)"),
    ],
)
def test_what_is_said_twice_is_looked_up_once(once: str, more: str) -> None:
    assert conditions(more) == conditions(once)


def test_a_wish_said_twice_is_looked_up_once() -> None:
    assert repr(wishes(parse("graph Graph gräph"))) == repr(wishes(parse("graph")))


def conditions(query: str) -> str:
    """What Tantivy is asked."""
    found = Conditions()
    found.add(parse(query).required)
    return repr(found.with_wishes(None))
