"""All papers of this installation, for training an encoder on them."""

from __future__ import annotations

from collections.abc import Iterator

from bookwheel.core import papers
from bookwheel.core.papers import Author
from bookwheel.models import Paper

_CHUNK = 5_000


def papers_to_learn() -> Iterator[papers.Paper]:
    """Yield each paper with what training looks at: text, authors, categories."""
    fields = ("arxiv_id", "title", "abstract", "authors", "categories", "first_date", "last_date")
    for row in Paper.objects.order_by("id").only(*fields).iterator(chunk_size=_CHUNK):
        yield papers.Paper(
            arxiv_id=row.arxiv_id,
            title=row.title,
            abstract=row.abstract,
            authors=tuple(Author(*name) for name in row.authors),
            categories=tuple(row.categories.split()),
            versions=(),
            first_date=row.first_date,
            last_date=row.last_date,
        )
