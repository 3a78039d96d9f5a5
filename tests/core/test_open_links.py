from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.open_links import Opens, open_links


@pytest.mark.parametrize(
    ("text", "kind", "url", "name"),
    [
        ("Code is at https://github.com/a/b.", Opens.CODE, "https://github.com/a/b", "a/b"),
        ("Code: github.com/a/b)", Opens.CODE, "https://github.com/a/b", "a/b"),
        ("Our dataset: https://github.com/a/b", Opens.DATA, "https://github.com/a/b", "a/b"),
        ("Code and data: https://gitlab.com/a/b", Opens.CODE, "https://gitlab.com/a/b", "a/b"),
        (
            "See https://huggingface.co/datasets/a/b!",
            Opens.DATA,
            "https://huggingface.co/datasets/a/b",
            "a/b",
        ),
        ("Model: https://huggingface.co/a/b", Opens.MODEL, "https://huggingface.co/a/b", "a/b"),
        (
            "Data at https://zenodo.org/records/12",
            Opens.DATA,
            "https://zenodo.org/records/12",
            "zenodo.org",
        ),
        ("Project: https://a.github.io/b", Opens.PROJECT, "https://a.github.io/b", "a.github.io"),
        (r"\url{https://github.com/a/b\_c}", Opens.CODE, "https://github.com/a/b_c", "a/b_c"),
    ],
)  # fmt: skip
def test_one_link(text: str, kind: Opens, url: str, name: str) -> None:
    (link,) = open_links([text])
    assert (link.kind, link.url, link.name) == (kind, url, name)


@pytest.mark.parametrize(
    "text",
    [
        "We compare with https://example.org in depth.",
        "Available at https://arxiv.org/abs/1706.03762",
        "https://doi.org/10.1000/182",
        "Journal version at https://smf.emath.fr/gazette",
        "Slides: https://a.github.io/slides.pdf",
        "https://[",
        "",
    ],
)
def test_others_are_none(text: str) -> None:
    assert open_links([text]) == ()


def test_each_link_once() -> None:
    assert len(open_links(["https://github.com/a/b", "code: https://github.com/A/b/"])) == 1


def test_a_repository_is_named_once() -> None:
    texts = [
        "Project page: http://www.github.com/a/b.git",
        "code: https://github.com/A/b/tree/main",
    ]
    assert len(open_links(texts)) == 1


def test_full_texts_name_what_others_made() -> None:
    theirs = "We train with the optimiser of https://github.com/them/tool for ten days."
    ours = "Our code is available at https://github.com/us/paper."
    assert [link.name for link in open_links([theirs, ours], full_text=True)] == ["us/paper"]


@given(st.text())
def test_any_text(text: str) -> None:
    open_links([text, f"https://{text}", f"github.com/{text}"])
