"""A paper with figures for tests: a plot, a drawing that is a PDF, and one that cannot be read."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image as Pictures
from PIL import ImageDraw

from bookwheel.actions.keep_document import keep_document
from bookwheel.core.document import Block, Document, Image, Kind, Section
from bookwheel.models import FullText, Paper
from documents import document
from made_pdfs import picture_only

CONFUSED = "The confusion matrix of $k$ classes."
DRAWN = "The architecture of our network."


def plot(colour: str = "#1f77b4", form: str = "PNG") -> bytes:
    """A curve between two axes."""
    picture = Pictures.new("RGB", (400, 300), "white")
    draw = ImageDraw.Draw(picture)
    draw.line([(40, 20), (40, 260), (380, 260)], fill="black", width=2)
    draw.line([(x, 250 - (x - 40) ** 2 // 600) for x in range(40, 380, 4)], fill=colour, width=3)
    buffer = io.BytesIO()
    picture.save(buffer, form)
    return buffer.getvalue()


def figured(**fields: object) -> Document:
    """A document with three figures."""
    blocks = (
        Block("g1", Kind.FIGURE, CONFUSED, label="Figure 1", images=(Image("plot.png"),)),
        Block("g2", Kind.FIGURE, DRAWN, label="Figure 2", images=(Image("net.pdf"),)),
        Block("g3", Kind.FIGURE, "Lost.", label="Figure 3", images=(Image("bad.png"),)),
    )
    made = document()
    section = Section("s3", "Results", number="3", blocks=blocks)
    return replace(made, sections=(*made.sections, section), **fields)  # type: ignore[arg-type]


def keep_figured(paper: Paper, version: int = 1, colour: str = "#1f77b4") -> FullText:
    """Keep it with its pictures."""
    pictures = {"plot.png": plot(colour), "net.pdf": picture_only(), "bad.png": b"\x89PNG not"}
    return keep_document(paper, version, figured(), pictures)
