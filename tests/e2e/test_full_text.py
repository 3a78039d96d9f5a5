"""A full text in a browser: select, highlight, note; a new version comes, and the mark is there."""

from __future__ import annotations

from pathlib import Path

import pytest

import processes
from browser import Page
from e2e.conftest import Site

pytestmark = pytest.mark.e2e

PAGE = """<!doctype html><html><body><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">On radium</h1>
<section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section">Glow</h2>
<div id="S1.p1" class="ltx_para"><p class="ltx_p">{text}</p></div>
</section></article></body></html>"""
BEFORE = "Radium glows in the dark. The residue is more active than the ore."
AFTER = (
    "Much is known by now. Radium glows in the dark. The residue is far more active than the ore."
)
SELECT = """
const text = document.querySelector('.body section:not(.abstract) .text').firstChild;
const start = text.data.indexOf(arguments[0]);
getSelection().setBaseAndExtent(text, start, text, start + arguments[0].length);
document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
"""


def attach(site: Site, folder: Path, paper: str, text: str) -> None:
    file = folder / "page.html"
    file.write_text(PAGE.format(text=text))
    result = processes.run(site.folder, "attach", paper, file)
    assert result.returncode == 0, result.stderr.decode()


def test_marks_stay_when_a_new_version_comes(page: Page, site: Site, tmp_path: Path) -> None:
    page.open("/new")
    paper = page.one(".card h3 a").get_attribute("href").partition("/abs/")[2]
    attach(site, tmp_path, paper, BEFORE)
    page.open(f"/abs/{paper}/read")
    page.mark()
    page.script(SELECT, "The residue is more active")
    page.until(lambda: page.one("#marker").is_displayed())
    page.one("#marker .write").click()
    page.one("#marker textarea").send_keys("so **much**")
    page.one("#marker .writing button").click()
    page.said("Kept.")
    assert page.same
    assert page.one("mark.hl").text == "The residue is more active"
    assert page.one(".annotation .written strong").text == "much"
    attach(site, tmp_path, paper, AFTER)
    page.open(f"/abs/{paper}/read")
    assert page.one("mark.hl").text == "The residue is far more active"
    page.one("mark.hl").click()
    assert "now" in page.one(".annotation").get_attribute("class").split()
    page.open("/notes?q=residue")
    assert page.one(".annotation .written").text == "so much"
