"""Figures, tables and algorithms of an HTML page, with captions, parts, cells and pictures.

Leaves out: drawings in SVG (said in the document's warnings).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import unquote

from bookwheel.content.fulltext.build import Draft
from bookwheel.content.fulltext.html_blocks import code_text
from bookwheel.content.fulltext.html_flow import Page, inside, visit
from bookwheel.content.fulltext.html_parse import (
    Element,
    caption_of,
    child,
    classes,
    descendants,
    flat,
)
from bookwheel.content.fulltext.inline import Text
from bookwheel.core.document import Image, Kind

WIDEST = 200  # columns that one cell may span
_SMALL = 48  # pixels: a picture in a line of text that is no figure
_DATA = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_LARGEST_DATA = 20_000_000  # characters


def float_(page: Page, element: Element) -> None:
    """A figure, table or algorithm."""
    caption = caption_of(element)
    if page.captured:
        inside(page, element)
        return
    page.flush()
    rest = _escaped(element)
    for one in rest:
        element.remove(one)
    if caption is None:
        with _collecting(page, page.part_of, page.float_label) as images:
            inside(page, element)
            page.flush()
        _uncaptioned(page, images, [element.get("id", "")])
        page.builder.join_tables()
    else:
        _captioned(page, element, caption)
    for one in rest:
        visit(page, one)
        page.write(one.tail)


def _escaped(element: Element) -> list[Element]:
    """Sections inside a float: where LaTeXML met what it did not know, it may not see its end."""
    children = [one for one in element if isinstance(one.tag, str)]
    for place, one in enumerate(children):
        if one.tag == "section" or any(True for _ in one.iterdescendants("section")):
            return children[place:]
    return []


def _captioned(page: Page, element: Element, caption: Element) -> None:
    label, text = _caption(page, caption)
    label = f"{page.float_label}{label}" if label.startswith("(") else label
    key = element.get("id") or f"float {id(element)}"
    notes, page.notes = page.notes, []
    table = None if _has_parts(element) else _first_table(element)
    listing = _listing(element)
    left_out = [one for one in (caption, table, listing) if one is not None]
    page.taken.update(left_out)
    with _collecting(page, key, label) as images:
        inside(page, element)
        page.flush()
    heads, rows = table_rows(page, table) if table is not None else (0, ())
    kind = _kind(element, bool(rows), listing is not None, bool(images))
    is_code = kind is Kind.CODE and listing is not None
    page.add(
        Draft(
            kind,
            Text(code_text(listing)) if is_code and listing is not None else text,
            label=label,
            title=text.text if is_code else "",
            heads=heads,
            rows=rows,
            images=images,
            keys=[key],
        )
    )
    page.notes = notes + page.notes
    page.flush_notes()


@contextmanager
def _collecting(page: Page, key: str, label: str) -> Iterator[list[Image]]:
    """Collect the pictures of a float; what else stands in it is part of it."""
    before = page.images, page.part_of, page.float_label, page.keys
    images: list[Image] = []
    page.images, page.part_of, page.float_label, page.keys = images, key, label, []
    yield images
    page.images, page.part_of, page.float_label, page.keys = before


def _uncaptioned(page: Page, images: Sequence[Image], keys: Sequence[str]) -> None:
    if not images:
        return
    if page.images is not None:  # panels belong to the figure around them
        page.images += images
    else:
        page.add(Draft(Kind.FIGURE, images=images, keys=keys))


def _caption(page: Page, caption: Element) -> tuple[str, Text]:
    tag = child(caption, "ltx_tag")
    label = flat(tag).strip(" .:\u2003") if tag is not None else ""
    if tag is not None:
        page.taken.add(tag)
    return label, page.capture(caption)


def _has_parts(element: Element) -> bool:
    return any(caption_of(one) is not None for one in element.iterdescendants("figure"))


def _first_table(element: Element) -> Element | None:
    for one in descendants(element, "ltx_tabular"):
        if not is_layout(one):
            return one
    return next((one for one in element.iterdescendants("table") if _is_plain_table(one)), None)


def _is_plain_table(element: Element) -> bool:
    return not any(name.startswith("ltx_") for name in classes(element)) and not is_layout(element)


def _listing(element: Element) -> Element | None:
    found = [*descendants(element, "ltx_listing"), *descendants(element, "ltx_verbatim")]
    return found[0] if len(found) == 1 else None


def _kind(element: Element, has_rows: bool, has_code: bool, has_images: bool) -> Kind:
    names = classes(element)
    if "ltx_table" in names or (has_rows and not has_images and "ltx_figure" not in names):
        return Kind.TABLE
    return Kind.CODE if has_code and "ltx_figure" not in names else Kind.FIGURE


def is_layout(element: Element) -> bool:
    """Whether a table only puts pictures or figures beside each other."""
    return any(True for _ in element.iterdescendants("figure", "img", "svg"))


def table(page: Page, element: Element) -> None:
    """A table without caption, or one inside a figure."""
    if page.captured or is_layout(element):
        inside(page, element)
        page.line.write(" ")
        return
    page.flush()
    heads, rows = table_rows(page, element)
    if rows:
        page.add(Draft(Kind.TABLE, heads=heads, rows=rows, keys=[element.get("id", "")]))
    page.flush_notes()


def table_rows(page: Page, element: Element) -> tuple[int, list[list[str]]]:
    """How many rows are heads, and the text of every cell; a wide cell leaves empty ones behind."""
    rows: list[list[str]] = []
    heads, at_top = 0, True
    for row in _own(element, element, ("tr",), "ltx_tr"):
        cells = [
            text
            for cell in _own(element, row, ("td", "th"), "ltx_td")
            for text in [page.capture(cell).text, *[""] * (_span(cell) - 1)]
        ]
        if any(cells):
            at_top = at_top and _is_head(row)
            heads += at_top
            rows.append(cells)
    return heads, rows


def _is_head(row: Element) -> bool:
    if row.getparent().tag == "thead":
        return True
    cells = [one for one in row if isinstance(one.tag, str)]
    return all(one.tag == "th" and "ltx_th_column" in classes(one) for one in cells)


def _own(table: Element, element: Element, tags: Sequence[str], name: str) -> Iterator[Element]:
    """Rows or cells of this table, not of one inside it."""
    for one in element.iterdescendants():
        if not isinstance(one.tag, str) or not (one.tag in tags or name in classes(one)):
            continue
        owner = next(above for above in one.iterancestors() if _is_table(above))
        if owner is table:
            yield one


def _is_table(element: Element) -> bool:
    return element.tag == "table" or "ltx_tabular" in classes(element)


def _span(cell: Element) -> int:
    told = cell.get("colspan") or ""
    return min(int(told), WIDEST) if told.isascii() and told.isdigit() and int(told) else 1


def image(page: Page, element: Element) -> None:
    """A picture: of the float that is open, a figure of its own, or a sign in the line."""
    width, height = _pixels(element, "width"), _pixels(element, "height")
    found = Image(_name(page, element.get("src") or ""), width, height)
    if page.images is not None:
        if found.name and "ltx_missing" not in classes(element):
            page.images.append(found)
    elif found.name and not page.captured and not page.line and max(width, height) > _SMALL:
        page.flush()
        page.add(Draft(Kind.FIGURE, images=(found,), keys=[element.get("id", "")]))


def _pixels(element: Element, side: str) -> int:
    told = re.match(r"\d{1,5}(?=(?:\.\d+)?(?:px)?$)", element.get(side) or "")
    return int(told[0]) if told else 0


def _name(page: Page, src: str) -> str:
    """The file's name beside the page; empty for what stands elsewhere or cannot be had."""
    if data := _DATA.match(src):
        return _unpacked(page, data[1].lower(), src[data.end() : _LARGEST_DATA])
    name = unquote(src.partition("?")[0].partition("#")[0]).removeprefix("./")
    is_beside = ":" not in name and "\\" not in name and not name.startswith("/")
    return name if is_beside and ".." not in name.split("/") else ""


def _unpacked(page: Page, form: str, data: str) -> str:
    """Write a picture that stands in the page itself into the folder, if there is one."""
    if page.folder is None:
        return ""
    try:
        content = base64.b64decode(data)
    except (binascii.Error, ValueError):
        return ""
    page.pictures += 1
    name = f"inline-{page.pictures}.{form}"
    (page.folder / name).write_bytes(content)
    return name


def drawing(page: Page, element: Element) -> None:  # noqa: ARG001 - a handler
    """A drawing in SVG: its labels are no sentences."""
    page.builder.warnings.append("A drawing was left out: it is part of the page, not a picture.")
