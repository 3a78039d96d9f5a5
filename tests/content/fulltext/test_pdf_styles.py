"""What journals' styles do to headings, captions and margins."""

from __future__ import annotations

from bookwheel.content.fulltext.pdf import read_pdf
from bookwheel.content.fulltext.pdf_fonts import PICTURES, character
from bookwheel.content.fulltext.pdf_lines import Line
from bookwheel.content.fulltext.pdf_text import Words
from bookwheel.core.document import Document, Kind
from made_pdfs import HEIGHT, Sheet, sheet

_WORDS = "Readers turn the wheel with one hand and find the books that they seek in front of them"


def finished(made: Sheet) -> Document:
    made.page()
    made.canvas.save()
    return read_pdf(made.buffer.getvalue(), folder=None)


def prose(made: Sheet, lines: int = 4, *, numbered: int = 0, x: float = 72) -> None:
    for line in range(lines):
        if numbered:
            made.canvas.setFont("Times-Roman", 6)
            made.canvas.drawRightString(x - 10, HEIGHT - made.y, str(numbered + line))
        made.line(f"{_WORDS},", x=x)
    made.room(4)


def test_numbers_of_lines_are_left_out_and_those_of_a_table_are_not() -> None:
    made = sheet()
    prose(made, 12, numbered=1)
    prose(made, 12, numbered=13)
    made.room(20)
    made.line("Table 1: Wheels by their number.", x=200)
    for rule in (0, 118):
        made.canvas.line(195, HEIGHT - made.y - rule + 8, 300, HEIGHT - made.y - rule + 8)
    made.room(4)
    for number in range(1, 10):
        made.line(str(number), x=200)
        made.y -= 12
        made.line("Oak", x=260)
    document = finished(made)
    (table,) = (block for _, block in document.blocks() if block.kind is Kind.TABLE)
    assert table.rows == tuple((str(number), "Oak") for number in range(1, 10))
    text = " ".join(block.text for _, block in document.blocks() if block is not table)
    assert text.count(_WORDS) == 24
    assert not any(char.isdigit() for char in text)


def test_headings_in_the_styles_of_ieee_and_ams() -> None:
    made = sheet()
    prose(made)
    made.room(10)
    made.canvas.setFont("Times-Roman", 10)
    made.canvas.drawString(240, HEIGHT - made.y, "I. I")
    made.line("NTRODUCTION", size=8, x=240 + made.canvas.stringWidth("I. I", "Times-Roman", 10))
    made.room(6)
    made.canvas.setFont("Times-Italic", 10)
    told = "1) Wheels of Oak: "
    made.canvas.drawString(82, HEIGHT - made.y, told)
    made.line("We turn them by hand and look at", x=82 + made.canvas.stringWidth(told))
    prose(made)
    made.room(10)
    number = "1.1. "
    made.canvas.setFont("Times-Roman", 10)
    made.canvas.drawString(72, HEIGHT - made.y, number)
    left = 72 + made.canvas.stringWidth(number)
    made.canvas.setFont("Times-Bold", 10)
    made.canvas.drawString(left, HEIGHT - made.y, "Wheels of elm.")
    left += made.canvas.stringWidth("Wheels of elm.")
    made.line(" They are found in many a reading room", x=left)
    prose(made)
    sections = [(one.number, one.title) for one in finished(made).sections if one.title]
    assert sections == [("I", "INTRODUCTION"), ("", "Wheels of Oak"), ("1.1", "Wheels of elm")]


def test_a_label_alone_above_a_wider_title_is_a_caption() -> None:
    made = sheet()
    prose(made)
    made.room(30)
    made.line("TABLE II", size=8, x=288)
    made.line("TIME THAT READERS OF THE WHEEL NEED", size=8, x=225)
    made.room(6)
    for rule in (0, 30):
        made.canvas.line(220, HEIGHT - made.y - rule, 400, HEIGHT - made.y - rule)
    made.room(12)
    for left, right in (("Wheel", "14"), ("Desk", "28")):
        made.line(left, x=225)
        made.y -= 12
        made.line(right, x=340)
    made.room(30)
    prose(made)
    (table,) = (block for _, block in finished(made).blocks() if block.kind is Kind.TABLE)
    assert (table.label, table.text) == ("TABLE II", "TIME THAT READERS OF THE WHEEL NEED")
    assert table.rows == (("Wheel", "14"), ("Desk", "28"))


def test_a_heading_of_two_lines_is_one_title() -> None:
    made = sheet()
    prose(made)
    made.room(12)
    made.line("2 Reducing reading to the turning of con-", size=13)
    made.line("tinuous wheels", size=13, x=82)
    made.room(6)
    prose(made)
    (section,) = (one for one in finished(made).sections if one.title)
    assert (section.number, section.title) == (
        "2",
        "Reducing reading to the turning of continuous wheels",
    )


def test_pictures_of_letters_have_ligatures() -> None:
    codes = (0x0C, 0x0B, 0x1C, 0x5C, 0x22, 0xFF, 0x61)
    assert [character(code, PICTURES) for code in codes] == list("\ufb01\ufb00\ufb01“”ßa")


def test_an_adverb_keeps_its_hyphen() -> None:
    words = Words([Line(0, 0.0, 10.0, "They are connected here")])
    assert words.keeps("simply", "connected")
    assert not words.keeps("inter", "lude")
