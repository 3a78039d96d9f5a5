"""References out of whatever text people paste or files hold: the format is seen from the text.

Leaves out: PDFs (`pdfs.py`) and databases (`sanity.py`), which are no text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bookwheel.content.references.bibtex import read_bibtex
from bookwheel.content.references.csl import read_csl
from bookwheel.content.references.links import read_links
from bookwheel.content.references.reference import References
from bookwheel.content.references.ris import read_ris
from bookwheel.content.references.zotero import read_zotero_csv, read_zotero_rdf

READERS: dict[str, Callable[[str], References]] = {
    "bibtex": read_bibtex,
    "ris": read_ris,
    "csl": read_csl,
    "zotero-rdf": read_zotero_rdf,
    "zotero-csv": read_zotero_csv,
    "links": read_links,
}
_BIBTEX = re.compile(r"(?:^|[\s}])@\s*[A-Za-z]+\s*[{(]")
_CSV = re.compile(r'"?Key"?,"?Item Type"?,')
_RIS = re.compile(r"^\ufeff?TY  ?- ?", re.MULTILINE)


def read_references(text: str, form: str = "") -> References:
    """Read references; `form` is one of `READERS`, empty to see it from the text.

    Never raises: what cannot be read is among the problems.
    """
    return READERS[form or form_of(text)](text)


def form_of(text: str) -> str:
    """Name the format of a text."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith(("[", "{")):
        return "csl"
    if start.startswith("<") and "zotero.org/namespaces/export" in start[:2000]:
        return "zotero-rdf"
    if _CSV.match(start):
        return "zotero-csv"
    if _RIS.search(text):
        return "ris"
    return "bibtex" if _BIBTEX.search(text) else "links"


def decoded(data: bytes) -> str:
    """Text of a file: UTF-8 or UTF-16 where it is, else Latin-1 as Windows has it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
