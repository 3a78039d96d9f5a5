r"""TeX to tokens: strings, such as `\emph`, `{`, `$`, `#1`, a space, a run of letters, `\par`.

Comments are out, `@` is a letter, what stands verbatim is one token (see `Verbatim`).
Leaves out: what the tokens do (`tex_expand.py`, `tex_reader.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Tokens = list[str]

VERBATIM = "\x00"  # begins a token: VERBATIM + environment or command + VERBATIM + text
PAR = "\\par"
_ENVIRONMENTS = (
    r"verbatim\*?|Verbatim\*?|BVerbatim|lstlisting|minted|alltt|comment|filecontents\*?|CCSXML"
)
_TOKEN = re.compile(
    rf"""(?P<comment>%[^\n]*(?:\n[ \t]*(?P<blank>\n\s*)?|$))
    |\\begin[ ]?\{{(?P<name>{_ENVIRONMENTS})\}}(?P<body>.*?)\\end[ ]?\{{(?P=name)\}}
    |\\(?P<verb>verb|lstinline)\*?(?:\[[^\]\n]*\])?(?P<mark>[^a-zA-Z\s*\[])(?P<text>[^\n]*?)(?:(?P=mark)|(?<=\{{)(?P=mark)|\}})
    |\\(?P<address>url|path|nolinkurl)\s*\{{(?P<link>[^{{}}\n]*)\}}
    |\\href\s*\{{(?P<href>(?:[^{{}}\n]|\\[{{}}])*)\}}
    |(?P<word>\\[a-zA-Z@]+)(?P<after>[ \t]*(?:\n[ \t]*(?!\s*\n))?)
    |(?P<sign>\\(?:.|\n)?)
    |(?P<parameter>\#+[1-9])
    |(?P<space>\s+)
    |(?P<special>[{{}}$&~^_\[\]*\#=<>,]|[^\\{{}}$&~^_\[\]*\#%\s=<>,]+)""",
    re.DOTALL | re.VERBOSE,
)


def tokens(text: str) -> Tokens:
    """Cut TeX into tokens."""
    found: Tokens = []
    for match in _TOKEN.finditer(
        text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    ):
        kind = match.lastgroup
        if match["comment"] is not None:
            if match["blank"]:
                found.append(PAR)
        elif match["name"]:
            found.append(f"{VERBATIM}{match['name']}{VERBATIM}{match['body']}")
        elif match["verb"]:
            found.append(f"{VERBATIM}verb{VERBATIM}{match['text']}")
        elif match["address"]:
            found.append(f"{VERBATIM}url{VERBATIM}{match['link']}")
        elif match["href"] is not None:
            found.append(f"{VERBATIM}href{VERBATIM}{match['href']}")
        elif match["word"]:
            found.append(match["word"])
            # A line that ends in a command and an empty one: the space is the paragraph's end.
        elif kind == "space" or match["space"]:
            found.append(PAR if match["space"].count("\n") > 1 else " ")
        else:
            found.append(match[0])
    return found


def source(parts: Iterable[str]) -> str:
    """Tokens as TeX again, for formulas."""
    out: list[str] = []
    for part in parts:
        if part == "\\ensuremath":
            continue
        if part.startswith(VERBATIM):
            part = verbatim(part)[1]
        if out and part[:1].isalpha() and _is_word(out[-1]):
            out.append(" ")
        out.append(" " if part == PAR else part)
    return "".join(out)


def verbatim(token: str) -> tuple[str, str]:
    """What kind of verbatim token, and its text."""
    _, name, text = token.split(VERBATIM, 2)
    return name, text


def _is_word(token: str) -> bool:
    return len(token) > 1 and token[0] == "\\" and token[-1].isalpha()


def trimmed(parts: Sequence[str]) -> Tokens:
    """Without spaces at the ends."""
    start, end = 0, len(parts)
    while start < end and parts[start] in (" ", PAR):
        start += 1
    while start < end and parts[end - 1] in (" ", PAR):
        end -= 1
    return list(parts[start:end])
