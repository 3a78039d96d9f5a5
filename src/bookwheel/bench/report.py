"""What a run of the bench prints: a table for people, or JSON for programs, with where it was made.

A row is one method under one condition; its keys are the names of the measures.
Leaves out: progress and remarks, which go to standard error.
"""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import orjson
from rich.console import Console, JustifyMethod
from rich.table import Table

Value = str | int | float | None
Row = Mapping[str, Value]

FRACTION = 1.5  # numbers below are shares, or differences of shares
WIDTH = 240  # characters that a line may have: no figure is cut off, a narrow terminal wraps
AGAINST, GAIN = "against", "_gain"  # the method compared with, and the end of what is more than its
_LOW, _HIGH = "_low", "_high"  # a measure's interval stands beside it under these names
_CONDITIONS = ("method", "likes")


def show(rows: Sequence[Row], *, as_json: bool) -> None:
    """Print rows to standard output."""
    if as_json:
        told = {"methods": rows, "machine": machine(), "commit": commit()}
        click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
        return
    console = Console(width=WIDTH, highlight=False)
    for made in tables(rows):
        console.print(made)
    click.echo(f"{machine()}; commit {commit() or 'unknown'}")


def tables(rows: Sequence[Row]) -> list[Table]:
    """Rows as a table, and their gains as a second one if there are any.

    An interval stands in the cell of its measure.
    """
    gains = [{name: row.get(name) for name in _about_gains(row)} for row in rows if AGAINST in row]
    rest = [{name: row[name] for name in row if not _tells_gain(name)} for row in rows]
    return [_table(some) for some in (rest, gains) if some]


def _tells_gain(name: str) -> bool:
    return name == AGAINST or GAIN in name


def _about_gains(row: Row) -> list[str]:
    return [name for name in row if name in _CONDITIONS or _tells_gain(name)]


def _table(rows: Sequence[Row]) -> Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    shown = [name for name in names if not _is_bound(name, names)]
    made = Table(box=None, pad_edge=False)
    for name in shown:
        justify: JustifyMethod = "left" if name == "method" else "right"
        made.add_column(name.replace(GAIN, " gain"), justify=justify, no_wrap=True)
    for row in rows:
        made.add_row(*(_cell(row, name) for name in shown))
    return made


def _is_bound(name: str, names: Sequence[str]) -> bool:
    return any(name.removesuffix(end) in names for end in (_LOW, _HIGH) if name.endswith(end))


def _cell(row: Row, name: str) -> str:
    value, low, high = row.get(name), row.get(name + _LOW), row.get(name + _HIGH)
    if low is None or high is None:
        return _text(value)
    return f"{_text(value)} ({_text(low)} to {_text(high)})"


def _text(value: Value) -> str:
    if value is None:
        return "–"
    if not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) else value
    return f"{value:,.1f}" if abs(value) >= FRACTION else f"{value:.3f}"


def machine() -> str:
    """Processor, cores, memory, system and Python, in words."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    parts = [_processor(), f"{cores} cores", _memory(), platform.system()]
    return ", ".join([*filter(None, parts), f"Python {platform.python_version()}"])


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return ""
    return f"{size / 2**30:.0f} GB"


def commit() -> str | None:
    """The commit of the sources, `-dirty` when they were changed; None outside a checkout."""
    folder = Path(__file__).parent
    told = _git(folder, "ls-files", "--error-unmatch", Path(__file__).name)
    if told is None:  # installed, perhaps inside somebody else's repository
        return None
    return _git(folder, "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty")


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
