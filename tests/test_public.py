"""The names that `import bookwheel` gives, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import bookwheel
from bookwheel.core.identifiers import ArxivId
from bookwheel.core.papers import Paper
from bookwheel.errors import BookwheelError
from bookwheel.notebook import Wheel
from bookwheel.notebook import open as open_folder


def test_these_names_are_public_and_no_others() -> None:
    assert bookwheel.__all__ == ["ArxivId", "BookwheelError", "Paper", "Wheel", "open"]
    assert bookwheel.ArxivId is ArxivId
    assert bookwheel.BookwheelError is BookwheelError
    assert bookwheel.Paper is Paper
    assert bookwheel.Wheel is Wheel
    assert bookwheel.open is open_folder


def test_an_unknown_name_is_told_as_python_does() -> None:
    with pytest.raises(AttributeError, match="module 'bookwheel' has no attribute 'close'"):
        bookwheel.close  # noqa: B018
    assert not hasattr(bookwheel, "nothing")


def test_importing_is_light() -> None:
    code = (
        "import sys, bookwheel; bookwheel.ArxivId.parse('1706.03762')\n"
        "print([name for name in ('django', 'numpy', 'scipy', 'tantivy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
