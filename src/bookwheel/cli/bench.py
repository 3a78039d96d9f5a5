"""`bookwheel bench`: how well papers are ranked and found, and how fast, each on its own files.

Leaves out the work, which is in `bookwheel.bench`.
"""

from __future__ import annotations

import click

from bookwheel.cli.lazy import Command, Lazy

COMMANDS = {
    "recommend": Command(
        "bookwheel.cli.bench_recommend", "Rank from likes, judged by lists that people keep."
    ),
    "replay": Command(
        "bookwheel.cli.bench_replay", "Rank each month's papers for a library as it was then."
    ),
    "search": Command("bookwheel.cli.bench_search", "Search for questions with known answers."),
    "beir": Command(
        "bookwheel.cli.bench_beir",
        "Search a collection that has its own corpus.",
        database=False,
    ),
    "reading": Command(
        "bookwheel.cli.bench_reading",
        "Compare the forms of one paper: HTML, TeX, PDF.",
        database=False,
    ),
    "answers": Command(
        "bookwheel.cli.bench_answers",
        "Choose evidence; let a forger answer.",
        database=False,
    ),
    "encode": Command(
        "bookwheel.cli.bench_encode",
        "Time our encoder beside a small transformer.",
        database=False,
    ),
    "feeds": Command(
        "bookwheel.cli.bench_feeds",
        "Time the feeds of many readers for a day.",
        database=False,
    ),
    "digests": Command(
        "bookwheel.cli.bench_digests",
        "Time all readers' digests of a day, sent to a mail server.",
        database=False,
    ),
    "load": Command(
        "bookwheel.cli.bench_load",
        "Time pages while many readers use the site.",
        database=False,
    ),
    "speed": Command(
        "bookwheel.cli.bench_speed",
        "Time import, index, search, ranking and pages.",
        database=False,
    ),
}


@click.group(cls=Lazy, table=COMMANDS)
def command() -> None:
    """Measure how well papers are ranked and found, and how fast.

    Each prints a table, or JSON with --json. Needs the extra: pip install 'bookwheel[bench]'.
    """
