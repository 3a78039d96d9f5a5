"""Displayed equations of an HTML page: one block for each number.

Leaves out: formulas in a line (`html_flow.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from bookwheel.content.fulltext.build import Draft
from bookwheel.content.fulltext.html_flow import Page, inside
from bookwheel.content.fulltext.html_parse import Element, classes, descendants, flat, tex_of
from bookwheel.content.fulltext.inline import Line, Text, clean_tex
from bookwheel.core.document import Kind


def equation(page: Page, element: Element) -> None:
    """An equation, or a group of lines, of which some have numbers."""
    if page.captured:
        inside(page, element)
        page.line.write(" ")
        return
    page.flush()
    keys = [element.get("id", "")]
    lines: list[str] = []
    for row in _rows(element):
        keys += _ids(row, element)
        label = next((flat(tag) for tag in descendants(row, "ltx_tag")), "")
        if tex := _row_tex(page, row):
            lines.append(tex)
        if label and lines:
            _add(page, lines, label, keys)
            lines, keys = [], []
    if lines:
        _add(page, lines, "", keys)
    page.flush_notes()


def _rows(element: Element) -> list[Element]:
    """The lines of a group; an equation that has none is one itself."""
    return (
        list(descendants(element, "ltx_eqn_row"))
        or list(element.iterdescendants("tr"))
        or [element]
    )


def _ids(row: Element, element: Element) -> list[str]:
    """Identifiers of a row and of what stands around it in the group."""
    found = [row.get("id", "")]
    for above in row.iterancestors():
        if above is element:
            break
        found.append(above.get("id", ""))
    return found


def _row_tex(page: Page, row: Element) -> str:
    """The formulas and words of one line, as TeX."""
    cells = [one for one in row.iterdescendants("td") if "ltx_eqn_cell" in classes(one)] or [row]
    parts = []
    for cell in cells:
        if "ltx_eqn_eqno" not in classes(cell):
            parts.append(_cell_tex(page, cell))
    return " ".join(filter(None, parts))


def _cell_tex(page: Page, cell: Element) -> str:
    parts = [_words(cell.text)]
    for one in cell:
        if isinstance(one.tag, str) and not classes(one) & {"ltx_eqn_eqno", "ltx_tag"}:
            is_math = one.tag == "math"
            parts.append(clean_tex(tex_of(one)) if is_math else _nested(page, one))
        parts.append(_words(one.tail))
    return " ".join(filter(None, parts))


def _nested(page: Page, element: Element) -> str:
    if any(True for _ in element.iterdescendants("math")):
        return _cell_tex(page, element)
    kept, page.line = page.line, Line()
    text = page.capture(element).text
    page.line = kept
    return _words(text)


def _words(text: str | None) -> str:
    shown = " ".join((text or "").split())
    if not any(character.isalnum() for character in shown):
        return shown
    return f"\\text{{{shown}}}".replace("$", "")


def _add(page: Page, lines: Sequence[str], label: str, keys: Sequence[str]) -> None:
    tex = lines[0]
    if len(lines) > 1:
        tex = "\\begin{gathered} " + " \\\\ ".join(lines) + " \\end{gathered}"
    page.add(Draft(Kind.EQUATION, Text(f"$${tex}$$"), label=label, keys=list(filter(None, keys))))
