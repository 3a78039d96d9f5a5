"""Finds the paper among the files of a package, and the files that it asks for.

Leaves out: unpacking (`archive.py`), reading (`tex_reader.py`).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from bookwheel.content.fulltext.archive import Package
from bookwheel.errors import UnreadableError

_MAIN = re.compile(r"^[^%\n]*\\document(?:class|style)\b", re.M)
_BEGIN = re.compile(r"^[^%\n]*\\begin\s*\{document\}", re.M)
_TITLE = re.compile(r"^[^%\n]*\\title\b", re.M)
_PLAIN = re.compile(r"\\(?:bye|magnification|end\b|input|section|centerline|bf\b)")
_SMALL_PARTS = re.compile(
    r"(?:supp|appendix|response|rebuttal|cover|letter|figure|standalone)", re.I
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".pdf", ".eps", ".ps", ".svg")
MOST_INPUTS = 2_000


@dataclass(slots=True)
class Sources:
    """The files of one paper."""

    package: Package
    main: str
    inputs: int = 0
    paths: list[str] = field(default_factory=list)  # of \\graphicspath

    def text(self, name: str, suffix: str = ".tex") -> str | None:
        """Text of a file that the paper asks for."""
        self.inputs += 1
        found = self.find(name, ("", suffix)) if self.inputs < MOST_INPUTS else None
        return None if found is None else decoded(self.package.files[found])

    def find(self, name: str, suffixes: tuple[str, ...]) -> str | None:
        """A file of this name, beside the main file or at the top of the package."""
        name = name.strip().strip('"')
        folder = posixpath.dirname(self.main)
        for place in (folder, "", *self.paths):
            for suffix in suffixes:
                path = posixpath.normpath(posixpath.join(place, name + suffix))
                if path in self.package.files:
                    return path
        return None

    def picture(self, name: str) -> str | None:
        """The file of a picture, its ending given or not."""
        return self.find(name, ("", *_PICTURES, *map(str.upper, _PICTURES)))

    def bbl(self) -> str | None:
        """The bibliography that BibTeX made: of the main file's name, or the only one."""
        files = self.package.files
        beside = f"{self.main.rpartition('.')[0]}.bbl"
        others = [name for name in files if name.endswith(".bbl")]
        found = beside if beside in files else (others[0] if len(others) == 1 else "")
        return decoded(files[found]) if found else None

    def bib(self) -> str:
        """All `.bib` files of the package, for want of what BibTeX makes of them."""
        files = self.package.files
        return "\n".join(decoded(files[name]) for name in sorted(files) if name.endswith(".bib"))


def sources(package: Package) -> Sources:
    """Raises UnreadableError if no file of the package is a paper in TeX."""
    texts = {
        name: decoded(data)
        for name, data in package.files.items()
        if name.lower().endswith((".tex", ".ltx", ".latex", ".txt")) or "." not in name
    }
    rated = sorted(((-_rating(name, text), len(name), name) for name, text in texts.items()))
    if not rated or rated[0][0] == 0:
        raise UnreadableError("No file in this package is a paper in TeX.")
    return Sources(package, rated[0][2])


def _rating(name: str, text: str) -> int:
    """How likely this is the main file."""
    rating = 8 * bool(_MAIN.search(text)) + 8 * bool(_BEGIN.search(text))
    rating += 2 * bool(_TITLE.search(text))
    if not rating:
        return int(bool(_PLAIN.search(text)))
    stem = posixpath.basename(name).lower()
    rating += stem in ("main.tex", "ms.tex", "paper.tex", "article.tex")
    return rating - bool(_SMALL_PARTS.search(stem)) + (len(text) > 5_000)


def decoded(data: bytes) -> str:
    """UTF-8, else Latin-1, as old papers are."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
