"""Writes the generated parts of the documentation; `make docs` runs it through cog.

Each function gives Markdown made from the program itself, so the two cannot disagree.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence

# Nothing of whoever runs this is read, and no key is made in their data folder.
for _name in [name for name in os.environ if name.startswith("BOOKWHEEL_")]:
    del os.environ[_name]
os.environ["BOOKWHEEL_DATA"] = tempfile.mkdtemp(prefix="bookwheel-docs-")
os.environ["DJANGO_SETTINGS_MODULE"] = "bookwheel.django_settings"

import click  # noqa: E402
import django  # noqa: E402
from click.testing import CliRunner  # noqa: E402

django.setup()

from django.urls import URLPattern  # noqa: E402

from bookwheel.api.app import api  # noqa: E402
from bookwheel.api.described import Line, groups  # noqa: E402
from bookwheel.cli import COMMANDS, main  # noqa: E402
from bookwheel.config import SETTINGS, Setting, variable  # noqa: E402
from bookwheel.web.urls import urlpatterns  # noqa: E402

WIDTH = 80
# Pages whose views are not ours, or add a little to one that is not.
OTHERS = {
    "do_language": "Choose the language of the pages.",
    "account_login": "Log in.",
    "account_logout": "Log out.",
    "account_signup": "Make an account, where the operator has opened this.",
    "account_inactive": "Says that an account is closed.",
    "account_reauthenticate": "Asks for the password once more.",
    "account_email": "Change one's mail address.",
    "account_confirm_email": "Where the link in the mail leads that confirms an address.",
    "account_change_password": "Change one's password.",
    "account_set_password": "Set a password, for whoever has none.",
    "account_reset_password": "Ask for a link to set a new password.",
    "account_reset_password_done": "Says that the link was sent.",
    "account_reset_password_from_key": "Where that link leads: set a new password.",
    "account_reset_password_from_key_done": "Says that it was set.",
    "usersessions_list": "One's sessions on all devices.",
}


def settings() -> str:
    """A table of all settings."""
    rows = [(f"`{variable(row)}`", _default(row), _help(row)) for row in SETTINGS]
    return _table(("variable", "default", "what it does"), rows)


def _default(setting: Setting) -> str:
    if setting.name == "data":  # differs from one system and user to the next
        return "`~/.local/share/bookwheel` on Linux"
    return f"`{setting.default}`" if setting.default else "empty"


def _help(setting: Setting) -> str:
    return setting.help + (f" Secret: also `{variable(setting)}_FILE`." if setting.secret else "")


def commands() -> str:
    """What `--help` of each command says."""
    parts = [_usage()]
    for name in COMMANDS:
        parts.append(f"## bookwheel {name}\n\n{_usage(name)}")
    return "\n".join(parts)


def _usage(*names: str) -> str:
    if names == ("manage",):  # hands --help on to Django
        command = main.get_command(click.Context(main), "manage")
        assert command is not None
        return f"{command.help}\n\n```console\n$ bookwheel manage check --deploy\n```\n"
    done = CliRunner().invoke(main, [*names, "--help"], prog_name="bookwheel", terminal_width=WIDTH)
    asked = " ".join(["bookwheel", *names, "--help"])
    if done.exit_code:
        raise RuntimeError(f"{asked}: {done.output}") from done.exception
    text = "\n".join(line.rstrip() for line in done.output.splitlines()).strip()
    return f"```console\n$ {asked}\n{text}\n```\n" + _subcommands(names)


def _subcommands(names: Sequence[str]) -> str:
    command: click.Command | None = main
    for name in names:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), name)
    if not names or not isinstance(command, click.Group):
        return ""
    return "".join(
        "\n" + _usage(*names, sub) for sub in command.list_commands(click.Context(command))
    )


def routes() -> str:
    """A table of all addresses of the site."""
    return _table(("address", "name", "what is there", "open to"), map(_route, urlpatterns))


def _route(pattern: URLPattern) -> tuple[str, str, str, str]:
    everybody = not getattr(pattern.callback, "login_required", True)
    address = re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))
    return (
        f"`/{address}`",
        f"`{pattern.name}`",
        _what(pattern),
        "everybody" if everybody else "readers",
    )


def _what(pattern: URLPattern) -> str:
    """A line about a view: of the file that has its name, else its own."""
    if pattern.name in OTHERS:
        return OTHERS[pattern.name]
    view = getattr(pattern.callback, "view_class", pattern.callback)
    file = view.__module__.rpartition(".")[2]
    told = sys.modules[view.__module__] if file == pattern.name else view
    if not told.__doc__:
        raise ValueError(f"nothing says what {pattern.name} is for; see OTHERS in {__file__}")
    return str(told.__doc__).strip().split("\n")[0]


def operations() -> str:
    """A table of the API's operations for each noun."""
    return "\n".join(
        f"## {name}\n\n"
        + _table(("operation", "needs", "takes", "what it does"), map(_operation, lines))
        for name, lines in groups(api)
    )


def _operation(line: Line) -> tuple[str, str, str, str]:
    takes = ", ".join(f"`{name}`" for name, _told in line.takes)
    return f"`{line.method} {line.path}`", line.scope, takes, " ".join(line.summary.split())


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines
    )
