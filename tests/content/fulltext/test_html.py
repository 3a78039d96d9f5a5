"""LaTeXML's pages become documents: every text once, in its place."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.content.fulltext.html import read_html
from bookwheel.core.document import Block, Document, Kind, Mark
from bookwheel.errors import UnreadableError
from content.fulltext.pages import caption, equation, math, note, page, para, section
from hostile import HOSTILE


def blocks(document: Document) -> list[Block]:
    return [block for _, block in document.blocks()]


def only(document: Document, kind: Kind) -> Block:
    (found,) = [block for block in blocks(document) if block.kind is kind]
    return found


def marked(block: Block, mark: Mark) -> list[tuple[str, str]]:
    return [(block.text[s.start : s.end], s.target) for s in block.spans if s.mark is mark]


def test_sections_and_paragraphs() -> None:
    inner = section("1.1", "Spokes", para("Two. Three."), kind="subsection", key="S1.SS1")
    body = para("Before.") + section("1", "Wheels", para("One.") + inner)
    body += section("Appendix A", "Proofs", para("Four."), kind="appendix", key="A1")
    document = read_html(page(body))
    assert document.title == "On wheels"
    assert [(s.number, s.title, s.level, s.appendix) for s in document.sections] == [
        ("", "", 1, False),
        ("1", "Wheels", 1, False),
        ("1.1", "Spokes", 2, False),
        ("A", "Proofs", 1, True),
    ]
    assert [block.text for block in blocks(document)] == ["Before.", "One.", "Two. Three.", "Four."]
    two = document.sections[2].blocks[0]
    assert [two.text[s.start : s.end] for s in two.sentences] == ["Two.", "Three."]


def test_front_matter() -> None:
    people = (
        '<div class="ltx_authors"><span class="ltx_creator ltx_role_author">'
        '<span class="ltx_personname">Agostino Ramelli and Ada van der Berg<br>University of Rome'
        '</span><span class="ltx_author_notes">ramelli@example.org</span></span></div>'
        '<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6>'
        '<p class="ltx_p">We turn. We read.</p></div>'
        '<div class="ltx_keywords"><h6 class="ltx_title">Keywords: </h6>books</div>'
    )
    document = read_html(page(people + section("1", "Wheels", para("One."))))
    assert document.authors == ("Agostino Ramelli", "Ada van der Berg")
    assert [(block.label, block.text) for block in document.front] == [
        ("", "University of Rome"),
        ("", "ramelli@example.org"),
        ("Keywords", "books"),
    ]
    (abstract,) = document.abstract
    assert abstract.text == "We turn. We read."
    assert len(abstract.sentences) == 2


def test_formulas_keep_their_tex() -> None:
    text = f"If {math('x^{2}%&#10;+1')}, then <em class='ltx_emph'>so</em> 10<sup>5</sup>."
    document = read_html(page(section("1", "W", para(text) + equation("a=b", "(1)"))))
    paragraph, shown = blocks(document)
    assert paragraph.text == "If $x^{2}+1$, then so 10$^{5}$."
    assert marked(paragraph, Mark.MATH) == [("$x^{2}+1$", ""), ("$^{5}$", "")]
    assert marked(paragraph, Mark.EMPHASIS) == [("so", "")]
    assert (shown.kind, shown.text, shown.label) == (Kind.EQUATION, "$$a=b$$", "(1)")


def test_pointers_find_their_targets() -> None:
    text = (
        'See <a class="ltx_ref" href="#S1.E1">1</a> and <cite class="ltx_cite">[<a class="ltx_ref" '
        'href="#bib.bib1">7</a>]</cite>, or <a class="ltx_ref ltx_href" href="https://example.org">'
        'here</a>, not <a href="javascript:alert(1)">there</a>'
    )
    entry = (
        '<section id="bib" class="ltx_bibliography"><h2 class="ltx_title">References</h2><ul class='
        '"ltx_biblist"><li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag">[7]</span><span '
        'class="ltx_bibblock">A. Ramelli. arXiv:1706.03762v2. '
        '<a href="https://doi.org/10.1000/w(1)x">doi</a>.</span></li></ul></section>'
    )
    body = section("1", "W", para(text + note("1", "Truly.") + ".") + equation("a", "(1)"))
    document = read_html(page(body + entry))
    paragraph, footnote, shown = blocks(document)
    (reference,) = document.references
    assert paragraph.text == "See 1 and [7], or here, not there."
    assert marked(paragraph, Mark.REF) == [("1", shown.id)]
    assert marked(paragraph, Mark.CITE) == [("[7]", ""), ("7", reference.id)]
    assert marked(paragraph, Mark.LINK) == [("here", "https://example.org")]
    assert marked(paragraph, Mark.NOTE) == [("", footnote.id)]
    assert (footnote.kind, footnote.text, footnote.label) == (Kind.FOOTNOTE, "Truly.", "1")
    assert (reference.label, reference.text) == ("[7]", "A. Ramelli. arXiv:1706.03762v2. doi.")
    assert reference.arxiv_ids == ("1706.03762",)
    assert reference.dois == ("10.1000/w(1)x",)


def test_figures_and_their_parts() -> None:
    parts = "".join(
        f'<figure id="S1.F1.sf{n}" class="ltx_figure ltx_figure_panel"><img src="x{n}.png" '
        f'width="300" height="200">{caption(f"({letter}) ", f"Part {letter}.")}</figure>'
        for n, letter in enumerate("ab", 1)
    )
    whole = (
        f'<figure id="S1.F1" class="ltx_figure">{parts}{caption("Figure 1: ", "Both.")}</figure>'
    )
    evil = '<figure class="ltx_figure"><img src="../../etc/x.png"><img src="//e.example/y.png">'
    evil += f"{caption('Figure 2: ', 'Evil.')}</figure>"
    first, second, both, other = blocks(read_html(page(section("1", "W", whole + evil))))
    assert [block.label for block in (first, second, both)] == [
        "Figure 1(a)",
        "Figure 1(b)",
        "Figure 1",
    ]
    assert first.part_of == second.part_of == both.id
    assert [image.name for image in first.images] == ["x1.png"]
    assert (both.text, both.images) == ("Both.", ())
    assert (other.label, other.images) == ("Figure 2", ())


def test_tables_have_cells() -> None:
    rows = (
        '<thead class="ltx_thead"><tr class="ltx_tr"><th class="ltx_td" colspan="2">Wheel</th>'
        '<th class="ltx_td">n</th></tr></thead><tr class="ltx_tr"><td class="ltx_td">a</td>'
        f'<td class="ltx_td">{math("x")}</td><td class="ltx_td">3</td></tr>'
    )
    shown = f'<figure id="S1.T1" class="ltx_table">{caption("Table 1: ", "Wheels. All.")}'
    shown += f'<table class="ltx_tabular">{rows}</table></figure>'
    table = only(read_html(page(section("1", "W", shown))), Kind.TABLE)
    assert table.rows == (("Wheel", "", "n"), ("a", "$x$", "3"))
    assert (table.heads, table.label, table.text) == (1, "Table 1", "Wheels. All.")
    assert len(table.sentences) == 2


def test_theorems_items_and_listings() -> None:
    body = (
        '<div id="Thm1" class="ltx_theorem"><h6 class="ltx_title ltx_title_theorem"><span class='
        f'"ltx_tag ltx_tag_theorem">Theorem 1</span> (Turning).</h6>{para("It turns.")}</div>'
        f'<div class="ltx_proof"><h6 class="ltx_title">Proof.</h6>{para("Look.")}</div>'
        '<ul class="ltx_itemize"><li class="ltx_item"><span class="ltx_tag ltx_tag_item">•</span>'
        f'{para("one")}<ol><li class="ltx_item">{para("in")}</li></ol></li></ul>'
        '<figure class="ltx_float ltx_algorithm"><figcaption class="ltx_caption"><span '
        'class="ltx_tag">Algorithm 1 </span>Turn</figcaption><div class="ltx_listing"><div '
        'class="ltx_listingline">if x</div><div class="ltx_listingline">  stop</div></div></figure>'
    )
    theorem, proof, item, nested, code = blocks(read_html(page(section("1", "W", body))))
    assert (theorem.label, theorem.title, theorem.text) == ("Theorem 1", "Turning", "It turns.")
    assert (proof.kind, proof.label) == (Kind.THEOREM, "Proof")
    assert (item.label, item.text, item.level) == ("•", "one", 1)
    assert (nested.label, nested.text, nested.level) == ("1.", "in", 2)
    assert (code.label, code.title, code.text) == ("Algorithm 1", "Turn", "if x\n  stop")


def test_pretty_printing_adds_no_spaces() -> None:
    cite = '<cite class="ltx_cite">\n   (\n     <a href="#x">1</a>\n   )\n  </cite>\n  , then.'
    (block,) = blocks(read_html(page(section("1", "W", para(f"As shown {cite}")))))
    assert block.text == "As shown (1), then."


def test_pictures_in_the_page_are_written_out(tmp_path: Path) -> None:
    data = base64.b64encode(b"picture").decode()
    figure = f'<figure class="ltx_figure"><img src="data:image/png;base64,{data}"></figure>'
    document = read_html(page(section("1", "W", para("x") + figure)), folder=tmp_path)
    (image,) = only(document, Kind.FIGURE).images
    assert (tmp_path / image.name).read_bytes() == b"picture"


def test_plain_pages() -> None:
    text = b"<h1>On wheels</h1><p>We turn.</p><h2>Spokes</h2><p>They hold.</p><script>x()</script>"
    document = read_html(text)
    assert document.title == "On wheels"
    assert [section.title for section in document.sections] == ["", "Spokes"]
    assert [block.text for block in blocks(document)] == ["We turn.", "They hold."]


@pytest.mark.parametrize("data", [b"", b"   ", b"<!-- -->", b"<html></html>"])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_html(data)


def test_deep_pages_lose_nothing() -> None:
    deep = "<div>" * 240 + "bottom" + "</div>" * 240
    assert "bottom" in " ".join(block.text for block in blocks(read_html(page(deep))))


@given(
    st.lists(st.sampled_from([*HOSTILE, "<p>", "<table><tr><td>", "<figure><figcaption>", "<li>"]))
)
def test_hostile_pages(parts: list[str]) -> None:
    document = read_html(page(para("Whole.") + "".join(parts)))
    assert "Whole." in " ".join(block.text for block in [*blocks(document), *document.front])
    for block in blocks(document):
        assert all(0 <= s.start < s.end <= len(block.text) for s in block.sentences)
        assert all(0 <= s.start <= s.end <= len(block.text) for s in block.spans)


_words = st.text(st.characters(categories=["Ll"], max_codepoint=0x24F), min_size=4, max_size=9)
_shapes = st.recursive(
    _words,
    lambda inner: st.tuples(
        st.sampled_from(["p", "div", "span", "em", "li", "td", "blockquote", "ul", "section", "a"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=12,
)


def _html(shape: object) -> str:
    if isinstance(shape, str):
        return f" {shape} "
    assert isinstance(shape, tuple)
    tag, parts = shape
    return f"<{tag}>{''.join(map(_html, parts))}</{tag}>"


def _texts(shape: object) -> list[str]:
    if isinstance(shape, str):
        return [shape]
    assert isinstance(shape, tuple)
    return [text for part in shape[1] for text in _texts(part)]


@given(_shapes)
def test_every_word_once_and_in_order(shape: object) -> None:
    document = read_html(page(section("1", "W", _html(shape))))
    found = " ".join(
        " ".join([block.text, *(cell for row in block.rows for cell in row)])
        for block in blocks(document)
    )
    assert re.findall(r"\S+", found) == [word for text in _texts(shape) for word in text.split()]
