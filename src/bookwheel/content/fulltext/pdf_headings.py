"""Headings of sections in a PDF: by type, number, name and the room around them.

Leaves out: captions and references (`pdf_captions.py`, `pdf_references.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bookwheel.content.fulltext.pdf_lines import Line

_NUMBER = re.compile(
    r"(?:(?:Appendix|APPENDIX|Section|Chapter)\s+)?"
    r"(?P<number>(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2}){0,4})(?P<stop>[.:)]?)\s+(?P<title>\S.*)"
)
_KNOWN = re.compile(
    r"(?:abstract|(?:\w+ )?introduction|background(?: and \w+(?: \w+)?)?|"
    r"related works?|preliminaries|"
    r"(?:materials and )?methods?|methodology|experiments?|experimental setup|evaluation|results|"
    r"results and discussion|discussions?|conclusions?(?: and .{3,40})?|concluding remarks|"
    r"summary(?: and .{3,40})?|limitations|future work|(?:ethics|impact|broader impact) statement|"
    r"broader impacts?|reproducibility statement|data availability(?: statement)?|"
    r"code availability|author contributions|funding|references?(?: and notes)?|bibliography|"
    r"literature cited|acknowledge?ments?|appendix|appendices|supplement(?:ary|al) materials?|"
    r"keywords|ccs concepts|conflicts? of interest|contents)",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?:[A-Z] ){4,20}[A-Z]")
_REFERENCES = re.compile(
    r"(?:references?(?: and notes)?|bibliography|literature cited)", re.IGNORECASE
)
_APPENDIX = re.compile(r"(?:supplement(?:ary|al)\b.*|append(?:ix|ices)\b.*)", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+")
_THEOREM = re.compile(
    r"(?P<label>(?:Proof of (?:Theorem|Lemma|Proposition|Corollary)|Theorem|Lemma|Proposition|"
    r"Corollary|Definition|Remark|Proof|Example|Assumption|"
    r"Claim|Conjecture|Observation|Fact|Hypothesis|Property|Problem)"
    r"(?: [A-Z]?\.?\d{1,3}(?:\.\d{1,3})*)?)(?P<end>\s*(?:\([^)]{1,80}\))?\s*[.:]{0,2}\s+)"
)
_RUN_IN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+")
_RUN_IN_LETTER = re.compile(r"(?:\d{1,2}|[a-z])\)\s+")
LONGEST = 140  # characters of a heading's line


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line says as a heading."""

    title: str
    number: str = ""
    known: bool = False
    size: float = 0.0

    @property
    def is_references(self) -> bool:
        """Whether the list of references follows."""
        return is_references(self.title)

    @property
    def is_appendix(self) -> bool:
        """Whether it says itself that it begins an appendix."""
        return bool(_APPENDIX.fullmatch(self.title)) and not self.number

    @property
    def is_abstract(self) -> bool:
        """Whether the abstract follows."""
        return self.title.lower() == "abstract"

    @property
    def is_roman(self) -> bool:
        """Whether its number is a Roman one, or a letter that could be."""
        return bool(_ROMAN.fullmatch(self.number))


def is_references(title: str) -> bool:
    """Whether this is what lists of references are called."""
    return bool(_REFERENCES.fullmatch(title.strip()))


def heading(line: Line, body: float, room: float, width: float) -> Heading | None:
    """Read a line as a heading; `room` is the space above it in line heights.

    `width` is that of its column. None if it is none.
    """
    text = line.text.strip()
    if _SPACED.fullmatch(text):  # Elsevier's "A B S T R A C T"
        text = text.replace(" ", "")
    if (
        _THEOREM.match(f"{text} ")
        or not 2 < len(text) <= LONGEST
        or not any(char.isalpha() for char in text)
    ):
        return None
    match = _NUMBER.fullmatch(text)
    if line.height < 0.93 * body and not _KNOWN.fullmatch(text):
        return None
    if match and run_in(line):
        return None
    title = (match["title"] if match else text).strip()
    known = bool(_KNOWN.fullmatch(title.strip(" .:"))) and len(title) > 4
    style = _style(line, body)
    if not _looks(match, text, title, known, style, room, line, width, body):
        return None
    return Heading(title.strip(" .:"), match["number"] if match else "", known, line.size)


def _style(line: Line, body: float) -> float:
    """How much a line stands out: 2 for bold or large type, 1 for small capitals and the like."""
    if line.size > 1.12 * body or line.share("bold") > 0.6:
        return 2.0
    letters = [char for char in line.text if char.isalpha()]
    upper = sum(char.isupper() for char in letters) / max(len(letters), 1)
    if line.share("caps") > 0.6 or (upper > 0.85 and len(letters) > 3):
        return 1.0
    return 0.7 if line.share("italic") > 0.75 else 0.0


def _looks(  # noqa: C901, PLR0913
    match: re.Match[str] | None,
    text: str,
    title: str,
    known: bool,
    style: float,
    room: float,
    line: Line,
    width: float,
    body: float,
) -> bool:
    if line.share("math") > 0.4 or line.share("mono") > 0.5:
        return False
    large = line.size > 1.12 * body
    ends = (
        text.endswith((",", ";"))
        or (text.endswith("-") and not large)
        or (text.endswith(".") and len(text) > 60)
    )
    if known and (style > 0 or room > 1.3) and not ends:
        return True
    opening = title[:1].isupper() or title[:1].isdigit() or bool(match and style >= 2)
    if ends or not opening or room < 1.08 or text[-1] in "+=−<>·":
        return False
    if match:
        plain = match["number"].isalpha() and not match["stop"] and style < 2
        numbered_item = match["stop"] == ")" or text.endswith(".")
        larger = "." in match["number"] and line.size > 1.05 * body
        return (style >= 0.7 or larger) and not plain and not (numbered_item and style < 1)
    short = line.width < 0.93 * width
    return style >= 2 and room > 1.15 and short and not text.endswith((".", "?"))


def run_in(line: Line) -> tuple[Heading, int] | None:
    """A heading at the beginning of a paragraph, in bold and with a wide space after it.

    One with a number may end with a stop instead; one that is listed, as "1)" or "a)", number
    and all in italics, ends with a colon (IEEE).

    Gives it with the number of characters that it takes.
    """
    number = _RUN_IN_NUMBER.match(line.text)
    listed = _RUN_IN_LETTER.match(line.text)
    start = listed.end() if listed else number.end() if number else 0
    end = line.lead("italic", 0) if listed else line.lead("bold", start)
    if not 2 < end - start <= 90 or end >= len(line.text):
        return None
    told = line.text[:end].rstrip()
    cut = end + len(line.text[end:]) - len(line.text[end:].lstrip())
    if cut == end and line.text[end - 1] != " ":
        return None
    wide = line.rights[cut - 1] - line.lefts[cut - 1] > 0.7 * line.size
    ended = told.endswith(":") if listed else wide or (number and told.endswith("."))
    title = line.text[start:end].strip(" .:–—")
    if not ended or not title[:1].isalnum() or len(title) < 3:
        return None
    return Heading(title, number[0].strip(" .") if number else ""), cut


def theorem(line: Line) -> tuple[str, int] | None:
    """The label of a theorem or the like that begins with this line, and its length."""
    match = _THEOREM.match(line.text)
    if match is None:
        return None
    marked = max(line.lead("bold"), line.lead("italic"), line.lead("caps"))
    return (match["label"], match.end()) if marked >= len(match["label"].split()[0]) else None
