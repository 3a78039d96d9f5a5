"""`bookwheel user …`: accounts, by whoever runs the server."""

from __future__ import annotations

import json
import sys

import click

from bookwheel.actions.add_reader import add_reader, put_password
from bookwheel.actions.delete_reader import delete_reader
from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.errors import NotFoundError
from bookwheel.models import Reader


@click.group()
def command() -> None:
    """Add, list and remove accounts, set passwords.

    A password is asked for, or read from standard input when that is not a terminal.
    """
    prepare()


@command.command()
@click.argument("name")
@click.option(
    "--email", default="", help="For password resets by mail; can also be used to log in."
)
@click.option("--admin", is_flag=True, help="May do what only the operator may do.")
def add(name: str, email: str, admin: bool) -> None:
    """Make an account."""
    add_reader(name, _password(), email=email, admin=admin)
    click.echo(f"{name} can log in now.")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(as_json: bool) -> None:
    """List all accounts."""
    readers = [_described(reader) for reader in Reader.objects.order_by("username")]
    if as_json:
        click.echo(json.dumps({"readers": readers}, indent=2))
    for reader in () if as_json else readers:
        notes = [word for word in ("admin", "local") if reader[word]]
        click.echo("\t".join([str(reader["name"]), str(reader["email"]), *notes]))


@command.command()
@click.argument("name")
def password(name: str) -> None:
    """Set a new password; all sessions of the reader end."""
    reader = _named(name)
    put_password(reader, _password())
    reader.save(update_fields=["password"])
    click.echo(f"{name} has a new password.")


@command.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Remove an account with its tags, likes and settings, for good."""
    reader = _named(name)
    if not yes:
        click.confirm(
            f"Remove {name} with all tags, likes and settings? There is no undo", abort=True
        )
    delete_reader(reader)
    click.echo(f"{name} is gone.")


def _named(name: str) -> Reader:
    reader = Reader.objects.filter(username=name).first()
    if reader is None:
        raise NotFoundError(f"There is no account {name}. `bookwheel user list` shows all.")
    return reader


def _described(reader: Reader) -> dict[str, str | bool | None]:
    return {
        "name": reader.username,
        "email": reader.email,
        "admin": reader.is_superuser,
        "local": not reader.has_usable_password(),  # who reads alone on this machine
        "joined": reader.date_joined.isoformat(),
        "last_login": reader.last_login.isoformat() if reader.last_login else None,
    }


def _password() -> str:
    if sys.stdin.isatty():
        answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return answer
    return sys.stdin.readline().rstrip("\n")
