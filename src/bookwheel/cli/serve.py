"""`bookwheel serve`: open the reading room in a browser, ready to use from the first time."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext

import click
from django.db import connections

from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.actions.reencode_behind import reencoding
from bookwheel.actions.work_behind import working
from bookwheel.config import config, override
from bookwheel.core.encoder import Encoder
from bookwheel.errors import BookwheelError, IndexDamagedError, IndexMissingError, SettingError
from bookwheel.index import encoders, manifest, model_files
from bookwheel.models import Paper
from bookwheel.queries.readers import accounts_exist
from bookwheel.web.binding import is_loopback
from bookwheel.web.counting import counted_together
from bookwheel.web.events_file import sweep
from bookwheel.web.server import WAITING, Watch

MOST_WORKERS = 4  # chosen by ourselves; each holds about 150 MB of its own


@click.command()
@click.option("--host", help="Address to listen on; anything but loopback requires accounts.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
@click.option("--workers", type=click.IntRange(0), help="Processes; 0 means one for each core.")
def command(host: str | None, port: int | None, workers: int | None) -> None:
    """Open the reading room in a browser. Ctrl-C closes it."""
    override(host=host, port=port, workers=workers)
    with counted_together(), _listen(config().host, config().port) as listener:
        prepare()
        sweep()
        if config().reranker:
            model_files.find(config().reranker)  # what is missing is said now, not to a reader
        _load_what_is_missing()
        held = _read_encoders()
        import bookwheel.asgi  # noqa: F401  (read before the workers are made, so that they share it)

        connections.close_all()
        watch = Watch(listener, config().workers or min(_cores(), MOST_WORKERS))
        _say_where(listener)
        with _new_encoder(*held), _worker():
            watch.run()
    click.echo("The reading room is closed.")


def _listen(host: str, port: int) -> socket.socket:
    """Take the port first: if it is taken, nothing else needs to be waited for.

    Raises:
        SettingError: it cannot be taken, and why.
    """
    listener = None
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # The protocol is named because asyncio sends at once (TCP_NODELAY) only where it reads TCP:
        # without it, answers to a browser that keeps its connection came 40 ms late.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(WAITING)
    except (OSError, UnicodeError) as error:  # the latter for what can be no host name
        if listener:
            listener.close()
        reason = getattr(error, "strerror", "this is no host name")
        raise SettingError(
            f"Bookwheel cannot listen on {host} port {port}: {reason}. If it is already "
            f"running there, open it; else choose another port, as in --port {port + 1}."
        ) from error
    return listener


def _load_what_is_missing() -> None:
    """Load the sample where there are no papers at all; make an index where none can be used."""
    if not Paper.objects.exists():
        click.echo("There are no papers yet. Loading the sample that comes with Bookwheel.")
        _run("import", "sample")
    elif not _index_fits():
        click.echo("There is no index for this version of Bookwheel. Making it.")
        _run("index", "--rebuild")


def _index_fits() -> bool:
    try:
        _read_encoders()
    except (IndexMissingError, IndexDamagedError):
        return False
    return True


def _read_encoders() -> tuple[Encoder, Encoder]:
    """The wanted encoder and the index's own; workers share what is read before they are made."""
    folder = config().index
    return encoders.wanted(), encoders.of(folder, manifest.load(folder))


def _new_encoder(wanted: Encoder, own: Encoder) -> AbstractContextManager[None]:
    """Make the index with the wanted encoder, if it is another one, while the site is open."""
    if wanted is own:
        return nullcontext()
    click.echo("The index was made with another encoder. It serves while a new one is made.")
    return reencoding(click.echo)


def _worker() -> AbstractContextManager[None]:
    """Follow arXiv, send mail and follow a shared database, unless somebody else does."""
    due = config().smtp_host or config().database_url or not config().offline
    if config().harvest and due:
        return working(click.echo)
    return nullcontext()


def _run(*arguments: str) -> None:
    """Run a command in a process of its own, which leaves no threads behind in this one.

    Raises:
        BookwheelError: it failed, and has said why.
    """
    done = subprocess.run([sys.executable, "-m", "bookwheel", *arguments], check=False)
    if done.returncode:
        raise BookwheelError("The reading room stays closed; the lines above say why.")


def _say_where(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Bookwheel is open at http://{shown}:{port}/ (Ctrl-C closes it)")
    if not is_loopback(config().host) and not accounts_exist():
        click.echo("Nobody can log in yet. Make an account: bookwheel user add NAME")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
