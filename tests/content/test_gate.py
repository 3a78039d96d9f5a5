"""The last gate, on the day somebody forgets to escape."""

from __future__ import annotations

import pytest

from bookwheel.content.gate import passed
from hostile import SCRIPTS, TEX
from safe_html import Reading


@pytest.mark.parametrize("html", [*SCRIPTS, *TEX])
def test_nothing_harmful_passes(html: str) -> None:
    Reading(passed(html))


@pytest.mark.parametrize(
    "html",
    [
        '<p>a <em>b</em><strong>c</strong> <mark>d</mark> 1 &lt; 2 &amp; "3"</p>',
        '<span class="math">x</span><span class="math display">y</span>',
        '<a href="https://a.b/?c&amp;d" rel="noopener nofollow">e</a>',
        "<code>f</code><sub>g</sub><sup>h</sup><u>i</u>",
    ],
)
def test_what_the_door_writes_passes_as_it_is(html: str) -> None:
    assert passed(html) == html


def test_links_only_to_the_web_and_classes_only_of_formulas() -> None:
    assert passed('<a href="data:x">a</a><span class="toast">b</span>') == "<a>a</a><span>b</span>"
