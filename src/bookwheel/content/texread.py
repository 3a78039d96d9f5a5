r"""Reads the TeX of titles, abstracts and names into pieces: `Erd\H{o}s`, `\emph{not}`, `50\%`.

Understands what arXiv's metadata really contains and shows the rest as it is written; nothing is
ever refused or executed, and the time is linear in the length of the text.
Leaves out: where formulas stand (`core/formulas.py`) and how they are shown (`math.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from bookwheel.content.clean import clean
from bookwheel.content.commands import DECLARED, ESCAPED, SPACED, STYLES
from bookwheel.content.pieces import Piece, joined, safe_address
from bookwheel.content.symbols import SYMBOLS
from bookwheel.content.textokens import TOKEN
from bookwheel.core.formulas import Formula, formulas
from bookwheel.core.tex import ACCENTS, LETTERS

_LIGATURES = ("tie", "dashes", "quote", "quoted")  # not in code
_ESCAPE_IN_ADDRESS = re.compile(r"\\([_%&#~$])")


def read(text: str) -> list[Piece]:
    """Read a title, an abstract, a name or a comment."""
    text = clean(text)
    reader = _Reader(text)
    done = 0
    for formula in formulas(text):
        reader.words(done, formula.start)
        reader.formula(formula)
        done = formula.end
    reader.words(done, len(text))
    return joined(reader.finish())


@dataclass(slots=True)
class _Group:
    """One level of braces."""

    styles: tuple[str, ...]
    link: str
    closing: str = ""  # what to write at its end
    opening: int = -1  # place in `out` of a brace that is shown only if `keep` turns out to be true
    keep: bool = False


class _Reader:
    """Collects pieces; `groups` are the braces that are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[Piece] = []
        self.groups = [_Group((), "")]
        self.after_unknown = -1  # place behind the last argument of a command that is not known

    def words(self, start: int, end: int) -> None:
        """Read what stands between two formulas."""
        done = start
        for match in TOKEN.finditer(self.text, start, end):
            self.add(self.text[done : match.start()])
            if match.lastgroup in _LIGATURES and "code" in self.groups[-1].styles:
                self.add(match[0])
            else:
                _ACTIONS[match.lastgroup or ""](self, match)
            done = match.end()
        self.add(self.text[done:end])

    def formula(self, formula: Formula) -> None:
        group = self.groups[-1]
        kind = "display" if formula.display else "inline"
        self.out.append(Piece(formula.tex, group.styles, group.link, kind))

    def finish(self) -> list[Piece]:
        for group in self.groups:
            self.show_opening(group)  # braces that nobody closed are shown
        return self.out

    def add(self, text: str) -> None:
        if text:
            group = self.groups[-1]
            self.out.append(Piece(text, group.styles, group.link))
            group.keep = group.keep or "," in text  # {a, b} is a set

    def open(self, style: str = "", *, link: str = "", closing: str = "") -> None:
        """Begin a level of braces that are not shown themselves."""
        outer = self.groups[-1]
        styles = outer.styles if style in ("", *outer.styles) else (*outer.styles, style)
        self.groups.append(_Group(styles, outer.link or link, closing))

    def open_plain(self, match: re.Match[str]) -> None:
        """Begin braces that belong to no command; `{a, b}`, `x^{2}` and `\\own{a}{b}` show them."""
        before = self.text[match.start() - 1 : match.start()]
        self.open()
        group = self.groups[-1]
        group.opening = len(self.out)
        group.keep = before in ("^", "_") or match.start() == self.after_unknown
        self.out.append(Piece("", group.styles, group.link))

    def close(self, match: re.Match[str]) -> None:
        """End a level of braces."""
        if len(self.groups) == 1:
            self.add("}")
            return
        group = self.groups.pop()
        if group.keep:
            self.show_opening(group)
        self.add("}" if group.keep and group.opening >= 0 else group.closing)
        if group.closing == "}":
            self.after_unknown = match.end()

    def show_opening(self, group: _Group) -> None:
        if group.opening >= 0:
            self.out[group.opening] = Piece("{", group.styles, group.link)

    def accent(self, match: re.Match[str]) -> None:
        base = match["base1"] or match["base2"] or match["base3"]
        self.add(unicodedata.normalize("NFC", base + ACCENTS[match["accent"]]))

    def greek(self, match: re.Match[str]) -> None:
        """`\\b{eta}` is what arXiv makes of a β that it takes for TeX."""
        self.add(SYMBOLS[match["greek"].replace("{", "")])

    def verbatim(self, match: re.Match[str]) -> None:
        self.open("code")
        self.add(match["verb"])
        self.groups.pop()

    def citation(self, match: re.Match[str]) -> None:
        self.add(f"[{match['keys'].strip()}]")

    def address(self, match: re.Match[str]) -> None:
        """A link that shows its own address, which is text if it is no link that is safe."""
        written = match["url"] or "h" + (match["bare"] or "")
        address = _ESCAPE_IN_ADDRESS.sub(r"\1", written.strip())
        rest = "" if match["url"] else _after(address)
        shown = address[: len(address) - len(rest)]
        self.open(link=safe_address(shown))
        self.add(shown)
        self.groups.pop()
        self.add(rest)

    def link(self, match: re.Match[str]) -> None:
        self.open(link=safe_address(_ESCAPE_IN_ADDRESS.sub(r"\1", match["href"])))

    def command(self, match: re.Match[str]) -> None:
        name, gap, opens = match["command"], match["gap"], bool(match["opens"])
        if name in STYLES or name in DECLARED:
            self.style(name, opens=opens)
        elif name == "footnote" and opens:
            self.add(" (")
            self.open(closing=")")
        elif known := LETTERS.get(name) or SPACED.get(name):
            self.add(known)
            self.brace(opens=opens)
        elif sign := SYMBOLS.get(name):
            self.add(sign + gap)
            self.brace(opens=opens)
        else:
            self.add(match[0])
            self.brace(opens=opens, closing="}")

    def style(self, name: str, *, opens: bool) -> None:
        style = STYLES.get(name) or DECLARED.get(name, "")
        if opens:
            self.open(style)
        elif name in DECLARED and len(self.groups) > 1:
            group = self.groups[-1]
            group.opening = -1
            if style and style not in group.styles:
                group.styles = (*group.styles, style)

    def brace(self, *, opens: bool, closing: str = "") -> None:
        if opens:
            self.open(closing=closing)

    def escaped(self, match: re.Match[str]) -> None:
        self.add(ESCAPED.get(match["escaped"], match[0]))

    def braces(self, match: re.Match[str]) -> None:
        if match[0] == "{":
            self.open_plain(match)
        else:
            self.close(match)

    def tie(self, match: re.Match[str]) -> None:
        """`Fig.~2` has a space that does not break; `~5` and `10~20` say about and to."""
        before, after = self.around(match)
        glued = not before.isspace() and before not in ("", "(", "[", "/", "-") and after.strip()
        span = before.isdigit() and after.isdigit()
        self.add("\N{NO-BREAK SPACE}" if glued and not span else "~")

    def dashes(self, match: re.Match[str]) -> None:
        """`--` is a dash between words, but not in front of one: `--help`."""
        before, after = self.around(match)
        option = not before.strip() and after.isalpha() and len(match[0]) == 2
        self.add(match[0] if option else "–" if len(match[0]) == 2 else "—")

    def around(self, match: re.Match[str]) -> tuple[str, str]:
        """The characters before and after; empty at the ends of the text."""
        start, end = match.span()
        return self.text[max(start - 1, 0) : start], self.text[end : end + 1]

    def quote(self, match: re.Match[str]) -> None:
        self.add("“" if match[0] == "``" else "”")

    def quoted(self, match: re.Match[str]) -> None:
        self.add(f"‘{match['quoted']}’")

    def nothing(self, _: re.Match[str]) -> None:
        """What is for a printer only."""

    def coloured(self, _: re.Match[str]) -> None:
        self.open()


# Last group of a match -> what is done with it.
_ACTIONS: dict[str, Callable[[_Reader, re.Match[str]], None]] = {
    "base1": _Reader.accent,
    "base2": _Reader.accent,
    "base3": _Reader.accent,
    "greek": _Reader.greek,
    "verb": _Reader.verbatim,
    "keys": _Reader.citation,
    "url": _Reader.address,
    "bare": _Reader.address,
    "href": _Reader.link,
    "coloured": _Reader.coloured,
    "skipped": _Reader.nothing,
    "gap": _Reader.command,
    "opens": _Reader.command,
    "escaped": _Reader.escaped,
    "brace": _Reader.braces,
    "tie": _Reader.tie,
    "dashes": _Reader.dashes,
    "quote": _Reader.quote,
    "quoted": _Reader.quoted,
}


def _after(address: str) -> str:
    """The end of an address that rather belongs to the sentence around it."""
    end = len(address.rstrip(".,;:!?'*"))
    while (
        end and address[end - 1] == ")" and address.count("(", 0, end) < address.count(")", 0, end)
    ):
        end = len(address[: end - 1].rstrip(".,;:!?'*"))
    return address[end:]
