r"""Reads a paper's TeX: one file or arXiv's source package.

It is read twice: the first reading finds the numbers that references and citations show.
Leaves out: typesetting; drawings made with TeX itself (said in the document's warnings).
"""

from __future__ import annotations

from pathlib import Path

from bookwheel.content.fulltext import tex_commands as commands
from bookwheel.content.fulltext import tex_counters as counters
from bookwheel.content.fulltext import tex_environments as environments
from bookwheel.content.fulltext import tex_lists as lists
from bookwheel.content.fulltext import tex_math as mathematics
from bookwheel.content.fulltext import tex_references as references
from bookwheel.content.fulltext import tex_walk as walk
from bookwheel.content.fulltext.archive import unpack
from bookwheel.content.fulltext.build import Draft
from bookwheel.content.fulltext.forms import Form, form_of
from bookwheel.content.fulltext.inline import Text
from bookwheel.content.fulltext.people import people
from bookwheel.content.fulltext.tex_expand import Expander
from bookwheel.content.fulltext.tex_macros import read_tokens
from bookwheel.content.fulltext.tex_source import Sources, decoded, sources
from bookwheel.content.fulltext.tex_state import LEVELS, Known, State
from bookwheel.content.fulltext.tex_tokens import VERBATIM
from bookwheel.core.document import Document, Kind
from bookwheel.errors import UnreadableError


def read_tex(data: bytes, *, folder: Path | None = None) -> Document:
    """Read TeX, packed or not; its pictures are written into the folder.

    Raises FullTextError.
    """
    package = unpack(data)
    only = next(iter(package.files.values()))
    if len(package.files) == 1 and form_of(only) is not Form.TEX:
        from bookwheel.content.fulltext.extract import extract

        return extract(only, folder)
    found = sources(package)
    first = _reading(found, Known(), None)
    second = _reading(Sources(package, found.main), first.known, folder)
    second.builder.warnings += package.warnings
    document = second.builder.finish()
    if not any(block.text for _, block in document.blocks()):
        raise UnreadableError("There is no text in this TeX.")
    return document


def _reading(found: Sources, known: Known, folder: Path | None) -> State:
    mouth = Expander(walk.COMMANDS.keys() - commands.REDEFINED, walk.ENVIRONMENTS.keys())
    state = State(found, mouth, known, folder, theorems=dict(environments.THEOREMS))
    text = decoded(found.package.files[found.main])
    state.has_chapters = "\\chapter{" in text
    state.has_title = "\\maketitle" in text.partition("\\begin{document}")[2]
    state.begun = "\\begin{document}" not in text  # plain TeX has no preamble
    mouth.push(read_tokens(text.partition("\\end{document}")[0]))
    walk.walk(state)
    state.flush()
    _authors(state)
    return state


def _authors(state: State) -> None:
    for lines in state.author_text:
        names, others = people(lines)
        state.builder.authors += names
        for other in others:
            state.builder.front(Draft(Kind.PARAGRAPH, Text(other)))


def _environments(names: str) -> list[str]:
    """Names, each also with a star."""
    return [form for name in names.split() for form in (name, f"{name}*")]


walk.COMMANDS.update(commands.COMMANDS)
walk.COMMANDS.update(
    {
        "\\item": lists.item,
        "\\newcounter": counters.new_counter,
        **dict.fromkeys(("\\stepcounter", "\\refstepcounter"), counters.step),
        **dict.fromkeys(("\\setcounter", "\\addtocounter"), counters.change),
        **dict.fromkeys(counters.PRINTED, counters.printed),
        **dict.fromkeys((name.replace("\\", "\\the") for name in LEVELS), counters.section_number),
        "\\ExplSyntaxOn": counters.programming,
        **dict.fromkeys(("\\subfigure", "\\subfloat"), environments.subfloat),
        **dict.fromkeys(
            ("\\bibliography", "\\printbibliography", "\\addbibresource"), references.bibliography
        ),
        "\\multicolumn": environments.multicolumn,
        "\\newblock": references.newblock,
    }
)
walk.ENVIRONMENTS.update(
    {
        **dict.fromkeys(environments.FLOATS, environments.float_),
        **dict.fromkeys(
            _environments(
                "equation align gather multline eqnarray flalign alignat displaymath math "
                "IEEEeqnarray dmath subequationsx"
            ),
            mathematics.environment,
        ),
        **dict.fromkeys(
            _environments("itemize enumerate description compactitem compactenum list inparaenum"),
            lists.items,
        ),
        **dict.fromkeys(_environments("tabular tabularx tabulary tblr"), environments.tabular),
        **dict.fromkeys(
            [
                "center",
                "flushleft",
                "flushright",
                "minipage",
                "small",
                "footnotesize",
                "titlepage",
                "subequations",
                "spacing",
                "landscape",
                "adjustbox",
                "multicols",
                "threeparttable",
                "tablenotes",
                "appendices",
                "frontmatter",
                "sloppypar",
                "adjustwidth",
                "tcolorbox",
                "tiny",
                "large",
                "scriptsize",
                "figurehere",
                "group",
                "singlespace",
                "doublespace",
            ],
            environments.transparent,
        ),
        **dict.fromkeys(("abstract", "keywords", "keyword"), environments.abstract),
        **dict.fromkeys(("quote", "quotation", "verse", "displayquote"), environments.quote),
        **dict.fromkeys(
            ["tikzpicture", "pspicture", "picture", "tikzcd", "forest", "pgfpicture", "CJK", "asy"],
            environments.skipped,
        ),
        **dict.fromkeys(
            ("acknowledgments", "acknowledgements", "ack"), environments.acknowledgements
        ),
        **dict.fromkeys(("algorithmic", "algorithmicx"), environments.algorithmic),
        "document": environments.document,
        "proof": environments.proof,
        "thebibliography": references.environment,
        "$": mathematics.dollar,
        "\\(": mathematics.parenthesis,
        "\\[": mathematics.bracket,
        "\\begin": environments.begin,
        "\\end": environments.end,
        f"{VERBATIM}code": environments.code,
        f"{VERBATIM}verb": environments.verb,
        f"{VERBATIM}url": environments.url,
        f"{VERBATIM}href": commands.href,
        f"{VERBATIM}comment": environments.comment,
    }
)
