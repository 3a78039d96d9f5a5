"""The search language, through `parse`."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bookwheel.errors import QueryError
from bookwheel.index.grammar import MOST
from bookwheel.index.syntax import (
    LONGEST,
    AllOf,
    AnyOf,
    Dated,
    HasId,
    InCategory,
    Node,
    Not,
    Phrase,
    Search,
    Word,
    parse,
)

TODAY = date(2026, 11, 23)
EPOCH = date(1970, 1, 1)


def wanted(text: str) -> list[str]:
    search = parse(text)
    assert search.required is None
    return [word.text for word in search.wanted]


def required(text: str) -> Node | None:
    search = parse(text, today=TODAY)
    assert search.wanted == ()
    return search.required


def days(first: str | None, last: str | None) -> Dated:
    return Dated(
        *((date.fromisoformat(day) - EPOCH).days if day else None for day in (first, last))
    )


def both(*nodes: Node) -> AllOf:
    return AllOf(nodes)


def either(*nodes: Node) -> AnyOf:
    return AnyOf(nodes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("graph neural networks", ["graph", "neural", "networks"]),
        ("  graph\tneural\n", ["graph", "neural"]),
        ("not lower or and", ["not", "lower", "or", "and"]),
        ("BERT: Pre-training, of [Deep] things!", ["BERT", "Pre-training", "of", "Deep", "things"]),
        ("C++: at 10:30 ratio 3:1", ["C++", "at", "10:30", "ratio", "3:1"]),
        ("see http://example.org/a:b-c(d)", ["see", "http://example.org/a:b-c(d)"]),
        ("f(x) and p(x|y)", ["f(x)", "and", "p(x|y)"]),
        ("state - of -- the --art", ["state", "of", "the", "art"]),
        ("Schrödinger’s 猫 naïve", ["Schrödinger’s", "猫", "naïve"]),
        ("Title: a study", ["Title", "a", "study"]),
        ("foo: bar", ["foo", "bar"]),
        (
            "the tangent kernel (NTK) of (wide, deep) nets",
            ["the", "tangent", "kernel", "NTK", "of", "wide", "deep", "nets"],
        ),
        ("((graph) (tree map))", ["graph", "tree", "map"]),
        ("!!! ... –", []),
        ("", []),
    ],
)
def test_plain_words_are_wishes(text: str, words: list[str]) -> None:
    assert wanted(text) == words


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ('"message passing"', Phrase(("message", "passing"))),
        ("“message passing”", Phrase(("message", "passing"))),
        ('"graphs"', Word("graphs")),
        ('"rock & roll!"', Phrase(("rock", "roll"))),
        ("-survey", Not(Word("survey"))),
        ("NOT survey", Not(Word("survey"))),
        ("−survey", Not(Word("survey"))),
        ('-"a survey"', Not(Phrase(("a", "survey")))),
        ("-(-survey)", Word("survey")),
        ("graph OR tree", either(Word("graph"), Word("tree"))),
        ("graph | tree || map", either(Word("graph"), Word("tree"), Word("map"))),
        ("graph|tree", either(Word("graph"), Word("tree"))),
        ("graph AND tree", both(Word("graph"), Word("tree"))),
        ("graph AND NOT tree", both(Word("graph"), Not(Word("tree")))),
        ("graph ANDNOT tree", both(Word("graph"), Not(Word("tree")))),
        ("a AND b OR c", either(both(Word("a"), Word("b")), Word("c"))),
        ("(graph -tree)", both(Word("graph"), Not(Word("tree")))),
        ("((graph) (tree ti:map))", both(Word("graph"), Word("tree"), Word("map", "ti"))),
        ("-(graph tree)", Not(both(Word("graph"), Word("tree")))),
        ("(a b) OR c", either(both(Word("a"), Word("b")), Word("c"))),
        ("（图｜树）", either(Word("图"), Word("树"))),
        ("all:graph", Word("graph")),
        ("ti:graph", Word("graph", "ti")),
        ("ti: graph", Word("graph", "ti")),
        ("TITLE:graph", Word("graph", "ti")),
        ("abstract:graph", Word("graph", "abs")),
        ('au:"van den Oord"', Phrase(("van", "den", "Oord"), "au")),
        ("-au:Smith", Not(Word("Smith", "au"))),
        ("au:-Smith", Not(Word("Smith", "au"))),
        ("ti:(graph OR tree)", either(Word("graph", "ti"), Word("tree", "ti"))),
        ("ti:(graph abs:tree)", both(Word("graph", "ti"), Word("tree", "abs"))),
        ("cat:cs.lg", InCategory("cs.LG")),
        ("cat:math", InCategory("math")),
        ("cat:cs.*", InCategory("cs")),
        ("cat:(cs.LG OR stat.ML)", either(InCategory("cs.LG"), InCategory("stat.ML"))),
        ("id:1706.03762v5", HasId("1706.03762")),
        ("id:hep-th/9901001", HasId("hep-th/9901001")),
        ("-arXiv:1706.03762", Not(HasId("1706.03762"))),
    ],
)
def test_everything_else_is_a_condition(text: str, node: Node) -> None:
    assert required(text) == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("date:2025", days("2025-01-01", "2025-12-31")),
        ("date:2024-02", days("2024-02-01", "2024-02-29")),
        ("date:2025-3", days("2025-03-01", "2025-03-31")),
        ("date:2025-03-14", days("2025-03-14", "2025-03-14")),
        ("date:2025-01..2025-03", days("2025-01-01", "2025-03-31")),
        ("date:..2024", days(None, "2024-12-31")),
        ("date:2024..", days("2024-01-01", None)),
        ("date:>2025-06-01", days("2025-06-02", None)),
        ("date:>2025", days("2026-01-01", None)),
        ("date:>=2025", days("2025-01-01", None)),
        ("date:<2025", days(None, "2024-12-31")),
        ("date:<=2025", days(None, "2025-12-31")),
        ("date:7d", days("2026-11-16", "2026-11-23")),
        ("date:week", days("2026-11-16", "2026-11-23")),
        ("date:month", days("2026-10-23", "2026-11-23")),
        ("date:(2023 OR 2025)", either(required("date:2023"), required("date:2025"))),
    ],
)
def test_dates(text: str, node: Node) -> None:
    assert required(text) == node


def test_plain_words_beside_conditions() -> None:
    assert parse('fast "message passing" graph cat:cs.LG -survey networks') == Search(
        wanted=(Word("fast"), Word("graph"), Word("networks")),
        required=both(Phrase(("message", "passing")), InCategory("cs.LG"), Not(Word("survey"))),
        text="fast message passing graph networks",
        understood="any of: fast, graph, networks · must: “message passing”, category cs.LG "
        "· not: survey",
    )


def test_or_takes_only_its_neighbours() -> None:
    search = parse("fast graph OR tree search")
    assert [word.text for word in search.wanted] == ["fast", "search"]
    assert search.required == either(Word("graph"), Word("tree"))


def test_meaning_leaves_out_names_and_what_is_unwanted() -> None:
    assert parse("ti:a -b au:c (d OR -(e -f)) abs:g").text == "a d f g"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("graph", "graph"),
        ("ti:(graph OR tree) au:Li", "must: (title has graph or title has tree), author Li"),
        ("-(abs:a b)", "not: (abstract has a and b)"),
        ("x OR -y", "must: (x or not y)"),
        ("a date:2025-01..2025-03", "a · from 2025-01-01 to 2025-03-31"),
        ("date:<2025", "until 2024-12-31"),
        ("date:>=2025", "from 2025-01-01"),
        ("date:2025-03-14 id:1706.03762", "must: paper 1706.03762 · on 2025-03-14"),
        ("...", ""),
    ],
)
def test_a_search_is_said_back(text: str, understood: str) -> None:
    assert parse(text).understood == understood


@pytest.mark.parametrize(
    "text",
    [
        "1706.03762",
        " arXiv:1706.03762v7 ",
        "https://arxiv.org/abs/1706.03762",
        "https://arxiv.org/pdf/1706.03762v2",
    ],
)
def test_a_pasted_paper_is_gone_to(text: str) -> None:
    assert parse(text) == Search(paper="1706.03762", understood="paper 1706.03762")


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ('fast "graph', 5, "quotation mark is not closed"),
        ("fast (graph", 5, "bracket is not closed"),
        ("fast graph)", 10, "bracket closes nothing"),
        ("()", 0, "nothing between these brackets"),
        ('""', 0, "nothing to search for"),
        ("graph OR", 6, "follows OR"),
        ("OR graph", 0, "before OR"),
        ("a OR OR b", 2, "follows OR"),
        ("a AND ...", 2, "follows AND"),
        ("(a |)", 3, "follows “|”"),
        ("NOT", 0, "follows NOT"),
        ("graph ti:", 6, "follows “ti:”"),
        ("(ti:)", 1, "follows “ti:”"),
        ("ti:!!!", 3, "nothing to search for"),
        ("a foo:bar", 2, "no field “foo”. The fields are ti:"),
        ("cat:cs.LH", 4, "Did you mean"),
        ("id:9999", 3, "not an arXiv identifier"),
        ("date:soon", 5, "“soon” is not a date"),
        ("date:2025-02-30", 5, "no 2025-02-30 in the calendar"),
        ("date:2025-13", 5, "no 2025-13 in the calendar"),
        ("date:2025-00", 5, "no 2025-00 in the calendar"),
        ("date:0000", 5, "out of reach"),
        ("date:9999", 5, "out of reach"),
        ("date:2025..2024", 5, "Write 2024..2025"),
        ("date:2025..x", 5, "“x” is not a date"),
        ("(" * 21 + "a" + ")" * 21, 20, "inside each other"),
        ("NOT " * 21 + "a", 80, "inside each other"),
        ("x" * (LONGEST + 1), LONGEST, "1,000 characters"),
        ("a \ud800", 2, "not a character"),
        ("a " * 9 + "-b " * (MOST + 1), 18 + 3 * MOST, "More than 40 conditions"),
        ("-(" + "|".join("a" * (MOST + 1)) + ")", 0, "More than 40 conditions"),
    ],
)
def test_mistakes_are_pointed_at(text: str, position: int, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.position == position


def test_relative_dates_need_today() -> None:
    with pytest.raises(QueryError, match="“7d” is not a date"):
        parse("date:7d")


LANGUAGE = """
    graph tree C++ 猫 -x NOT AND OR ANDNOT | || ( ) " “ ” - -- : ti: au: abs: cat: id: date: all:
    foo: Title: cs.LG math 1706.03762 2025 2025-02-30 2024..2025 >2025 <= .. 7d week ... ! f(x)
    http://a.b/c arXiv:1706.03762 （ ） ： ｜ \N{MINUS SIGN}y
"""
SPACES = [" ", "\t", "\N{IDEOGRAPHIC SPACE}", "\x00", "\N{RIGHT-TO-LEFT OVERRIDE}"]
PIECES = st.sampled_from(LANGUAGE.split() + SPACES)
ASSEMBLED = st.lists(PIECES, max_size=40).flatmap(
    lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)])
)


@given(st.text(max_size=80) | ASSEMBLED)
@example("(" * 500)
@example("-(" * 500)
@example("ti:" * 300)
@example('"' * 999)
@example("date:>2100-12-31")
@example("date:<1900")
@example("date:9999d")
def test_any_text_is_parsed_or_pointed_at(text: str) -> None:
    try:
        search = parse(text, today=TODAY)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
        assert str(error).endswith((".", "?"))
        return
    assert search == parse(text, today=TODAY)
    asks = search.wanted or search.required or search.paper
    assert bool(search.understood) == bool(asks)
    assert search.understood or not any(char.isalnum() for char in text)


@given(ASSEMBLED)
def test_what_is_understood_does_not_depend_on_spaces_around(text: str) -> None:
    try:
        search = parse(text)
    except QueryError as error:
        with pytest.raises(QueryError) as caught:
            parse(f"  {text} ")
        assert caught.value.position >= error.position
    else:
        assert parse(f"  {text} ") == search


WORDS = st.sampled_from(["graph", "tree", "C++", "state-of-the-art", "猫"])
NODES = st.recursive(
    WORDS.map(Word)
    | st.builds(Word, WORDS, st.sampled_from(["ti", "au", "abs"]))
    | st.builds(Phrase, st.tuples(WORDS, WORDS), st.sampled_from(["", "ti", "au", "abs"]))
    | st.sampled_from([InCategory("cs.LG"), HasId("1706.03762"), days("2025-01-01", None)]),
    lambda inner: (
        inner.map(lambda node: node if isinstance(node, Not) else Not(node))
        | st.builds(AnyOf, st.tuples(inner, inner))
    ),
    max_leaves=8,
)


def written(node: Node) -> str:
    """A text that says the node, in brackets where it has parts."""
    match node:
        case Word(text=text, field=field):
            return f"{field or 'all'}:{text}"
        case Phrase(words=words, field=field):
            return f'{field or "all"}:"{" ".join(words)}"'
        case InCategory(category=code):
            return f"cat:{code}"
        case HasId(arxiv_id=arxiv_id):
            return f"id:{arxiv_id}"
        case Dated():
            return "date:2025.."
        case Not(node=inner):
            return f"-{written(inner)}"
        case AllOf(nodes=nodes):
            return f"({' '.join(map(written, nodes))})"
        case AnyOf(nodes=nodes):
            return f"({' OR '.join(map(written, nodes))})"


@given(NODES)
def test_a_written_tree_is_read_back(node: Node) -> None:
    assert required(written(node)) == node
