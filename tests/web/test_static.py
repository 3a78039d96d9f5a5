"""What browsers fetch: small, whole, readable by everybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bookwheel
from bookwheel.models.tag import COLOURS

STATIC = Path(bookwheel.__file__).parent / "static"
CSS = (STATIC / "bookwheel.css").read_text()


def test_a_list_page_loads_less_than_60_kb_of_script() -> None:
    """Before compression, and without mathematics."""
    files = (STATIC / "vendor" / "htmx" / "htmx.min.js", STATIC / "bookwheel.js")
    assert sum(path.stat().st_size for path in files) < 60_000


@pytest.mark.parametrize("name", ["htmx", "katex"])
def test_files_of_others_come_with_their_licence(name: str) -> None:
    assert (STATIC / "vendor" / name / "LICENSE").read_text().strip()


def test_every_font_of_katex_is_there() -> None:
    css = (STATIC / "vendor" / "katex" / "katex.min.css").read_text()
    wanted = set(re.findall(r"fonts/[\w-]+\.woff2", css))
    assert wanted == {f"fonts/{path.name}" for path in (STATIC / "vendor/katex/fonts").iterdir()}


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert not re.search(r"url\(|@import", CSS)


def colours(name: str) -> tuple[str, str]:
    """A custom property in light and in dark."""
    found = re.search(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", CSS)
    assert found, name
    return found[1], found[2]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["paper", "raised", "sunk"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent"])
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    for one, other in zip(colours(text), colours(ground), strict=True):
        assert contrast(one, other) >= 4.5


@pytest.mark.parametrize("text", ["ink", "soft"])
def test_marked_words_can_be_read(text: str) -> None:
    for one, other in zip(colours(text), colours("mark"), strict=True):
        assert contrast(one, other) >= 4.5


@pytest.mark.parametrize("hue", range(COLOURS))
def test_colours_of_tags_stand_out(hue: int) -> None:
    for ground in ("paper", "raised"):
        for one, other in zip(colours(f"hue-{hue}"), colours(ground), strict=True):
            assert contrast(one, other) >= 4.5


def test_borders_of_controls_can_be_seen() -> None:
    for one, other in zip(colours("edge"), colours("raised"), strict=True):
        assert contrast(one, other) >= 3
