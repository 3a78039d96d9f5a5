"""Sections, lists, theorems, listings, footnotes and links of an HTML page.

Leaves out: floats, equations, front matter, references (their own files).
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bookwheel.content.fulltext.build import Draft
from bookwheel.content.fulltext.html_flow import Mode, Page, inside, visit, with_mark
from bookwheel.content.fulltext.html_parse import Element, child, classes, descendants, flat, has
from bookwheel.content.fulltext.inline import Line, Text
from bookwheel.content.pieces import safe_address
from bookwheel.core.document import Kind, Mark

_ORDER = (
    "ltx_part",
    "ltx_chapter",
    "ltx_section",
    "ltx_subsection",
    "ltx_subsubsection",
    "ltx_paragraph",
    "ltx_subparagraph",
)
_NUMBER_WORDS = re.compile(r"^(?:Appendix|Chapter|Part|Section|§)\s*", re.IGNORECASE)
_AROUND_TITLE = " .:()\u2003"
_FRONT_NOTES = frozenset(
    f"ltx_{name}"
    for name in [
        "note_frontmatter",
        "role_institutetext",
        "role_email",
        "role_thanks",
        "role_pubyear",
    ]
)


def section(page: Page, element: Element) -> None:
    """A section of any depth; its heading and what stands in it."""
    page.flush()
    title = _title_of(element)
    is_appendix = has(element, "ltx_appendix")
    before, page.appendix = page.appendix, page.appendix or is_appendix
    if title is None:
        page.builder.here([element.get("id", "")])
        inside(page, element)
    else:
        number, text = _numbered(page, title)
        page.builder.section(
            text,
            level=_level(page, element),
            number=number,
            appendix=page.appendix,
            keys=[element.get("id", "")],
        )
        page.flush_notes()
        _but(page, element, title)
    page.flush()
    page.appendix = before


def _title_of(element: Element) -> Element | None:
    return child(element, "ltx_title")


def _but(page: Page, element: Element, left_out: Element) -> None:
    """Walk an element's inside without one child."""
    page.write(element.text)
    for one in element:
        if one is not left_out:
            visit(page, one)
        page.write(one.tail)


def _numbered(page: Page, title: Element) -> tuple[str, str]:
    """Number and title of a heading."""
    tag = child(title, "ltx_tag")
    if tag is None:
        return "", page.capture(title).text
    number = _NUMBER_WORDS.sub("", flat(tag)).strip(_AROUND_TITLE)
    kept, page.line = page.line, Line()
    page.captured += 1
    _but(page, title, tag)
    page.captured -= 1
    text, page.line = page.line.take().text, kept
    return number, text


def _level(page: Page, element: Element) -> int:
    """1 for what stands highest on this page."""
    names = classes(element)
    place = next((_ORDER.index(name) for name in _ORDER if name in names), 2)
    if "ltx_appendix" in names or place < 2:
        return 1
    return place - 1 + page.chapters


def bibliography(page: Page, element: Element) -> None:
    """The list of references; it is no section unless something else stands in it."""
    page.flush()
    if (title := _title_of(element)) is not None:
        page.taken.add(title)
    inside(page, element)
    page.flush()


def heading(page: Page, element: Element) -> None:
    """A heading that stands in no section: of a page that LaTeXML did not make, it begins one."""
    if page.is_latexml or page.captured:
        page.flush()
        inside(page, element)
        page.flush()
        return
    page.flush()
    text = page.capture(element).text
    level = int(element.tag[1])
    if level == 1 and not page.builder.title:
        page.builder.title = text
    elif text:
        page.builder.section(text, level=max(1, level - 1), keys=[element.get("id", "")])


def listing_of_items(page: Page, element: Element) -> None:
    """`<ul>`, `<ol>`, `<dl>`."""
    page.flush()
    page.lists += 1
    number = 0
    page.write(element.text)
    for one in element:
        if isinstance(one.tag, str) and has(one, "ltx_bibitem"):
            visit(page, one)
        elif isinstance(one.tag, str):
            number += one.tag == "li"
            _item(page, one, f"{number}." if element.tag == "ol" else "•")
        page.write(one.tail)
    page.lists -= 1
    page.flush()


def _item(page: Page, element: Element, mark: str) -> None:
    tag = child(element, "ltx_tag_item")
    label = flat(tag) if tag is not None else mark
    if element.tag == "dd":
        label = ""
    elif element.tag == "dt":
        label = ""
        tag = None
    with page.within(Mode(Kind.ITEM, label=label, level=page.lists)):
        if element.get("id"):
            page.keys.append(element.get("id"))
        if tag is None:
            inside(page, element)
        else:
            _but(page, element, tag)


def term(page: Page, element: Element) -> None:
    """The term of a description list: it begins the item that follows."""
    with_mark(page, element, Mark.STRONG)
    page.line.write(" ")


def quote(page: Page, element: Element) -> None:
    """A block quotation."""
    with page.within(Mode(Kind.QUOTE)):
        inside(page, element)


def theorem(page: Page, element: Element) -> None:
    """A theorem, definition, proof or the like."""
    page.flush()
    title = _title_of(element)
    label, name = _theorem_title(page, title) if title is not None else ("", "")
    with page.within(Mode(Kind.THEOREM, label=label, title=name)):
        if element.get("id"):
            page.keys.append(element.get("id"))
        if title is None:
            inside(page, element)
            return
        _but(page, element, title)
        if page.mode.label:  # nothing but lists or equations: the label must stand somewhere
            page.flush()


def _theorem_title(page: Page, title: Element) -> tuple[str, str]:
    tag = child(title, "ltx_tag")
    whole = page.capture(title).text
    if tag is None:
        return whole.strip(" .:"), ""
    label = flat(tag)
    rest = whole[len(label) :] if whole.startswith(label) else ""
    name = rest.strip(" .:\u2003")
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return label.strip(" .:"), name


def code(page: Page, element: Element) -> None:
    """A listing, or text as it was typed."""
    if page.captured:
        inside(page, element)
        return
    page.flush()
    if text := code_text(element):
        page.add(Draft(Kind.CODE, Text(text), keys=[element.get("id", "")]))


def code_text(element: Element) -> str:
    """Its lines."""
    lines = list(descendants(element, "ltx_listingline"))
    if not lines:
        return "".join(element.itertext()).strip("\n")
    return "\n".join(_code_line(line) for line in lines).strip("\n")


def _code_line(element: Element) -> str:
    page = Page(builder=_NOWHERE.builder, captured=1)
    tag = child(element, "ltx_tag")
    text = page.capture(element).text if tag is None else _untagged(page, element, tag)
    indent = "".join(element.itertext())
    blank = len(indent) - len(indent.lstrip(" \u00a0\u2003"))
    return " " * min(blank, 40) + text


def _untagged(page: Page, element: Element, tag: Element) -> str:
    number = flat(tag)
    _but(page, element, tag)
    return f"{number} {page.line.take().text}".strip()


_NOWHERE = Page()


def note(page: Page, element: Element) -> None:
    """A footnote: the line calls it, its text becomes a block behind the one that is open."""
    content = next(descendants(element, "ltx_note_content"), element)
    label, text = _note_parts(page, content)
    if "ltx_role_footnotemark" in classes(element):  # the text is elsewhere
        page.line.note(f"note {label}" if label else "")
        return
    if _is_front(classes(element)):
        page.builder.front(Draft(Kind.PARAGRAPH, text))
        return
    key = element.get("id") or f"note {id(element)}"
    page.line.note(key)
    if text:
        page.notes.append(Draft(Kind.FOOTNOTE, text, label=label, keys=[key, f"note {label}"]))


def _is_front(names: Collection[str]) -> bool:
    return any(name in _FRONT_NOTES or name.startswith("ltx_role_page") for name in names)


def _note_parts(page: Page, content: Element) -> tuple[str, Text]:
    kept, page.line = page.line, Line()
    page.captured += 1
    label = ""
    page.write(content.text)
    for one in content:
        names = classes(one) if isinstance(one.tag, str) else frozenset()
        if names & {"ltx_note_mark", "ltx_tag_note"}:
            label = label or flat(one)
        elif "ltx_note_type" not in names:
            visit(page, one)
        page.write(one.tail)
    page.captured -= 1
    text, page.line = page.line.take(), kept
    return label, text


def cite(page: Page, element: Element) -> None:
    """A citation of one or several references."""
    with_mark(page, element, Mark.CITE)


def link(page: Page, element: Element) -> None:
    """A link into the page or out of it."""
    href = (element.get("href") or "").strip()
    key = href.rpartition("#")[2] if "#" in href else ""
    if key and (href.startswith("#") or key in page.ids):
        _pointer(page, element, key)
    elif safe := safe_address(href):
        with_mark(page, element, Mark.LINK, safe)
    else:
        inside(page, element)


def _pointer(page: Page, element: Element, key: str) -> None:
    is_cite = key in page.labels
    label = page.labels.get(key, "").strip("[]() ")
    if is_cite and label and flat(element).endswith(","):  # LaTeXML had no name: "smith2017, "
        with page.line.span(Mark.CITE, key):
            page.line.write(label)
        return
    with_mark(page, element, Mark.CITE if is_cite else Mark.REF, key)


def missing(page: Page, element: Element) -> None:
    """A citation or reference that LaTeXML could not resolve."""
    is_cite = "ltx_missing_citation" in classes(element)
    with_mark(page, element, Mark.CITE if is_cite else Mark.REF)
