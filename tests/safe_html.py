"""Reads HTML as a browser would and fails on whatever untrusted text must never become."""

from __future__ import annotations

from html.parser import HTMLParser

ALLOWED = {
    "a": {"href", "rel"},
    "span": {"class"},
    **dict.fromkeys(["code", "em", "mark", "p", "strong", "sub", "sup", "u"], set()),
}


class Reading(HTMLParser):
    """What a browser would see: text, and tags that are opened and closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.feed(str(html))  # what is safe would escape what it is joined with
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= ALLOWED[tag]
        values = dict(attrs)
        if tag == "a" and attrs:
            assert (values["href"] or "").lower().startswith(("http://", "https://"))
            assert values["rel"] == "noopener nofollow"
        if tag == "span":
            assert values["class"] in ("math", "math display")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment
