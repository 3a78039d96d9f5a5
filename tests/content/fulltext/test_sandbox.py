"""A file is read elsewhere: what is wrong with it costs a clear message and nothing more."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from bookwheel.content.fulltext.forms import Form, form_of
from bookwheel.content.fulltext.html import read_html
from bookwheel.content.fulltext.limits import Limits
from bookwheel.content.fulltext.sandbox import read_bytes, read_file
from bookwheel.errors import TooLargeError, UnreadableError
from content.fulltext.pages import page, para, section
from made_pdfs import bare

PAGE = page(section("1", "Wheels", para("They turn. All of them.")))


def test_as_in_this_process(tmp_path: Path) -> None:
    file = tmp_path / "paper"
    file.write_bytes(PAGE)
    assert read_file(file) == read_bytes(PAGE) == read_html(PAGE)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\x00" * 600, "empty"),
        (b"%!PS-Adobe-3.0", "PostScript"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"just words", "neither HTML nor TeX nor a PDF"),
    ],
)
def test_what_is_no_paper(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read_bytes(data)


def test_limits_are_held() -> None:
    with pytest.raises(TooLargeError, match="larger than 1 MB"):
        read_bytes(PAGE + b" " * (1 << 20), limits=Limits(file=1 << 20))
    with pytest.raises(TooLargeError, match="longer than any paper"):
        read_bytes(PAGE, limits=Limits(result=100))
    with pytest.raises(TooLargeError, match="more time"):
        read_bytes(PAGE, limits=Limits(waiting=0))


def test_memory_is_held() -> None:
    heavy = page("".join(para(f"{number} word") for number in range(200_000)))
    with pytest.raises((TooLargeError, UnreadableError), match="memory"):
        read_bytes(heavy, limits=Limits(memory=160 << 20))


def _loop() -> bytes:
    """A form that draws itself twice."""
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>"
        b"stream\n/X Do /X Do\nendstream"
    )
    return bare(b"/X Do", b"/XObject<</X 5 0 R>>", [form])


@pytest.mark.parametrize(
    "data",
    [bare(b" " * (256 << 20)), bare(b"BT /F 1 Tf (abcdefgh) Tj ET " * 400_000), _loop()],
    ids=["packed", "characters", "loop"],
)
def test_pdfs_that_unpack_without_end_cost_only_their_process(data: bytes) -> None:
    assert len(data) < 1 << 20
    try:
        document = read_bytes(data, limits=Limits(memory=1 << 30, seconds=20))
    except (TooLargeError, UnreadableError) as error:
        assert str(error).endswith(".")
    else:
        assert document.pages == 1


def test_a_huge_picture_is_not_unpacked(tmp_path: Path) -> None:
    pixels = zlib.compress(bytes(20_000 * 20_000 // 8), 9)
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 20000/Height 20000/BitsPerComponent 1"
        b"/ColorSpace/DeviceGray/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    ) % (len(pixels), pixels)
    data = bare(b"q 600 0 0 700 0 0 cm /I Do Q", b"/XObject<</I 5 0 R>>", [picture])
    document = read_bytes(data, folder=tmp_path, limits=Limits(memory=1 << 30, seconds=20))
    assert document.warnings == ("The pages are pictures: there is no text in this PDF.",)


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/tmp/bookwheel-escaped', 'w')",
        "import os; os.open('/tmp/bookwheel-escaped', os.O_CREAT | os.O_WRONLY)",
        "open(str(folder) + '/../beside', 'wb')",
        "import os; os.remove('/etc/hosts')",
        "import os; os.symlink('/etc', str(folder) + '/etc')",
    ],
)
def test_nothing_but_reading(attempt: str, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from bookwheel.content.fulltext.worker import _confine\n"
        f"folder = Path({str(tmp_path)!r}).resolve()\n"
        "_confine(folder)\n"
        "(folder / 'picture.png').write_bytes(b'x')\n"
        "open('/etc/hosts').close()\n"
        f"try:\n    {attempt}\nexcept PermissionError:\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
    assert (tmp_path / "picture.png").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"junk\n%PDF-1.4", Form.PDF),
        (b"{% raw %}\n<!DOCTYPE html><html>", Form.HTML),
        (b"% a comment\n\\documentclass{article}", Form.TEX),
        (b"\\documentclass{article} % <html>", Form.TEX),
        (b"<html>\\section", Form.HTML),
        (b"\\magnification=1200\n", Form.TEX),
        (b"\x1f\x8b\x08", Form.GZIP),
        (b"PK\x03\x04", Form.ZIP),
        (b"x" * 257 + b"ustar\x0000", Form.TAR),
    ],
)
def test_forms(data: bytes, form: Form) -> None:
    assert form_of(data) is form
