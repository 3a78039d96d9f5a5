"""`bookwheel doctor`: what is wrong with this installation, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
import orjson

from bookwheel.cli.lazy import set_up_django
from bookwheel.config import faults

if TYPE_CHECKING:
    from bookwheel.queries.doctor import Finding

_SIGNS = {"good": "ok   ", "doubtful": "?    ", "wrong": "WRONG"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Look at settings, folder, database, index, jobs, models, mail and HTTPS.

    Changes nothing, sends no mail. Exits with 1 when something is wrong.
    """
    wrong = faults()
    found = _examined() if not wrong else []
    if as_json:
        told = {"settings": wrong, "findings": [asdict(one) for one in found]}
        click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    else:
        _print(wrong, found)
    raise SystemExit(1 if wrong or any(one.state == "wrong" for one in found) else 0)


def _examined() -> Sequence[Finding]:
    set_up_django()
    from bookwheel.queries.doctor import examine

    return list(examine())


def _print(wrong: Sequence[str], found: Sequence[Finding]) -> None:
    for fault in wrong:
        click.echo(f"WRONG settings: {fault}")
    if wrong:
        click.echo("Mend the settings first; then the rest can be looked at.")
    for one in found:
        click.echo(f"{_SIGNS[one.state]} {one.about}: {one.told}")
        if one.advice:
            click.echo(f"      do: {one.advice}")
