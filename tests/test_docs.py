"""Documentation says what is so: generated parts, links, names, commands and examples."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import zstandard

import bookwheel
from bookwheel.arxiv.sample import sample_path

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/**/*.md")]
    if path.is_file()
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return [text for name, text in FENCE.findall(page.read_text()) if name == language]


def prose(page: Path) -> str:
    """All that is not in a fenced block."""
    return FENCE.sub("", page.read_text())


def anchors(page: Path) -> set[str]:
    """What `#…` may name: headings as GitHub writes them."""
    heads = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", re.sub(r"\[(.*?)\]\(.*?\)", r"\1", head)) for head in heads]
    return {head.strip().lower().replace(" ", "-") for head in plain}


def test_generated_parts_are_up_to_date() -> None:
    """Every setting, command, option and address is in them; `make docs` writes them again."""
    pages = [str(page) for page in PAGES if "[[[cog" in page.read_text()]
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "-I", "tools", "--check", "--diff", *pages],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert len(pages) >= 3
    assert done.returncode == 0, done.stdout + done.stderr


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"(https?|mailto):", target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


@each_page
def test_named_files_exist(page: Path) -> None:
    """A path in backquotes stands for a file of this repository or of the package."""
    if page.name == "CHANGELOG.md":  # speaks of the past
        return
    path = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|html|css|js|md|toml|txt|sh|svg|zst|npz))`")
    places = (ROOT, ROOT / "src" / "bookwheel", ROOT / "docs", page.parent)
    missing = [
        name
        for name in path.findall(prose(page))
        if not any((place / name).exists() for place in places)
    ]
    assert missing == []


@each_page
def test_named_variables_are_settings(page: Path) -> None:
    from bookwheel.config import SETTINGS, variable

    known = {variable(row) for row in SETTINGS}
    known |= {f"{variable(row)}_FILE" for row in SETTINGS if row.secret}
    assert set(re.findall(r"BOOKWHEEL_[A-Z_]*[A-Z]", page.read_text())) <= known


def shell_lines(page: Path) -> list[list[str]]:
    """The commands of a page's console blocks, as words, without what shells do around them."""
    lines = []
    for block in blocks(page, "console"):
        for line in block.replace("\\\n", " ").splitlines():
            if prompt := re.match(r"(\$ )?((?:make|bookwheel|pip|[A-Z_]+=\S+) .*)", line):
                words = shlex.split(prompt[2], comments=True)
                cut = [at for at, word in enumerate(words) if word in ("|", ">", "<", "&&", ";")]
                words = words[: cut[0]] if cut else words
                lines.append([word for word in words if not re.match(r"[A-Z_]+=", word)])
    return [line for line in lines if line]


@each_page
def test_commands_can_be_typed(page: Path) -> None:
    """Every `bookwheel …` in a console block names a command and options that there are."""
    from bookwheel.cli import main

    for program, *words in shell_lines(page):
        if program != "bookwheel":
            continue
        command: click.Command = main
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            name = words.pop(0)
            found = command.get_command(click.Context(command), name)
            assert found, f"there is no command {name}"
            command = found
        context = click.Context(command, **command.context_settings)
        if "--help" not in words:
            command.make_parser(context).parse_args(words)


@each_page
def test_make_targets_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()
    for program, *words in shell_lines(page):
        if program == "make":
            for word in words:
                assert "=" in word or re.search(rf"^{word}:.*## ", makefile, re.MULTILINE), word


def test_make_test_is_what_the_documents_say() -> None:
    told = "lint, types, import layers, tests"
    assert told in (ROOT / "README.md").read_text()
    assert told in (ROOT / "CONTRIBUTING.md").read_text()
    recipe = re.search(r"^test: (.*?) ##.*\n\t(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe and "PYTEST" in recipe[2]
    assert recipe[1].split() == ["lint", "types", "layers", "postgres"]


def test_readme_is_short_and_names_the_right_python() -> None:
    readme = (ROOT / "README.md").read_text()
    assert len(readme.splitlines()) <= 120
    least = PROJECT["requires-python"].removeprefix(">=")
    assert set(re.findall(r"Python (3\.\d+)", readme)) == {least}
    assert f'least="{least.replace(".", ", ")}"' in (ROOT / "tools" / "venv.sh").read_text()


def test_version_heads_the_change_log() -> None:
    heads = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert heads[0] == bookwheel.__version__


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A data folder with some hundred papers of the sample."""
    dump = tmp_path / "papers.jsonl"
    with zstandard.open(sample_path(), "rt", encoding="utf-8") as sample:
        dump.write_text("".join(itertools.islice(sample, 400)), encoding="utf-8")
    folder = tmp_path / "data"
    load = [sys.executable, "-m", "bookwheel", "--data", str(folder), "import", str(dump)]
    subprocess.run(load, check=True, capture_output=True)
    return folder


@pytest.mark.slow
def test_library_page_runs(small_folder: Path) -> None:
    """Its Python blocks, one after the other, in a process of their own."""
    code = "\n".join(blocks(ROOT / "docs" / "library.md", "python"))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "BOOKWHEEL_DATA": str(small_folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("<bookwheel.Wheel ")
