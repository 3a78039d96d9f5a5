"""One of several processes that make all readers' feeds of a day, or what comes before that.

    python -m bookwheel.bench.feeds_inside feeds 1400 0 2

Works on the data folder that the environment names, and prints what it did as JSON.
Leaves out the readers (`made_readers.py`) and the clock (`feeds.py`).
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from bookwheel.index.engine import Engine
    from bookwheel.models import Reader

    Done = dict[str, int]


def main(step: str, *numbers: str) -> None:
    """`make READERS TAGS`, `learn PAPERS PART PARTS` or `feeds PAPERS PART PARTS`."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
    django.setup()
    from bookwheel.bench import made_readers
    from bookwheel.queries.engine import engine

    first, *rest = map(int, numbers)
    if step == "make":
        made_readers.make(engine(), first, *rest)
        done: Done = {}
    else:
        part, parts = rest
        readers = made_readers.made()[part::parts]
        done = {"learn": learn, "feeds": feeds}[step](engine(), readers, first)
    sys.stdout.buffer.write(orjson.dumps(done))


def learn(opened: Engine, readers: list[Reader], _papers: int) -> Done:
    """Fit the tastes of all interests, as the first page of each reader would."""
    from bookwheel.queries.interests import interests, tastes_of

    fitted = [len(tastes_of(opened, interests(reader))) for reader in readers]
    return {"readers": len(readers), "models": sum(fitted)}


def feeds(opened: Engine, readers: list[Reader], papers: int) -> Done:
    """For each reader: which of the day's papers are theirs, by which tag, in which order."""
    from bookwheel.bench.filled_day import fill
    from bookwheel.queries.announced import contents
    from bookwheel.queries.arranged import arrange
    from bookwheel.queries.judged import judge

    day, count = fill(opened, papers)
    found = contents(opened, day)
    mine = 0
    for reader in readers:
        judged = judge(opened, reader, found)
        mine += len(arrange(opened, judged, judged.mine & ~judged.hidden).places)
    return {"readers": len(readers), "papers": count, "mine": mine}


if __name__ == "__main__":
    main(*sys.argv[1:])
