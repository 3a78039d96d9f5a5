"""Writes the generated parts of the documentation; `make docs` runs it through cog.

Each function gives Markdown made from the program itself, so the two cannot disagree.
"""

from __future__ import annotations

import os
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

from bookwheel.cli import COMMANDS, main  # noqa: E402
from bookwheel.config import SETTINGS, Setting, variable  # noqa: E402
from bookwheel.web.urls import urlpatterns  # noqa: E402

WIDTH = 80


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
    if done.exit_code:
        raise RuntimeError(done.output)
    text = "\n".join(line.rstrip() for line in done.output.splitlines()).strip()
    asked = " ".join(["bookwheel", *names, "--help"])
    return f"```console\n$ {asked}\n{text}\n```\n" + _subcommands(names)


def _subcommands(names: Sequence[str]) -> str:
    command: click.Command | None = main
    for name in names:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), name)
    if not names or not isinstance(command, click.Group):
        return ""
    return "".join("\n" + _usage(*names, sub) for sub in command.commands)


def routes() -> str:
    """A table of all addresses of the site."""
    return _table(("address", "name", "what is there", "open to"), map(_route, urlpatterns))


def _route(pattern: URLPattern) -> tuple[str, str, str, str]:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    everybody = not getattr(pattern.callback, "login_required", True)
    what = (view.__doc__ or "").strip().split("\n")[0]
    return (
        f"`/{pattern.pattern}`",
        f"`{pattern.name}`",
        what,
        "everybody" if everybody else "readers",
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines
    )
