"""`bookwheel digest`: look at a digest, or send all that are due."""

from __future__ import annotations

from pathlib import Path

import click
import orjson
from django.utils import timezone, translation

from bookwheel.actions.open_local_reader import open_local_reader
from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.actions.send_digests import send_digests
from bookwheel.config import config
from bookwheel.delivery.made import NOW, made
from bookwheel.delivery.mail import html_of, text_of
from bookwheel.errors import BookwheelError, MailServerError, NotFoundError
from bookwheel.models import Digest, Reader
from bookwheel.queries.digest_due import zone_of
from bookwheel.queries.digest_plan import plan_of
from bookwheel.queries.readers import accounts_exist


@click.group()
def command() -> None:
    """Look at a digest, or send all that are due."""


@command.command()
@click.option("--reader", default="", help="Whose; without it, the one who reads here alone.")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it to this file, as HTML if it ends so.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def preview(reader: str, to: Path | None, as_json: bool) -> None:
    """Print the digest of the newest listing as plain text; nothing is sent."""
    prepare()
    found = _reader(reader)
    plan = plan_of(found)
    with translation.override(plan.language or "en"), timezone.override(zone_of(found)):
        letter = made(Digest(reader=found, slot=f"{NOW} preview"), plan, timezone.now()).letter
        if letter is None:
            raise BookwheelError("There is no digest to look at.")
        if as_json:
            told = {"subject": letter.subject, "text": text_of(letter), "html": html_of(letter)}
            click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
            return
        html = to is not None and to.suffix.lower() in (".html", ".htm")
        text = html_of(letter) if html else text_of(letter)
    if to is None:
        click.echo(text, nl=False)
    else:
        to.write_text(text, encoding="utf-8")
        click.echo(f"Written to {to}.")


def _reader(name: str) -> Reader:
    if not name and not accounts_exist():
        return open_local_reader()
    found = Reader.objects.filter(username=name).first()
    if found is None:
        raise NotFoundError(f"There is no account “{name}”. Name one with --reader.")
    return found


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def send(as_json: bool) -> None:
    """Send digests and alerts that are due, once each; safe beside a worker, and for cron.

    Ends with 1 when the mail server could not be used.
    """
    prepare()
    if not config().smtp_host:
        raise MailServerError("No mail server is set (BOOKWHEEL_SMTP_HOST).")
    sent = send_digests()
    if as_json:
        told = {"states": dict(sent.states), "problem": sent.problem}
        click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    else:
        for state, count in sorted(sent.states.items()):
            click.echo(f"{state:8}  {count:,}")
        click.echo(sent.problem or "Nothing else is due.")
    raise SystemExit(1 if sent.problem else 0)
