"""`bookwheel worker`: follow arXiv without the site."""

from __future__ import annotations

import signal
import threading

import click

from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.actions.work import work
from bookwheel.config import config


@click.command()
@click.option("--once", is_flag=True, help="Run what is due now, then end.")
def command(once: bool) -> None:
    """Fetch what arXiv announces, when it does. For sites that run with BOOKWHEEL_HARVEST=false.

    Ctrl-C or SIGTERM end it in good order. A second one waits until the first has ended.
    """
    prepare()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if config().offline:
        click.echo("Nothing will be fetched: BOOKWHEEL_OFFLINE is set.", err=True)
    work(stop, click.echo, once=once)
    click.echo("The worker has ended.")
