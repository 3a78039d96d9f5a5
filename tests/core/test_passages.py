from __future__ import annotations

from dataclasses import replace

from bookwheel.core.document import Section
from bookwheel.core.passages import LONGEST, passages
from documents import document, paragraph, texts


def test_a_document_is_cut_into_passages_with_their_sections() -> None:
    found = list(passages(document()))
    assert [(each.block, each.section, each.text) for each in found] == [
        ("s1.p1", "Introduction", texts()[0]),
        ("s2.p1", "Method", texts()[1]),
    ]
    assert [texts()[1][start:end] for start, end in found[1].sentences] == [
        "We weigh pitchblende.",
        "The residue is more active than the ore by far.",
    ]


def test_titles_of_the_sections_around_are_kept() -> None:
    text = "One sentence that is long enough."
    sections = tuple(
        Section(f"s{number}", title, level=level, blocks=(paragraph(f"p{number}", text),))
        for number, (title, level) in enumerate(
            [("Method", 1), ("Data", 2), ("Cleaning", 3), ("Model", 2), ("", 1), ("End", 1)]
        )
    )
    found = passages(replace(document(), abstract=(), sections=sections))
    assert [each.section for each in found] == [
        "Method",
        "Method › Data",
        "Method › Data › Cleaning",
        "Method › Model",
        "",
        "End",
    ]


def test_long_blocks_are_cut_between_sentences() -> None:
    text = " ".join(["A sentence of some words."] * 200)
    made = replace(
        document(), abstract=(), sections=(Section("s", "", blocks=(paragraph("p", text),)),)
    )
    found = list(passages(made))
    assert all(len(each.text) <= LONGEST for each in found)
    assert [each.text for each in found] == [text[each.start : each.end] for each in found]
    assert sum(len(each.sentences) for each in found) == 200
