"""`bookwheel bench reading`: two forms of one paper."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from bookwheel.bench.reading import agreement
from bookwheel.cli.bench_reading import command
from bookwheel.core.document import Document, Reference, Source

_HTML = """<!DOCTYPE html><html><body><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">Owls at Night</h1>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section">Introduction</h2>
<div class="ltx_para"><p class="ltx_p">Owls fly in the dark of night. They hear {heard} very well.
</p></div></section></article></body></html>"""
_TEX = r"""\documentclass{article}\title{Owls at Night}\begin{document}\maketitle
\section{Introduction}Owls fly in the dark of night. They hear $3$ mice very well.
\end{document}"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    page, source = tmp_path / "a.html", tmp_path / "a.tex"
    page.write_text(_HTML.format(heard="3 mice"))
    source.write_text(_TEX)
    return str(page), str(source)


def test_a_formula_on_one_side_is_masked(files: tuple[str, str]) -> None:
    done = CliRunner().invoke(command, [*files, "--json"])
    assert done.exit_code == 0, done.output
    (pair,) = orjson.loads(done.output)["pairs"]
    assert (pair["sentences"], pair["exact"]) == (1.0, 0.5)
    assert (pair["sections"], pair["counted"], pair["missing"]) == (1.0, 2, [])


def test_what_is_missing_is_printed(files: tuple[str, str]) -> None:
    Path(files[0]).write_text(_HTML.format(heard="no other animals of the wood"))
    done = CliRunner().invoke(command, [*files, "--missing"])
    assert "they hear no other animals of the wood very well" in done.output
    assert "they hear _ mice very well" in done.output
    assert "50.0%" in done.output


def test_one_file_is_not_enough(files: tuple[str, str]) -> None:
    done = CliRunner().invoke(command, [files[0]])
    assert done.exit_code == 2
    assert "two files" in done.output


def test_references_agree_though_one_has_formulas() -> None:
    entries = [
        "Aaij, R. Study of the $D^0 p$ amplitude in $\\Lambda_b^0$ decays. JHEP 05, 030, 2017.",
        "Aaij, R. Study of the D0p amplitude in Λ0b decays. JHEP 05, 030, 2017.",
        "Bork, S. Study of other amplitudes in other decays. JHEP 06, 031, 2018.",
    ]
    first, second, third = (
        Document(Source.TEX, references=(Reference("b1", text),)) for text in entries
    )
    assert agreement(first, second).references == 1.0
    assert agreement(first, third).references == 0.0
