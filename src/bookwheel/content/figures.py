"""What a figure looks like: its kind, its main colours, and a short vector for "figures like this".

The kind is told by rules over statistics of the picture and words of the caption; the vector joins
two descriptors of MPEG-7, colour layout and edge histogram (Manjunath et al., "Color and texture
descriptors", 2001), with histograms of gradients (Dalal and Triggs, 2005). All of it is computed
here, from the picture alone. Leaves out: what a figure says, which takes a model of vision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures
from scipy.fft import dctn

from bookwheel.core.figure_kinds import FigureKind

Floats = NDArray[np.float32]

SIDE = 128  # pixels of the square that is looked at
LENGTH = 12 + 80 + 128  # of the vector
_COLOURS = 4
_WHITE = 235


_WORDS: tuple[tuple[FigureKind, float, re.Pattern[str]], ...] = tuple(
    (kind, weight, re.compile(pattern, re.IGNORECASE))
    for kind, weight, pattern in (
        (FigureKind.PLOT, 1.0, r"\b(?:accurac|loss|curves?|versus|vs\b|distribution|histogram|"
         r"as a function of|performance|rates?\b|errors?\b|bar|scatter|plot|axis|coefficients?|"
         r"probabilit|sensitivity|regression|spectr|confusion matri|heat ?map|per cent|roc\b|"
         r"learning|training|results|number of|effect of|comparison)"),
        (FigureKind.DIAGRAM, 1.3, r"\b(?:architecture|overview|framework|pipeline|illustrat|"
         r"schematic|diagram|flow|structure|workflow|circuit|process|scheme|mechanism|model\b|"
         r"module|block|cache|attention|graph of|design)"),
        (FigureKind.PHOTOGRAPH, 1.3, r"\b(?:photo|images?\b|samples?\b|qualitative|picture|"
         r"microscop|scene|faces?\b|frames?\b|reconstruct|render|generated|camera)"),
        (FigureKind.SCREENSHOT, 2.0, r"\b(?:screenshot|interface|gui\b|prompt|web ?page|"
         r"dashboard|click|users? (?:can|may)|dialog|highlighted in|inline)"),
        (FigureKind.MAP, 2.5, r"\b(?:map of|maps? show|geograph|satellite|latitude|city of|"
         r"countr(?:y|ies)|topograph)"),
        (FigureKind.TABLE, 2.0, r"\b(?:table|columns|rows)\b"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a figure; `colours` are "#rrggbb", the most frequent first, without white.

    `vector` is float32 [LENGTH] of length 1; the dot product of two tells how alike they look.
    """

    kind: FigureKind
    colours: tuple[str, ...]
    width: int
    height: int
    vector: Floats

    def packed(self) -> bytes:
        """The vector as it is kept: one byte a dimension; its length is not."""
        largest = max(float(np.abs(self.vector).max()), 1e-6)
        return bytes(np.rint(self.vector * (127 / largest)).astype(np.int8).data)


def on_white(picture: Pictures.Image) -> Pictures.Image:
    """The picture in colour; what is transparent in it is white, as paper is."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        above = picture.convert("RGBA")
        picture = Pictures.alpha_composite(Pictures.new("RGBA", above.size, "white"), above)
    return picture.convert("RGB")


def look(picture: Pictures.Image, caption: str = "") -> Look:
    """Describe a figure."""
    plain = on_white(picture)
    small = np.asarray(plain.resize((SIDE, SIDE), Pictures.Resampling.BOX), np.float32)
    return Look(
        kind=_kind(_statistics(plain), caption),
        colours=_colours(plain),
        width=picture.width,
        height=picture.height,
        vector=_vector(small),
    )


@dataclass(frozen=True, slots=True)
class Statistics:
    """Shares from 0 to 1 of what a picture has."""

    white: float  # pixels that are nearly white
    flat: float  # pixels like both their neighbours
    busy: float  # pixels that differ a little from a neighbour, as in photographs
    saturated: float  # pixels of a strong colour
    rules: int  # level lines over nearly the whole width, as tables have
    axes: bool  # a long level and a long upright line, as plots have


def _statistics(picture: Pictures.Image) -> Statistics:
    scale = 320 / max(picture.size)
    size = (max(8, round(picture.width * scale)), max(8, round(picture.height * scale)))
    pixels = np.asarray(picture.resize(size, Pictures.Resampling.BILINEAR), np.float32)
    grey = pixels.mean(axis=2)
    across = np.abs(np.diff(grey, axis=1))[:-1]
    down = np.abs(np.diff(grey, axis=0))[:, :-1]
    change = np.maximum(across, down)
    spread = pixels.max(axis=2) - pixels.min(axis=2)
    ink = grey < 200
    return Statistics(
        white=float((grey > _WHITE).mean()),
        flat=float((change < 2).mean()),
        busy=float(((change >= 2) & (change < 24)).mean()),
        saturated=float((spread > 60).mean()),
        rules=_groups(_longest(ink) > 0.85 * ink.shape[1]),
        axes=_axes(ink),
    )


def _longest(ink: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The longest unbroken stretch of ink in each row."""
    run = best = np.zeros(len(ink), np.intp)
    for column in ink.T:
        run = (run + 1) * column
        best = np.maximum(best, run)
    return best


def _groups(rows: NDArray[np.bool_]) -> int:
    """How many stretches of neighbouring rows there are."""
    return int((np.diff(rows.astype(int), prepend=0) == 1).sum())


def _axes(ink: NDArray[np.bool_]) -> bool:
    """Whether thin lines run level and upright over a good part of a panel."""
    level, upright = _longest(ink), _longest(ink.T)
    thin = (level > 0.15 * ink.shape[1]) & ~(np.roll(level, 4) > 0.15 * ink.shape[1])
    tall = (upright > 0.3 * ink.shape[0]) & ~(np.roll(upright, 4) > 0.3 * ink.shape[0])
    return bool(thin.any() and tall.any())


def _kind(seen: Statistics, caption: str) -> FigureKind:
    points = dict.fromkeys(FigureKind, 0.0)
    for kind, weight, pattern in _WORDS:
        points[kind] += weight * min(len(pattern.findall(caption)), 2) / 1.5
    filled = 1 - seen.white
    points[FigureKind.PHOTOGRAPH] += 5 * max(seen.busy - 0.25, 0) + 2 * (filled > 0.85) - 1.5
    points[FigureKind.PLOT] += 1.3 * seen.axes + 0.5 * (seen.white > 0.6)
    points[FigureKind.DIAGRAM] += 1.0 * (seen.white > 0.25) + 0.3 * (seen.flat > 0.7)
    points[FigureKind.SCREENSHOT] += 0.8 * (filled > 0.35) * (seen.flat > 0.4) - 0.8
    ruled = 3 <= seen.rules <= 30 and seen.saturated < 0.01
    points[FigureKind.TABLE] += 4.5 * ruled - 0.5
    points[FigureKind.MAP] -= 1.0
    return max(points, key=lambda kind: points[kind])


def _colours(picture: Pictures.Image) -> tuple[str, ...]:
    """The main colours, without white, black and grey where there are others."""
    small = picture.resize((64, 64), Pictures.Resampling.NEAREST)
    reduced = small.quantize(12, method=Pictures.Quantize.MEDIANCUT)
    palette = reduced.getpalette() or []
    counted = sorted(reduced.getcolors() or [], reverse=True)
    found = [tuple(palette[3 * int(place) : 3 * int(place) + 3]) for _, place in counted]  # type: ignore[call-overload]
    ink = [one for one in found if len(one) == 3 and min(one) < _WHITE]
    coloured = [one for one in ink if max(one) - min(one) > 40]
    chosen = (coloured or ink)[:_COLOURS]
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in chosen)


def _vector(pixels: Floats) -> Floats:
    grey = pixels @ np.array([0.299, 0.587, 0.114], np.float32)
    parts = (_colour_layout(pixels, grey), _edges(grey), _gradients(grey))
    unit = [part / max(float(np.linalg.norm(part)), 1e-6) for part in parts]
    joined = np.concatenate([0.6 * unit[0], unit[1], unit[2]]).astype(np.float32)
    made: Floats = joined / max(float(np.linalg.norm(joined)), 1e-6)
    return made


def _colour_layout(pixels: Floats, grey: Floats) -> Floats:
    """Low frequencies of an 8 x 8 picture: 6 of brightness, 3 of each colour difference."""
    blue, red = pixels[..., 2] - grey, pixels[..., 0] - grey
    order = [(0, 0), (0, 1), (1, 0), (2, 0), (1, 1), (0, 2)]
    found = []
    for plane, count in ((255 - grey, 6), (blue, 3), (red, 3)):
        blocks = plane.reshape(8, SIDE // 8, 8, SIDE // 8).mean(axis=(1, 3))
        waves = dctn(blocks, norm="ortho")
        found += [waves[place] for place in order[:count]]
    return np.array(found, np.float32)


def _edges(grey: Floats) -> Floats:
    """Shares of upright, level, two slanted and other edges in each of 4 x 4 parts."""
    one, two = grey[0::2, 0::2], grey[0::2, 1::2]
    three, four = grey[1::2, 0::2], grey[1::2, 1::2]
    root = np.sqrt(2.0)
    kinds = np.stack(
        [
            np.abs(one - two + three - four),
            np.abs(one + two - three - four),
            np.abs(root * (one - four)),
            np.abs(root * (two - three)),
            np.abs(2 * (one - two - three + four)),
        ]
    )
    strongest = kinds.argmax(axis=0)
    edge = kinds.max(axis=0) > 11
    cells = np.stack([(strongest == kind) & edge for kind in range(5)]).astype(np.float32)
    step = SIDE // 8
    made: Floats = cells.reshape(5, 4, step, 4, step).mean(axis=(2, 4)).ravel().astype(np.float32)
    return np.sqrt(made)


def _gradients(grey: Floats) -> Floats:
    """Strength of gradients by 8 directions in each of 4 x 4 parts."""
    down, across = np.gradient(grey)
    strength = np.hypot(down, across)
    turn = ((np.arctan2(down, across) % np.pi) / np.pi * 8).astype(int) % 8
    step = SIDE // 4
    planes = np.stack([np.where(turn == one, strength, 0) for one in range(8)])
    made: Floats = planes.reshape(8, 4, step, 4, step).mean(axis=(2, 4)).ravel()
    return np.sqrt(made).astype(np.float32)
