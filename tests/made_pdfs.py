"""Small PDFs made for tests: a paper in one or two columns with what papers have."""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 612, 792


@dataclass
class Sheet:
    """Writes lines on pages from top to bottom."""

    canvas: Canvas
    left: float = 72
    y: float = 72
    size: float = 10
    leading: float = 12
    pages: int = 1
    buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def line(self, text: str, *, font: str = "Times-Roman", size: float = 0, x: float = 0) -> None:
        """Write a line."""
        self.canvas.setFont(font, size or self.size)
        self.canvas.drawString(x or self.left, HEIGHT - self.y, text)
        self.y += (size or self.size) * 1.2

    def lines(self, texts: Sequence[str], **options: float) -> None:
        """Write a paragraph, and room after it."""
        for text in texts:
            self.line(text, **options)  # type: ignore[arg-type]

    def room(self, points: float = 10) -> None:
        """Leave room."""
        self.y += points

    def heading(self, text: str) -> None:
        """Write a heading."""
        self.room(12)
        self.line(text, font="Times-Bold", size=12)
        self.room(4)

    def page(self) -> None:
        """Number the page and begin another."""
        self.canvas.setFont("Times-Roman", 9)
        self.canvas.drawCentredString(WIDTH / 2, 30, str(self.pages))
        self.canvas.showPage()
        self.pages += 1
        self.y = 72


def sheet() -> Sheet:
    """An empty file."""
    buffer = io.BytesIO()
    return Sheet(Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True), buffer=buffer)


def paper() -> bytes:
    """A paper with everything, on two pages."""
    made = sheet()
    made.line("Reading Wheels in Theory", font="Times-Bold", size=17, x=200)
    made.room()
    made.line("Agostino Ramelli and Grace Hopper", size=11, x=220)
    made.heading("Abstract")
    made.lines(
        [
            "We study wheels that hold many books in front of one reader at once. They turn with",
            "little force. Readers find what they seek sooner than at a desk, by one half.",
        ]
    )
    made.heading("1 Introduction")
    made.lines(
        [
            "A wheel for books was drawn in 1588 and has been built a few times since then, as",
            "curiosities mostly [1]. We ask whether it helps readers, and how the inter-",
            "action of readers and books changes with it, for an encoder-decoder wheel too [1, 2].",
        ]
    )
    made.room(14)
    made.line("F(r) = m r + 2", x=260, font="Times-Italic")
    made.y -= 12
    made.line("(1)", x=500)
    made.room(14)
    made.lines(["where r is the radius of the wheel that holds the books of the reader at work."])
    made.heading("2 Measurements")
    made.lines(["We built four wheels of oak and asked forty readers to use them for a full week."])
    made.room(14)
    made.canvas.setFillColorRGB(0.2, 0.4, 0.8)
    made.canvas.rect(200, HEIGHT - made.y - 90, 200, 90, fill=1)
    made.canvas.setFillColorRGB(0, 0, 0)
    made.y += 110
    made.line("Figure 1: Force by radius of the wheel. Blue is oak.", size=9, x=200)
    made.room(18)
    made.line("Table 1: Time to find a passage.", size=9, x=230)
    made.room(4)
    for rule in (0, 16, 46):
        made.canvas.line(200, HEIGHT - made.y - rule, 400, HEIGHT - made.y - rule)
    made.y += 12
    for left, right in (("Place", "Seconds"), ("Wheel", "14"), ("Desk", "28")):
        made.line(left, x=205)
        made.y -= 12
        made.line(right, x=340)
        made.y += 2
    made.page()
    made.lines(["Readers preferred the wheel over the desk. The inter-"])
    made.lines(["action was measured with care, see the next section for what was not seen in it."])
    made.heading("References")
    made.line("[1] A. Ramelli. Le diverse et artificiose machine. Paris, 1588.")
    made.line("[2] G. Hopper. Compiling wheels. arXiv:1706.03762, doi:10.1000/182, 1952.")
    made.heading("A Details")
    made.lines(
        ["All wheels were turned by hand, and the interaction was logged on paper by two people."]
    )
    made.page()
    made.canvas.save()
    return made.buffer.getvalue()


def picture_only(pages: int = 1) -> bytes:
    """Pages that hold a picture and no text."""
    made = sheet()
    for _ in range(pages):
        made.canvas.rect(100, 100, 300, 300, fill=1)
        made.canvas.showPage()
    made.canvas.save()
    return made.buffer.getvalue()


def encrypted() -> bytes:
    """A paper that opens with a password only."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt="secret")
    canvas.drawString(72, 700, "Nobody reads this.")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bare(content: bytes, resources: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """One page written by hand: its packed content, what it uses, and further objects from 5 on."""
    told = zlib.compress(content, 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(told), told)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    made, places = b"%PDF-1.5\n", list[int]()
    for number, each in enumerate([*tree, page % resources, stream, *more], 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    )
    return made + end % (len(places) + 1, table, len(places) + 1, len(made))
