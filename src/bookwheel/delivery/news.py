"""What a webhook is told: a heading and some papers, in plain characters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bookwheel.content.clean import clean
from bookwheel.content.plain import to_text
from bookwheel.core.key_sentence import key_sentence
from bookwheel.models import Paper
from bookwheel.queries.mail_links import paper_page

AUTHORS = 4  # named


@dataclass(frozen=True)
class Told:
    """One paper."""

    arxiv_id: str
    title: str
    address: str
    authors: str
    sentence: str
    categories: str


@dataclass(frozen=True)
class News:
    """One message. `day` is ISO; `of` names the tag, search or author."""

    kind: str  # "papers.new" or "test"
    of: str
    heading: str
    day: str
    papers: tuple[Told, ...]
    left_out: int  # papers for which there was no room
    made: datetime


def told(paper: Paper) -> Told:
    """A paper as webhooks tell it."""
    names = [to_text(" ".join(filter(None, (name[1], name[0])))) for name in paper.authors]
    more = f" (+{len(names) - AUTHORS})" if len(names) > AUTHORS else ""
    return Told(
        arxiv_id=paper.arxiv_id,
        title=clean(to_text(paper.title)),
        address=paper_page(paper),
        authors=clean(", ".join(names[:AUTHORS])) + more,
        sentence=clean(to_text(key_sentence(paper.abstract, paper.title))),
        categories=paper.categories,
    )


def as_data(news: News) -> dict[str, Any]:
    """The message as plain JSON, which `docs/delivery.md` describes."""
    return {
        "of": news.of,
        "day": news.day,
        "text": news.heading,
        "left_out": news.left_out,
        "papers": [
            {
                "arxiv_id": each.arxiv_id,
                "title": each.title,
                "url": each.address,
                "arxiv_url": f"https://arxiv.org/abs/{each.arxiv_id}",
                "authors": each.authors,
                "sentence": each.sentence,
                "categories": each.categories.split(),
            }
            for each in news.papers
        ],
    }
