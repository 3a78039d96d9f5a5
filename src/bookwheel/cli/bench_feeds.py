"""`bookwheel bench feeds`: how long all readers' feeds of a day take."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click

from bookwheel.bench import feeds, report
from bookwheel.cli import bench_display
from bookwheel.config import config


def count(name: str, default: int, told: str) -> Callable[[Any], Any]:
    """An option that is a number above 0."""
    return click.option(
        name, type=click.IntRange(min=1), default=default, show_default=True, help=told
    )


@click.command()
@count("--readers", 1000, "How many readers there are.")
@count("--tags", 5, "How many tags each of them has, of ten papers each.")
@count("--papers", 1400, "New papers of the day; the fullest one is filled up.")
@count("--processes", os.cpu_count() or 1, "How many share the work.")
@bench_display.as_json
def command(readers: int, tags: int, papers: int, processes: int, as_json: bool) -> None:
    """Make the feeds of many readers for one day, in a copy of the installation.

    Their tags hold real papers of real subjects. Two times are told: until all tags are learned,
    none of them known before; and until it is known which of the day's papers are for each reader,
    by which tag and in which order.
    """
    with bench_display.display() as tell:
        rows = feeds.of_installation(
            config().data,
            readers=readers,
            tags=tags,
            papers=papers,
            processes=processes,
            tell=tell,
        )
    report.show(rows, as_json=as_json)
