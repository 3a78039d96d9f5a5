"""What a PDF says of itself: arXiv's stamp, a DOI, a title. Only the first page is looked at.

Leaves out: the text of the paper.
"""

from __future__ import annotations

from pathlib import Path

from bookwheel.content.references import identify
from bookwheel.content.references.reference import (
    LONGEST_TITLE,
    Problem,
    Reference,
    References,
    one_line,
)

LARGEST = 200 * 1024 * 1024  # bytes
_LOOKED_AT = 6000  # characters of the first page
_NO_TITLE = ("untitled", "microsoft word", ".dvi", ".tex", ".pdf", ".doc", "arxiv:")


def read_pdfs(folder: Path) -> References:
    """Read all PDFs of a folder and its folders; the folder that one lies in is its tag."""
    found: list[Reference] = []
    problems: list[Problem] = []
    for number, path in enumerate(sorted(folder.rglob("*.[pP][dD][fF]")), 1):
        tag = "" if path.parent == folder else one_line(path.parent.name, 64)
        try:
            found.append(read_pdf(path, tags=(tag,) if tag else ()))
        except (OSError, ValueError) as error:
            problems.append(Problem(number, f"{one_line(path.name, 100)}: {error}"))
    return References("pdfs", tuple(found), tuple(problems))


def read_pdf(path: Path, tags: tuple[str, ...] = ()) -> Reference:
    """Identify one PDF. Raises ValueError where it cannot be read or says nothing of itself."""
    if path.stat().st_size > LARGEST:
        raise ValueError("it is too large")
    named = identify.arxiv_id([path.stem.replace("_", "/")], bare=True)
    title, text = _first_page(path)
    arxiv_id = identify.arxiv_id([text[:2000], text[2000:4000]]) or named
    doi = identify.doi([text[:2000], text[2000:4000], text[4000:]])
    if not (arxiv_id or doi or title):
        raise ValueError("there is no arXiv identifier, DOI or title on its first page")
    return Reference(
        title=title, arxiv_id=arxiv_id, doi=doi, note=path.name, tags=tags, kind="misc"
    )


def _first_page(path: Path) -> tuple[str, str]:
    """The title (of its properties, or else the first line) and the text of the first page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"it cannot be read ({error})") from error
    try:
        said = one_line(document.get_metadata_value("Title") or "", LONGEST_TITLE)
        page = document[0].get_textpage() if len(document) else None
        text = page.get_text_bounded()[:_LOOKED_AT] if page else ""
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"its first page cannot be read ({error})") from error
    finally:
        document.close()
    if not said or any(part in said.lower() for part in _NO_TITLE):
        said = _first_line(text)
    return said, text


def _first_line(text: str) -> str:
    lines = (one_line(line, LONGEST_TITLE) for line in text.splitlines())
    return next((line for line in lines if len(line) > 15 and "arxiv" not in line.lower()), "")
