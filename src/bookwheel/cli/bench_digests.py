"""`bookwheel bench digests`: how long all readers' digests of a day take."""

from __future__ import annotations

import os

import click

from bookwheel.bench import digests, report
from bookwheel.cli import bench_display
from bookwheel.cli.bench_feeds import count
from bookwheel.config import config


@click.command()
@count("--readers", 1000, "How many readers there are.")
@count("--tags", 5, "How many tags each of them has, of ten papers each.")
@count("--papers", 1400, "New papers of the day; the fullest one is filled up.")
@count("--processes", os.cpu_count() or 1, "How many share the work.")
@bench_display.as_json
def command(readers: int, tags: int, papers: int, processes: int, as_json: bool) -> None:
    """Make and send the digests of many readers, in a copy of the installation.

    Each has twenty papers of one day. They go to a mail server on this machine, which counts them;
    it runs on the same cores. Tags are learned before.
    """
    with bench_display.display() as tell:
        rows = digests.of_installation(
            config().data,
            readers=readers,
            tags=tags,
            papers=papers,
            processes=processes,
            tell=tell,
        )
    report.show(rows, as_json=as_json)
