"""The command line as a whole: quick, complete, and without traces."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bookwheel import __version__
from bookwheel.cli import COMMANDS, main
from bookwheel.config import config


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bookwheel", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def test_help_lists_all_commands_and_imports_none() -> None:
    code = (
        "import sys; from bookwheel.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print([name for name in sys.modules if name in "
        "('django', 'numpy', 'tantivy') or name.startswith('bookwheel.cli.')"
        " and name != 'bookwheel.cli.lazy'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    for name, command in COMMANDS.items():
        assert f"  {name} " in done.stdout
        assert command.help in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_loaded_and_explains_itself(name: str) -> None:
    arguments = [name, "--help"] if name != "manage" else [name, "help", "check"]
    shown = CliRunner().invoke(main, arguments)
    assert shown.exit_code == 0, shown.output
    if name != "manage":
        assert f" {name} " in shown.output


def test_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"bookwheel, version {__version__}\n"


def test_an_unknown_command_is_an_error_of_usage() -> None:
    assert CliRunner().invoke(main, ["nothing"]).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data", "{}", "user", "list", "--json"],
        ["user", "list", "--json", "--data", "{}"],
        ["user", "--data={}", "list", "--json"],
    ],
)
def test_the_data_folder_may_be_named_anywhere(tmp_path: Path, arguments: list[str]) -> None:
    folder = tmp_path / "here"
    done = run(*(argument.format(folder) for argument in arguments))
    assert (done.returncode, done.stdout) == (0, '{\n  "readers": []\n}\n')
    assert (folder / "bookwheel.sqlite3").exists()


def test_a_setting_that_cannot_be_used_is_one_line() -> None:
    done = run("user", "list", BOOKWHEEL_PORT="many")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: BOOKWHEEL_PORT is 'many'")
    assert len(done.stderr.splitlines()) == 1


def test_operators_reach_djangos_commands(tmp_path: Path) -> None:
    done = run("manage", "check", "--data", str(tmp_path))
    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_only_what_needs_https_is_missing_for_deployment(tmp_path: Path) -> None:
    done = run("manage", "check", "--deploy", "--data", str(tmp_path))
    found = {word[10:14] for word in done.stderr.split() if word.startswith("(security.")}
    assert found == {"W004", "W012", "W016"}  # HSTS and two cookies
    done = run("manage", "check", "--deploy", "--data", str(tmp_path), BOOKWHEEL_HTTPS="true")
    assert done.stdout == "System check identified no issues (3 silenced).\n"


def test_help_does_not_read_the_settings() -> None:
    assert run("--help", BOOKWHEEL_PORT="many").returncode == 0
    assert config().port == 8000
