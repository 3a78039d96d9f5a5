r"""What TeX's commands mean in running text.

Leaves out: environments (`tex_environments.py`), mathematics (`tex_math.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bookwheel.content.fulltext import tex_walk as walk
from bookwheel.content.fulltext.build import Draft
from bookwheel.content.fulltext.inline import Text
from bookwheel.content.fulltext.tex_front import abstract, author, front, make_title, title
from bookwheel.content.fulltext.tex_macros import Macro, read_tokens
from bookwheel.content.fulltext.tex_names import CITE, DROPPED, FRONT, LAST_OF, MEASURE
from bookwheel.content.fulltext.tex_state import LEVELS, State, Theorem
from bookwheel.content.fulltext.tex_tokens import Tokens, source
from bookwheel.content.pieces import safe_address
from bookwheel.core.document import Image, Kind, Mark
from bookwheel.core.tex import ACCENTS, LETTERS

Handler = Callable[[State, str], None]
_CITED = re.compile(r"[^\s,{}]+")
_FLAT = re.compile(r"[^\w.-]+", re.ASCII)
_MEASURE = re.compile(
    r"-?[\d.]+(?:\s*(?:true)?(?:pt|em|ex|in|cm|mm|bp|pc|sp|mu)\b)?|-(?=\d|$)|(?:height|width|depth|plus|minus)(?=[\d.-]|$)"
    r"|(?:pt|em|ex|in|cm|mm|bp|pc|sp|mu)$"
)
_DEFINITION = re.compile(r"\\(?:re)?newcommand|\\def|\\newtheorem|\\DeclareMathOperator")


def section(state: State, token: str) -> None:
    """A heading."""
    starred = state.mouth.star()
    state.mouth.optional()
    title = walk.text_of(state, state.mouth.argument())
    state.flush()
    if token == "\\part":
        token, starred = "\\section", True
    number = "" if starred else state.section_number(token)
    state.current = (number, "Appendix" if state.appendix else "Section")
    shift = 1 if state.has_chapters else 0
    state.builder.divert("")
    state.builder.section(
        title.text,
        level=LEVELS[token] + shift,
        number=number,
        appendix=state.appendix,
        keys=[f"section {number} {title.text}"],
    )
    walk.labels_here(state)
    state.flush_notes()


def label(state: State, token: str) -> None:
    """Names what was numbered last."""
    del token
    key = state.mouth.name()
    state.label(key)
    if not state.float_key and not state.line:
        walk.label_of_section(state, key)


def ref(state: State, token: str) -> None:
    """A number of something else."""
    starred = state.mouth.star()
    keys = [key.strip() for key in state.mouth.name().split(",") if key.strip()]
    del starred
    for place, key in enumerate(keys):
        if place:
            state.line.write(", " if place < len(keys) - 1 or token == "\\ref" else " and ")
        number = state.known.numbers.get(key) or "??"
        kind = state.known.kinds.get(key, "")
        word = {"\\autoref": kind, "\\Cref": kind, "\\cref": kind.lower()}.get(token, "")
        with state.line.span(Mark.REF, key):
            shown = f"({number})" if token == "\\eqref" else number
            state.line.write(f"{word} {shown}" if word and not place else shown)


def cite(state: State, token: str) -> None:
    """Citations."""
    state.mouth.star()
    before = state.mouth.optional()
    after = state.mouth.optional()
    if after is None:
        before, after = None, before
    keys = _CITED.findall(state.mouth.name())
    state.known.cited.update(dict.fromkeys(keys))
    if token == "\\nocite" or not keys:
        return
    in_text = token.lower() in ("\\citet", "\\textcite", "\\citeauthor", "\\citealt", "\\citealp")
    shown = [state.known.cites.get(key, key) for key in keys]
    opening, closing, between = ("", "", "; ") if in_text else _brackets(shown)
    with state.line.span(Mark.CITE):
        state.line.write(opening)
        if before:
            state.line.copy(walk.text_of(state, before))
            state.line.write(" ")
        for place, (key, text) in enumerate(zip(keys, shown, strict=True)):
            if place:
                state.line.write(between)
            with state.line.span(Mark.CITE, key):
                state.line.write(text)
        if after:
            state.line.write(", ")
            state.line.copy(walk.text_of(state, after))
        state.line.write(closing)


def _brackets(shown: list[str]) -> tuple[str, str, str]:
    if all(text.isdigit() or " " not in text for text in shown):
        return "[", "]", ", "
    return "(", ")", "; "


def footnote(state: State, token: str) -> None:
    """A footnote, or thanks."""
    told = state.mouth.optional()
    argument = state.mouth.argument()
    content = walk.text_of(state, argument)
    if token == "\\thanks":
        if content:
            state.builder.front(Draft(Kind.PARAGRAPH, content))
        return
    number = source(told).strip() if told else str(state.step("footnote"))
    key = f"footnote {number} {len(state.notes)}"
    if token != "\\footnotetext":
        state.line.note(key)
    if content:
        state.notes.append(Draft(Kind.FOOTNOTE, content, label=number, keys=[key]))


def styled(state: State, token: str) -> None:
    """Text in a font."""
    argument = state.mouth.argument()
    with_mark(state, argument, _FONTS[token])


def with_mark(state: State, parts: Tokens, mark: Mark | None) -> None:
    """Read tokens here; mark them if they stay in one line."""
    line = state.line
    start, place, taken = line.length, len(line.spans), line.taken
    walk.here(state, parts)
    if mark and line is state.line and line.taken == taken:
        line.wrap(start, place, mark)


def transparent(state: State, token: str) -> None:
    """A command whose last argument is text; those before it say how it looks."""
    for _ in range(LAST_OF.get(token, 1) - 1):
        state.mouth.optional()
        state.mouth.argument()
    state.mouth.star()
    state.mouth.optional()
    walk.here(state, state.mouth.argument())


def dropped(state: State, token: str) -> None:
    """A command that says nothing in words, and its arguments."""
    state.mouth.star()
    state.mouth.optional()
    for _ in range(DROPPED[token]):
        state.mouth.argument()
        state.mouth.optional()


def accent(state: State, token: str) -> None:
    """An accent over the next letter."""
    argument = walk.text_of(state, state.mouth.argument()).text
    plain = argument.replace("ı", "i").replace("ȷ", "j")
    composed = plain[:1] + ACCENTS[token[1:]] + plain[1:]
    state.line.write(unicodedata.normalize("NFC", composed))


def appendix(state: State, token: str) -> None:
    """What follows are appendices."""
    del token
    state.flush()
    state.appendix = True
    state.counters["\\chapter" if state.has_chapters else "\\section"] = 0


def graphics(state: State, token: str) -> None:
    """A picture."""
    del token
    state.mouth.star()
    state.mouth.optional()
    state.mouth.optional()
    name = state.mouth.name()
    found = state.sources.picture(name)
    if found is None:
        state.builder.warnings.append(f"The picture {name[:80]} is not in the package.")
        return
    image = Image(_written(state, found))
    if state.images is not None:
        state.images.append(image)
    elif not state.captured and state.begun and not state.line:
        state.add(Draft(Kind.FIGURE, images=(image,)))


def _written(state: State, name: str) -> str:
    """Write a picture beside the document under a flat name."""
    flat = _FLAT.sub("_", name).lstrip(".")[-110:]
    if state.folder is not None:
        (state.folder / flat).write_bytes(state.sources.package.files[name])
    return flat


def graphics_path(state: State, token: str) -> None:
    """Where pictures lie."""
    del token
    folders = source(state.mouth.argument()).replace("{", " ").replace("}", " ").split()
    state.sources.paths += [folder.rstrip("/") for folder in folders[:20]]


def include(state: State, token: str) -> None:
    """Another file of the paper."""
    name = state.mouth.name()
    if token in ("\\import", "\\subimport"):
        name += state.mouth.name()
    text = state.sources.text(name)
    if text is None:
        if name:
            state.builder.warnings.append(f"The file {name[:80]} is not in the package.")
        return
    state.mouth.push(read_tokens(_body(text) if token == "\\subfile" else text))


def _body(text: str) -> str:
    _, found, rest = text.partition("\\begin{document}")
    return rest.partition("\\end{document}")[0] if found else text


def package(state: State, token: str) -> None:
    """A package that comes with the paper: what it defines is taken, nothing else."""
    del token
    options = source(state.mouth.optional() or [])
    for name in state.mouth.name().split(","):
        if name.strip() == "natbib" and "numbers" in options:
            state.counters["numeric"] = 1
        text = state.sources.text(name, ".sty")
        if text and len(text) < 200_000 and _DEFINITION.search(text):
            walk.definitions(state, read_tokens(text))


def new_theorem(state: State, token: str) -> None:
    """A kind of theorem."""
    del token
    starred = state.mouth.star()
    name = state.mouth.name()
    shared = source(state.mouth.optional() or []).strip()
    shown = walk.text_of(state, state.mouth.argument()).text
    within = source(state.mouth.optional() or []).strip()
    base = state.theorems.get(shared)
    counter = "" if starred else (base.counter if base else shared or name)
    state.theorems[name] = Theorem(shown, counter, base.within if base else within)


def ensure_math(state: State, token: str) -> None:
    """Mathematics wherever it stands."""
    del token
    parts = state.mouth.expanded(state.mouth.argument())
    state.line.math(source(part for part in parts if part != "$"))


def raised(state: State, token: str) -> None:
    """Superscripts and subscripts in text."""
    text = walk.text_of(state, state.mouth.argument()).text
    if len(text) > 12 or (text.isalpha() and len(text) > 1) or "$" in text:
        state.line.write(text)
    elif text:
        state.line.math(f"{'^' if 'super' in token else '_'}{{{text}}}")


def href(state: State, address: str) -> None:
    """A link whose text follows."""
    argument = state.mouth.argument()
    safe = safe_address(address.replace("\\", "").strip())
    line = state.line
    start, place, taken = line.length, len(line.spans), line.taken
    walk.here(state, argument)
    if safe and line.taken == taken:
        line.wrap(start, place, Mark.LINK, safe)


def measure(state: State, token: str) -> None:
    """A length or a number is set, or empty space asked for: `\\parskip=1ex`, `\\vskip 2pt`."""
    del token
    mouth = state.mouth
    if mouth.peek() == "=":
        mouth.raw()
    while (part := mouth.peek()) is not None and (found := _MEASURE.match(part)):
        mouth.raw()
        rest = part[found.end() :]
        if rest:
            mouth.push([rest])
            if not _MEASURE.match(rest):
                return


def if_then_else(state: State, token: str) -> None:
    """Not decided: the second branch is taken."""
    del token
    state.mouth.argument()
    state.mouth.argument()
    state.mouth.push(state.mouth.argument())


def caption(state: State, token: str) -> None:
    """A caption; the float that is open takes it."""
    state.mouth.star()
    if token == "\\captionof":
        state.float_kind = state.mouth.name() or state.float_kind
    state.mouth.optional()
    argument = state.mouth.argument()
    walk.number_float(state)
    kept, state.keys = state.keys, []
    text = walk.text_of(state, argument)
    state.keys = kept + state.keys
    state.captions.append(text if text else Text(" "))


def sign(state: State, token: str) -> None:
    """A letter or sign that has a name."""
    state.line.write(LETTERS[token[1:]])


def macro(body: str) -> Macro:
    """A macro of ours."""
    return Macro(0, read_tokens(body))


_FONTS: dict[str, Mark | None] = {
    **dict.fromkeys(("\\emph", "\\textit", "\\textsl", "\\underline", "\\uline"), Mark.EMPHASIS),
    "\\textbf": Mark.STRONG,
    "\\texttt": Mark.CODE,
}
REDEFINED = {f"\\{name}" for name in (*ACCENTS, *LETTERS)} | {"\\address", "\\date", "\\part"}
COMMANDS: dict[str, Handler] = {
    **dict.fromkeys((*LEVELS, "\\part"), section),
    **dict.fromkeys(_FONTS, styled),
    **dict.fromkeys(LAST_OF, transparent),
    **dict.fromkeys(DROPPED, dropped),
    **dict.fromkeys((f"\\{name}" for name in ACCENTS if name not in ("=",)), accent),
    **dict.fromkeys((f"\\{name}" for name in LETTERS), sign),
    **dict.fromkeys(
        ("\\ref", "\\eqref", "\\autoref", "\\cref", "\\Cref", "\\vref", "\\subref"), ref
    ),
    **dict.fromkeys(CITE, cite),
    **dict.fromkeys(("\\footnote", "\\thanks", "\\footnotetext"), footnote),
    **dict.fromkeys(FRONT, front),
    **dict.fromkeys(("\\input", "\\include", "\\subfile", "\\import", "\\subimport"), include),
    **dict.fromkeys(("\\textsuperscript", "\\textsubscript"), raised),
    **dict.fromkeys(MEASURE, measure),
    **dict.fromkeys(("\\caption", "\\captionof", "\\subcaption"), caption),
    **dict.fromkeys(("\\appendix", "\\appendices"), appendix),
    "\\label": label,
    "\\maketitle": make_title,
    "\\title": title,
    "\\author": author,
    "\\abstract": abstract,
    "\\includegraphics": graphics,
    "\\epsfig": graphics,
    "\\graphicspath": graphics_path,
    "\\usepackage": package,
    "\\newtheorem": new_theorem,
    "\\ensuremath": ensure_math,
    "\\ifthenelse": if_then_else,
}
