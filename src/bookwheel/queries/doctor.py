"""What is wrong with an installation, and what to do: each finding a sentence of each.

Works however little works: what cannot be looked at because something before it is broken is left
out. Changes nothing. Leaves out: settings, which are read before all else (`config.faults`).
"""

from __future__ import annotations

import io
import os
import shutil
import smtplib
import ssl
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from bookwheel.config import SMTPS, config
from bookwheel.errors import BookwheelError
from bookwheel.models import Job, Reader
from bookwheel.queries.asking import models
from bookwheel.queries.health import BEHIND, health, lines
from bookwheel.queries.status import problems
from bookwheel.secret_key import NAME as KEY

GOOD, DOUBTFUL, WRONG = "good", "doubtful", "wrong"
ROOM = 500_000_000  # bytes below which a day's papers may not fit
STUCK = timedelta(hours=6)  # that no run of a job takes
PATIENCE = 5.0  # seconds for a mail server
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "glusterfs", "ceph")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: how it is, and what to do where it is not good."""

    about: str
    state: str  # GOOD, DOUBTFUL or WRONG
    told: str
    advice: str = ""


def examine() -> Iterator[Finding]:
    """Look at everything, one after the other."""
    yield from _folder(config().data)
    database = list(_database())
    yield from database
    if all(one.state != WRONG for one in database):
        for look in (_index, _jobs, _accounts, _models):
            yield from _guarded(look)
    for look in (_mail, _extras, _deployment):
        yield from _guarded(look)


def _guarded(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """A look that fails is a finding too."""
    try:
        yield from look()
    except (BookwheelError, DatabaseError, OSError) as error:
        about = look.__name__.strip("_")
        yield Finding(about, WRONG, str(error), "Mend what it says, then look again.")


def _folder(folder: Path) -> Iterator[Finding]:
    about = "data folder"
    if not folder.exists():
        told = f"{folder} is not there yet; the first command that needs it makes it."
        yield Finding(about, DOUBTFUL, told, "If your papers are elsewhere, set BOOKWHEEL_DATA.")
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(about, WRONG, f"{folder} cannot be written.", f"chown -R $USER {folder}")
    elif mode & 0o077:
        told = f"{folder} can be read by other accounts of this machine ({mode:o})."
        yield Finding(about, WRONG, told, f"chmod 700 {folder}")
    else:
        yield Finding(about, GOOD, str(folder))
    key = folder / KEY
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        told = f"Others can read {key}, with which sessions are signed."
        yield Finding(about, WRONG, told, f"chmod 600 {key}; delete it if somebody may have.")
    free = shutil.disk_usage(folder).free
    told = f"{free / 1e9:,.1f} GB free"
    low = "Make room: a full disk stops writing, reading goes on."
    yield Finding("disk", GOOD if free >= ROOM else WRONG, told, "" if free >= ROOM else low)
    if not config().database_url and (kind := _file_system(folder)) in _NETWORK:
        told = f"The data folder is on {kind}, where SQLite's locks are not safe."
        yield Finding(about, WRONG, told, "Put it on a local disk, or use PostgreSQL.")


def _file_system(folder: Path) -> str:
    """The kind of file system that a folder is on; empty where the system does not tell."""
    try:
        mounts = Path("/proc/mounts").read_text().splitlines()
    except OSError:
        return ""
    here = [line.split()[1:3] for line in mounts]
    fitting = [(place, kind) for place, kind in here if folder.resolve().is_relative_to(place)]
    return max(fitting, key=lambda one: len(one[0]), default=("", ""))[1]


def _database() -> Iterator[Finding]:
    about = "database"
    if not config().database_url and not config().database.exists():
        yield Finding(about, WRONG, "There is none yet.", "`bookwheel serve` begins one.")
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        advice = "Check the file, its owner and the disk; a backup is restored with "
        advice += "`bookwheel restore`."
        if config().database_url:
            advice = "Check BOOKWHEEL_DATABASE_URL, that the server runs, and its user's rights."
        yield Finding(about, WRONG, f"It cannot be used: {error}", advice)
        return
    kind = connection.vendor
    if pending:
        told = f"{kind}; {len(pending)} steps behind this version."
        yield Finding(about, DOUBTFUL, told, "Any command but this one brings it up to date.")
    else:
        yield Finding(about, GOOD, f"{kind}, up to date")


def _index() -> Iterator[Finding]:
    found = problems()
    for problem in found:
        told, _, advice = problem.partition(". ")
        yield Finding("index", WRONG, f"{told}.", advice)
    if not found:
        yield Finding("index", GOOD, "It has every paper once.")


def _jobs() -> Iterator[Finding]:
    now = timezone.now()
    if Job.objects.filter(started__gt=now + timedelta(minutes=5)).exists():
        told = "A job began in the future: this machine's clock, or another one's, is wrong."
        yield Finding("clock", WRONG, told, "Let NTP set the clocks of all machines.")
    stuck = Job.objects.filter(outcome=Job.Outcome.RUNNING, started__lt=now - STUCK)
    for job in stuck:
        told = f"{job.name} has been running since {job.started:%Y-%m-%d %H:%M} UTC."
        yield Finding("jobs", DOUBTFUL, told, "Start the worker again; it goes on from there.")
    well = health(now)
    state = DOUBTFUL if well.state == BEHIND else GOOD
    advice = "Run `bookwheel worker`, or `bookwheel harvest` once." if state != GOOD else ""
    yield Finding("harvest", state, "; ".join(lines(well)), advice)


def _accounts() -> Iterator[Finding]:
    chosen = config()
    able = sum(reader.has_usable_password() for reader in Reader.objects.all()[:1000])
    for_others = chosen.hosts or chosen.https or chosen.trusted_proxies
    if for_others and not able and chosen.sign_up == "closed":
        told = "The site is for others and nobody can log in."
        yield Finding("accounts", WRONG, told, "bookwheel user add NAME")
    else:
        yield Finding("accounts", GOOD, f"{able} with a password")


def _models() -> Iterator[Finding]:
    here = {one.name for one in models()}
    for setting, name in (("model", config().model), ("judge", config().judge)):
        if name and name not in here:
            told = f"BOOKWHEEL_{setting.upper()} is {name}, which is not there."
            advice = "Start its server, or choose one of `bookwheel ask --models`."
            yield Finding("language models", WRONG, told, advice)
    told = ", ".join(sorted(here)) or "none; answers consist of quotations"
    yield Finding("language models", GOOD, told)


def _mail() -> Iterator[Finding]:
    chosen = config()
    if not chosen.smtp_host:
        yield Finding("mail", GOOD, "none is sent: no BOOKWHEEL_SMTP_HOST")
        return
    address = f"{chosen.smtp_host} port {chosen.smtp_port}"
    advice = "Check BOOKWHEEL_SMTP_HOST, _PORT, _TLS, _USER and _PASSWORD."
    try:
        _greet()
    except (smtplib.SMTPException, OSError) as error:
        yield Finding("mail", WRONG, f"{address}: {error}", advice)
        return
    yield Finding("mail", GOOD, f"{address} answers and lets us in; nothing was sent")
    if not chosen.site:
        told = f"Links in mails lead to {chosen.home}."
        yield Finding("mail", DOUBTFUL, told, "Set BOOKWHEEL_SITE if readers reach it otherwise.")


def _greet() -> None:
    chosen, safe = config(), ssl.create_default_context()
    server: smtplib.SMTP
    if chosen.smtp_tls and chosen.smtp_port == SMTPS:
        server = smtplib.SMTP_SSL(
            chosen.smtp_host, chosen.smtp_port, timeout=PATIENCE, context=safe
        )
    else:
        server = smtplib.SMTP(chosen.smtp_host, chosen.smtp_port, timeout=PATIENCE)
    with server:
        if chosen.smtp_tls and chosen.smtp_port != SMTPS:
            server.starttls(context=safe)
        if chosen.smtp_user:
            server.login(chosen.smtp_user, chosen.smtp_password)
        server.noop()


def _extras() -> Iterator[Finding]:
    wanted = (
        ("postgres", "psycopg", bool(config().database_url)),
        ("rerank", "onnxruntime", bool(config().reranker)),
        ("local", "xllamacpp", bool(config().model_file)),
    )
    for extra, module, needed in wanted:
        if needed and find_spec(module) is None:
            told = f"A setting needs the extra [{extra}], which is not installed."
            yield Finding("extras", WRONG, told, f"pip install 'bookwheel[{extra}]'")


def _deployment() -> Iterator[Finding]:
    """What Django says of a site that others reach."""
    chosen = config()
    if not (chosen.hosts or chosen.https or chosen.trusted_proxies):
        return
    if not chosen.https:
        told = "Readers reach the site without HTTPS: passwords travel in the clear."
        advice = "Put a proxy with a certificate in front, then BOOKWHEEL_HTTPS=true."
        yield Finding("https", WRONG, told, advice)
        return
    if not chosen.trusted_proxies:
        told = "With HTTPS there is a proxy, and BOOKWHEEL_TRUSTED_PROXIES is 0: all visitors "
        told += "count as one, and limits on logins hit all of them together."
        yield Finding("proxies", WRONG, told, "BOOKWHEEL_TRUSTED_PROXIES=1 for one proxy.")
    try:
        call_command("check", deploy=True, fail_level="WARNING", stdout=io.StringIO())
    except SystemCheckError as error:
        yield Finding("https", WRONG, str(error), "See Django's documentation of the check.")
