"""Bring the index of figures up to the full texts that are here: the newest version of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bookwheel.models import Figure, FullText, Paper
from bookwheel.queries.documents import texts_of
from bookwheel.queries.figures import figure_index
from bookwheel.shelf.figures import Captioned

Progress = Callable[[int, int], None]  # papers done, papers to do
_TOGETHER = 1000  # papers


def index_figures(paper: Paper) -> None:
    """Index the figures of a paper's newest full text, or forget them if there is none any more.

    Raises:
        DataFolderError: the index cannot be written.
    """
    if figure_index().exists:
        figure_index().put([_row(paper, texts_of(paper)[:1])])
    else:
        reindex_figures()


def reindex_figures(progress: Progress | None = None) -> int:
    """Make the whole index anew; returns how many papers are in it. Raises DataFolderError."""
    told = progress or (lambda _done, _total: None)
    figure_index().clear()
    here = FullText.objects.filter(state=FullText.State.HERE)
    newest = {text.paper_id: text for text in here.order_by("paper", "version")}
    numbers = sorted(newest)
    for at in range(0, len(numbers), _TOGETHER):
        papers = Paper.objects.in_bulk(numbers[at : at + _TOGETHER])
        figure_index().put(_row(paper, [newest[number]]) for number, paper in papers.items())
        told(min(at + _TOGETHER, len(numbers)), len(numbers))
    return len(numbers)


def _row(paper: Paper, texts: Sequence[FullText]) -> tuple[int, str, list[Captioned]]:
    return paper.pk, paper.title, [_captioned(each) for each in _figures(texts)]


def _figures(texts: Sequence[FullText]) -> Iterable[Figure]:
    return Figure.objects.filter(text__in=texts).defer("look")


def _captioned(figure: Figure) -> Captioned:
    return Captioned(figure.pk, f"{figure.label} {figure.caption}", figure.kind)
