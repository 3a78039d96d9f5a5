"""The last gate: the only place where text of ours is declared to be safe HTML.

What comes here was made by escaping; nh3 is the second lock, for the day on which somebody forgets.
It costs about 10 µs for a title and an abstract.
"""

from __future__ import annotations

import nh3
from markupsafe import Markup

_CLEANER = nh3.Cleaner(
    tags={"a", "code", "em", "mark", "p", "span", "strong", "sub", "sup", "u"},
    attributes={"a": {"href"}},
    tag_attribute_values={
        "a": {"rel": {"noopener nofollow"}},
        "span": {"class": {"math", "math display"}},
    },
    url_schemes={"http", "https"},
    link_rel=None,
)

_MARKDOWN = nh3.Cleaner(
    tags={
        *("a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol"),
        *("p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    },
    attributes={"a": {"href"}, "ol": {"start"}},
    tag_attribute_values={
        "a": {"rel": {"noopener nofollow"}},
        "span": {"class": {"math", "math display"}},
    },
    url_schemes={"http", "https"},
    link_rel=None,
)


def passed_markdown(html: str) -> Markup:
    """As `passed`, for text with blocks: lists, tables, code."""
    return Markup(_MARKDOWN.clean(html))  # noqa: S704


# Full texts have more: anchors that the page's script reads, highlights, references.
_TEXT_CLEANER = nh3.Cleaner(
    tags={"a", "code", "em", "mark", "p", "span", "strong", "sub", "sup"},
    attributes={"a": {"href", "class"}, "mark": {"class", "id"}, "span": {"class"}},
    generic_attribute_prefixes={"data-"},
    tag_attribute_values={"a": {"rel": {"noopener nofollow"}}},
    url_schemes={"http", "https"},
    link_rel=None,
)


def passed(html: str) -> Markup:
    """Declare HTML safe to show, after taking out whatever it must not contain."""
    return Markup(_CLEANER.clean(html))  # noqa: S704 - this is what the gate is for


def passed_text(html: str) -> Markup:
    """The same for a piece of a full text, which may be marked and refer to other pieces."""
    return Markup(_TEXT_CLEANER.clean(html))  # noqa: S704 - this is what the gate is for
