from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pictures
from PIL import ImageDraw

from bookwheel.content.figures import LENGTH, look
from bookwheel.core.figure_kinds import FigureKind


def _plot(colour: str = "#1f77b4") -> Pictures.Image:
    picture = Pictures.new("RGB", (400, 300), "white")
    draw = ImageDraw.Draw(picture)
    draw.line([(40, 20), (40, 260), (380, 260)], fill="black", width=2)
    draw.line([(x, 250 - (x - 40) ** 2 // 600) for x in range(40, 380, 4)], fill=colour, width=3)
    return picture


def _table() -> Pictures.Image:
    picture = Pictures.new("RGB", (400, 160), "white")
    draw = ImageDraw.Draw(picture)
    for y in (5, 35, 65, 95, 125, 155):
        draw.line([(2, y), (398, y)], fill="black", width=2)
    return picture


def _photograph() -> Pictures.Image:
    random = np.random.default_rng(1)
    rows, columns = np.mgrid[0:300, 0:400] / 60
    smooth = 110 + 60 * np.sin(rows) * np.cos(columns)
    noise = random.normal(0, 6, (300, 400, 3))
    return Pictures.fromarray(np.clip(smooth[..., None] + noise, 0, 220).astype(np.uint8))


@pytest.mark.parametrize(
    ("picture", "caption", "kind"),
    [
        (_plot(), "Accuracy as a function of training steps.", FigureKind.PLOT),
        (_plot(), "", FigureKind.PLOT),
        (_table(), "Results of all models.", FigureKind.TABLE),
        (_photograph(), "Photographs of the wheel.", FigureKind.PHOTOGRAPH),
        (Pictures.new("RGB", (90, 60), "white"), "The architecture.", FigureKind.DIAGRAM),
    ],
)
def test_kind(picture: Pictures.Image, caption: str, kind: FigureKind) -> None:
    assert look(picture, caption).kind is kind


def test_colours_and_size() -> None:
    picture = Pictures.new("RGB", (200, 100), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 99, 99), fill="#cc2200")
    seen = look(picture)
    assert (seen.width, seen.height) == (200, 100)
    assert seen.colours == ("#cc2200",)


def test_alike_figures_have_alike_vectors() -> None:
    one, two, three = (look(each).vector for each in (_plot(), _plot("#d62728"), _photograph()))
    assert one.shape == (LENGTH,)
    assert float(one @ one) == pytest.approx(1, abs=1e-5)
    assert float(one @ two) > 0.9 > float(one @ three)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (3000, 2)])
def test_odd_sizes(size: tuple[int, int]) -> None:
    for mode in ("RGB", "L", "RGBA", "1", "P"):
        seen = look(Pictures.new(mode, size))
        assert np.isfinite(seen.vector).all()
