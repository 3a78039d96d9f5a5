"""Sources stay small, private to nobody's machine, and in step with what is made from them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[1]
LONGEST_FILE, LONGEST_FUNCTION = 400, 60


def tracked() -> list[Path]:
    """All files under version control, and new ones that will be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split(b"\0") if (path := ROOT / name.decode()).is_file()]


def python_files() -> list[Path]:
    folders = ("src", "tests", "bench", "tools")
    return [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    ]


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in python_files()}
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    long = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert long == {}


def test_our_own_scripts_are_short() -> None:
    scripts = (ROOT / "src" / "bookwheel" / "static").glob("*.js")
    lengths = {path.name: len(path.read_text().splitlines()) for path in scripts}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_nothing_names_a_registry_or_a_machine() -> None:
    """The brackets keep this file from holding what it looks for."""
    hosts = r"py[p]i\.org|pytho[n]hosted\.org|npm[j]s\.(org|com)|deb\.d[e]bian\.org"
    folders = r"(?<![\w.])/(w[o]rk|r[o]ot)/|(?<![\w.])/h[o]me/(?!alice/)"
    found = re.compile(f"{hosts}|{folders}")
    bad = {}
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if match := found.search(text):
            bad[str(path.relative_to(ROOT))] = match[0]
    assert bad == {}


@pytest.mark.django_db
def test_every_migration_is_made() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from bookwheel.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "heavy = {'django', 'numpy', 'scipy', 'tantivy', 'uvicorn'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
