"""Reads a paper's HTML: LaTeXML's pages as arXiv, ar5iv and LaTeXML itself serve them.

Other pages are read as far as plain HTML says what is what.
Source: LaTeXML manual, "Schema" and the class names `ltx_*` of its HTML.
Leaves out: fetching the page and its pictures.
"""

from __future__ import annotations

from pathlib import Path

from bookwheel.content.fulltext import html_blocks as blocks
from bookwheel.content.fulltext import html_floats as floats
from bookwheel.content.fulltext import html_flow as flow
from bookwheel.content.fulltext import html_front as front
from bookwheel.content.fulltext.html_equations import equation
from bookwheel.content.fulltext.html_parse import Element, descendants, flat, has, parse
from bookwheel.content.fulltext.html_references import labels, reference
from bookwheel.core.document import Document
from bookwheel.errors import UnreadableError


def read_html(data: bytes, *, folder: Path | None = None) -> Document:
    """Read a page; pictures that stand in it are written into the folder.

    Raises UnreadableError if there is no text in it.
    """
    root = parse(data)
    article = _article(root)
    page = flow.Page(
        ids=frozenset(one.get("id") for one in article.iter() if one.get("id")),
        labels=labels(article),
        folder=folder,
        is_latexml=any(True for _ in root.iter() if _is_latexml(_)),
        chapters=any(True for _ in descendants(article, "ltx_chapter")),
    )
    if any(True for _ in descendants(article, "ltx_title_document")):
        page.builder.divert("front")  # what stands before the title is not the text
    flow.inside(page, article)
    page.flush()
    _title(page, root)
    document = page.builder.finish()
    if not document.references and not any(block.text for _, block in document.blocks()):
        raise UnreadableError("There is no text in this HTML page.")
    return document


def _is_latexml(element: Element) -> bool:
    return isinstance(element.tag, str) and has(element, "ltx_document")


def _article(root: Element) -> Element:
    for name in ("ltx_document", "ltx_page_content", "ltx_page_main"):
        if (found := next(descendants(root, name), None)) is not None:
            return found
    found = root.find(".//article")
    if found is None:
        found = root.find(".//body")
    return root if found is None else found


def _title(page: flow.Page, root: Element) -> None:
    """Without a heading for it, the page's own title is the paper's."""
    found = root.find(".//head/title")
    if not page.builder.title and found is not None:
        page.builder.title = flat(found)


flow.HANDLERS.update(
    {
        **dict.fromkeys(
            [
                "ltx_part",
                "ltx_chapter",
                "ltx_section",
                "ltx_subsection",
                "ltx_subsubsection",
                "ltx_paragraph",
                "ltx_subparagraph",
                "ltx_appendix",
                "ltx_acknowledgements",
                "ltx_acknowledgement",
            ],
            blocks.section,
        ),
        **dict.fromkeys(
            [
                "ltx_ERROR",
                "ltx_TOC",
                "ltx_pagination",
                "ltx_rdf",
                "ltx_page_navbar",
                "ltx_page_header",
                "ltx_page_footer",
                "ltx_page_logo",
                "ltx_listing_data",
                "ltx_bib_cited",
                "package-alerts",
                "infobox",
                "sr-only",
                "ltx_index",
                "ltx_resource",
            ],
            flow.skip,
        ),
        **dict.fromkeys(["ltx_dates", "ltx_keywords", "ltx_classification"], front.front),
        **dict.fromkeys(["ltx_theorem", "ltx_proof"], blocks.theorem),
        **dict.fromkeys(["ltx_equation", "ltx_equationgroup", "ltx_eqn_table"], equation),
        **dict.fromkeys(["ltx_listing", "ltx_verbatim"], blocks.code),
        **dict.fromkeys(
            ["ltx_ref_self", "ltx_missing_citation", "ltx_missing_label"], blocks.missing
        ),
        **dict.fromkeys(["ltx_para", "ltx_p", "ltx_minipage"], flow.block),
        **dict.fromkeys(
            ["ltx_itemize", "ltx_enumerate", "ltx_description"], blocks.listing_of_items
        ),
        "ltx_bibliography": blocks.bibliography,
        "ltx_title_document": front.title,
        "ltx_authors": front.authors,
        "ltx_author_notes": front.note_of_authors,
        "ltx_abstract": front.abstract,
        "ltx_float": floats.float_,
        "ltx_tabular": floats.table,
        "ltx_bibitem": reference,
        "ltx_note": blocks.note,
        "ltx_cite": blocks.cite,
        "ltx_quote": blocks.quote,
        "ltx_picture": floats.drawing,
    }
)
flow.TAGS.update(
    {
        **dict.fromkeys(
            ["p", "div", "section", "article", "main", "header", "center", "address"], flow.block
        ),
        **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], blocks.heading),
        **dict.fromkeys(["ul", "ol", "dl"], blocks.listing_of_items),
        **dict.fromkeys(["td", "th", "br", "tr", "li"], flow.space),
        **dict.fromkeys(["sup", "sub"], flow.raised),
        **dict.fromkeys(
            [
                "script",
                "style",
                "nav",
                "button",
                "template",
                "noscript",
                "iframe",
                "object",
                "embed",
                "form",
                "input",
                "select",
                "textarea",
                "footer",
                "head",
                "title",
                "link",
                "meta",
                "audio",
                "video",
                "canvas",
                "hr",
            ],
            flow.skip,
        ),
        "math": flow.math,
        "a": blocks.link,
        "figure": floats.float_,
        "table": floats.table,
        "pre": blocks.code,
        "blockquote": blocks.quote,
        "img": floats.image,
        "svg": floats.drawing,
    }
)
