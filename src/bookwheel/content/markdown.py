"""Markdown of a model, a reader or an imported conversation, as HTML.

Raw HTML in it stays text; links lead to http and https only; mathematics is handed to the page's
own renderer. What comes out passes a gate of its own.
Leaves out: pictures, which would fetch from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin

from bookwheel.content.clean import clean
from bookwheel.content.gate import passed_markdown
from bookwheel.content.pieces import safe_address

Rule = Callable[[RendererHTML, Sequence[Token], int, object, object], str]
LONGEST = 200_000  # characters; what is longer is shown as plain text


def markdown_to_html(text: str) -> Markup:
    """Blocks: paragraphs, lists, tables, code, quotations. Headings begin at the third level."""
    text = clean(text)
    if len(text) > LONGEST:
        return passed_markdown(f"<p>{escape(text)}</p>")
    return passed_markdown(_reader().render(text))


def inline_to_html(text: str) -> Markup:
    """One sentence: emphasis, code, links, mathematics."""
    return passed_markdown(_reader().renderInline(clean(text)))


@cache
def _reader() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False})
    made.enable(["table", "strikethrough"]).disable("image")
    made.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    made.validateLink = _may_lead_to  # type: ignore[method-assign]
    for kind, display in (("math_inline", ""), ("math_inline_double", " display")):
        made.add_render_rule(kind, _formula(display))
    for kind in ("math_block", "math_block_label"):
        made.add_render_rule(kind, _formula(" display"))
    made.add_render_rule("heading_open", _heading)
    made.add_render_rule("heading_close", _heading)
    made.add_render_rule("link_open", _link)
    return made


def _may_lead_to(url: str) -> bool:
    return bool(safe_address(url))


def _formula(display: str) -> Rule:
    def render(
        _self: RendererHTML, tokens: Sequence[Token], at: int, _options: object, _env: object
    ) -> str:
        return f'<span class="math{display}">{escape(tokens[at].content.strip())}</span>'

    return render


def _heading(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: object, _env: object
) -> str:
    level = min(int(tokens[at].tag[1:]) + 2, 6)
    return f"<h{level}>" if tokens[at].nesting == 1 else f"</h{level}>\n"


def _link(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: object, _env: object
) -> str:
    return f'<a href="{escape(str(tokens[at].attrGet("href")))}" rel="noopener nofollow">'
