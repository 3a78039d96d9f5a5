"""Bookwheel from a notebook.

    import bookwheel

    w = bookwheel.open("~/papers")
    w.search("graph neural networks for molecules")
    w.rank(likes=["1706.03762", "1810.04805"])

Reads a data folder as the site does. Leaves out every change: papers come in by `bookwheel import`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bookwheel.config import config, override
from bookwheel.errors import DataFolderError

if TYPE_CHECKING:
    from bookwheel.assistant.events import Answer
    from bookwheel.models import Paper
    from bookwheel.queries.found import Found


class Wheel:
    """An open data folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __repr__(self) -> str:
        return f"<bookwheel.Wheel {self.path}: {len(self):,} papers>"

    def __len__(self) -> int:
        """How many papers are held."""
        from bookwheel.models import Paper

        return Paper.objects.count()

    def paper(self, identifier: str) -> Paper:
        """One paper by arXiv identifier or link. Raises IdentifierError, NotFoundError."""
        from bookwheel.queries import found

        return found.papers([identifier])[0]

    def search(self, text: str, k: int = 10, *, sort: str = "score") -> list[Found]:
        """Search as the pages do; `sort` is "score" or "date". Raises QueryError."""
        from bookwheel.queries import found

        return found.search(text, k=k, sort=sort)

    def ask(
        self,
        question: str,
        *,
        papers: Sequence[str] = (),
        model: str | None = None,
    ) -> Answer:
        """Answer from all papers or from some; `model` writes, "" is quotations alone.

        Raises NotFoundError, ModelError.
        """
        from bookwheel.assistant.retriever import Scope
        from bookwheel.queries import asking

        return asking.answered(question, scope=Scope(papers=tuple(papers)), model=model)

    def rank(self, likes: Iterable[str], hides: Iterable[str] = (), k: int = 10) -> list[Found]:
        """Rank all other papers by what is liked and hidden. Raises NotFoundError."""
        from bookwheel.queries import found

        return found.rank(likes, hides, k=k)

    def similar(self, identifier: str, k: int = 10) -> list[Found]:
        """Papers like one paper."""
        return self.rank([identifier], k=k)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Dense vectors of texts as the index has them, float32 [n, 1024], each of length 1."""
        from bookwheel.queries.engine import encoder

        return encoder().encode(texts)


def open(path: str | Path | None = None) -> Wheel:  # noqa: A001  (read as bookwheel.open)
    """Open a data folder, the configured one if none is given; it is made if it is not there.

    One folder for a process: Django keeps its database for as long as it runs.

    Raises:
        DataFolderError: the folder cannot be used.
    """
    import django

    if path is not None:
        _choose(Path(path).expanduser().absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
    # A notebook's cells run inside an event loop, from which Django would refuse its database.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    django.setup()
    from bookwheel.actions.prepare_data_folder import prepare

    prepare()
    return Wheel(config().data)


def _choose(folder: Path) -> None:
    from django.apps import apps

    if apps.ready and folder != config().data:
        raise DataFolderError(
            f"This process already reads {config().data}. Open another folder in another process."
        )
    override(data=folder)
