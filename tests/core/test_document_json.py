"""A document that went through JSON is the same document."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.document import Block, Document, Kind, Section, Sentence, Source
from bookwheel.core.document_json import FORMAT, document_from_json, document_to_json
from bookwheel.errors import UnreadableError

_floats = st.floats(0, 5000, allow_nan=False)
st.register_type_strategy(float, _floats)
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
st.register_type_strategy(int, st.integers(0, 10**6))


@given(st.from_type(Document))
def test_round_trip(document: Document) -> None:
    data = orjson.loads(orjson.dumps(document_to_json(document)))
    assert document_from_json(data) == document


def test_what_others_find_in_it() -> None:
    figure = Block("f1", Kind.FIGURE, "A wheel. It turns.", (Sentence(0, 8), Sentence(9, 18)))
    note = Block("n1", Kind.FOOTNOTE, "Really.")
    section = Section("s1", "Wheels", number="1", blocks=(figure, note))
    data = document_to_json(Document(Source.TEX, "On wheels", sections=(section,)))
    assert data["format"] == FORMAT
    assert data["source"] == "tex"
    assert data["figures"] == ["f1"]
    assert data["footnotes"] == ["n1"]
    shown = data["sections"][0]["blocks"][0]["sentences"]
    assert [sentence["text"] for sentence in shown] == ["A wheel.", "It turns."]


@pytest.mark.parametrize(
    "data",
    [{}, {"format": 99}, {"format": 1}, {"format": 1, "source": "papyrus"}, {"format": None}],
)
def test_what_is_no_document(data: dict[str, object]) -> None:
    with pytest.raises(UnreadableError, match="Fetch the paper again"):
        document_from_json(data)


@pytest.mark.parametrize("key", ["title", "sections", "references"])
@pytest.mark.parametrize("value", [None, 7, [7], [{}]])
def test_damaged(key: str, value: object) -> None:
    data = document_to_json(Document(Source.ABSTRACT, "On wheels"))
    if key == "title":
        del data[key]
    else:
        data[key] = value
    with pytest.raises(UnreadableError):
        document_from_json(data)
