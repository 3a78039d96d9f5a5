"""Translations: finds what the sources mark, brings the catalogues up to it, compiles them.

`make locale` runs it. A language is a folder with a `django.po` under `src/bookwheel/locale/`;
translators edit that file only. What the libraries say is translated by the libraries.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1] / "src" / "bookwheel"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {
    "templates/**.html": {  # as in web/jinja.py
        "silent": "false",
        "newstyle_gettext": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
    }
}
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2)}


def catalogues() -> list[Path]:
    """The files that translators edit."""
    return sorted(PACKAGE.glob("locale/*/LC_MESSAGES/django.po"))


def extracted() -> Catalog:
    """All that is marked for translation, in the order of its words."""
    found = Catalog(project="Bookwheel", charset="utf-8")
    for *_, text, comments, context in extract_from_dir(
        PACKAGE, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(text, auto_comments=comments, context=context)
    return found


def read(path: Path) -> Catalog:
    """A catalogue as it lies there."""
    with path.open("rb") as file:
        found = read_po(file, locale=path.parts[-3])
    found.project, found.version = "Bookwheel", ""
    found.msgid_bugs_address = found.last_translator = found.language_team = ""
    return found


def compiled(catalogue: Catalog) -> bytes:
    """The form that programs read."""
    made = io.BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def main() -> None:
    """Bring every catalogue up to the sources and compile it."""
    for path in catalogues():
        catalogue = read(path)
        catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, no_location=True, sort_output=True, width=96)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    main()
