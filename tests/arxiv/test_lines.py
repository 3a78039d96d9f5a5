"""Lines out of dump files, whole and damaged."""

from __future__ import annotations

import gzip
import io
import random

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.arxiv import lines
from bookwheel.arxiv.lines import Problem
from dumps import write

MARK = b"\xef\xbb\xbf"


def read(path, **options):
    with path.open("rb") as file:
        return list(lines.read(file, **options))


def read_bytes(content, **options):
    return list(lines.read(io.BufferedReader(io.BytesIO(content)), **options))


@pytest.mark.parametrize("name", ["d.json", "d.json.gz", "d.json.zst", "d.zip", "misnamed.gz.txt"])
def test_all_packings_hold_the_same_lines(tmp_path, name):
    expected = [b"line %d" % number for number in range(50_000)]
    assert read(write(tmp_path / name, expected)) == list(enumerate(expected, 1))


def test_packed_files_may_consist_of_several_parts(tmp_path):
    for name in ("d.gz", "d.zst"):
        one, two = write(tmp_path / f"1{name}", [b"a"]), write(tmp_path / f"2{name}", [b"b"])
        one.write_bytes(one.read_bytes() + two.read_bytes())
        assert read(one) == [(1, b"a"), (2, b"b")]


def test_a_zstd_file_may_begin_with_a_note(tmp_path):
    note = bytes.fromhex("502a4d18 04000000") + b"note"
    path = tmp_path / "d.zst"
    path.write_bytes(note + zstandard.compress(b"a\n"))
    assert read(path) == [(1, b"a")]


@given(st.lists(st.binary(max_size=20).filter(lambda one: b"\n" not in one)), st.integers(0, 20))
def test_blank_lines_are_passed_over_and_numbers_count_all(texts, skip):
    without_mark = [text.removeprefix(MARK) for text in texts[:1]] + texts[1:]
    expected = [
        (number, text)
        for number, text in enumerate(without_mark, 1)
        if number > skip and text.strip(b" \t\r\x0b\x0c")
    ]
    assert read_bytes(gzip.compress(b"\n".join(texts)), skip=skip) == expected


@pytest.mark.parametrize("skip", [0, 1, 9_999, 10_000, 19_999, 20_000, 30_000])
def test_skipping_leaves_the_rest(tmp_path, skip, monkeypatch):
    monkeypatch.setattr(lines, "_CHUNK", 100)
    expected = [b"line %d" % number for number in range(20_000)]
    path = write(tmp_path / "d.json", expected)
    assert read(path, skip=skip) == list(enumerate(expected, 1))[skip:]


def test_a_byte_order_mark_is_dropped():
    assert read_bytes(MARK + b"{}\n" + MARK) == [(1, b"{}"), (2, MARK)]
    assert read_bytes(MARK) == []


def test_a_line_that_is_too_long_is_a_problem_and_not_held(monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 1000)
    monkeypatch.setattr(lines, "_CHUNK", 64)
    before, huge, after = read_bytes(b"a\n" + b"x" * 5000 + b"\nb\n")
    assert (before, after) == ((1, b"a"), (3, b"b"))
    assert huge.line == 2
    assert "longer than 1,000" in huge.reason
    assert huge.excerpt == "x" * 200


def test_a_huge_line_takes_little_memory():
    splitter = lines._Splitter(0)
    for _ in range(100):
        assert not list(splitter.lines(b"x" * (1 << 18)))
        assert len(splitter.rest) <= lines.LONGEST
    assert [problem.line for problem in splitter.lines(b"\n")] == [1]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_pieces_are_small_however_small_they_were_packed(pack):
    """A list of the lines of a piece takes eight times its size and more."""
    packed = io.BufferedReader(io.BytesIO(pack(b"\n" * 8_000_000)))
    sizes = [len(piece) for piece in lines._unpacked(packed)]
    assert (sum(sizes), max(sizes)) == (8_000_000, 1 << 18)


@pytest.mark.parametrize("name", ["d.gz", "d.zst"])
def test_what_stands_before_a_cut_is_kept(tmp_path, name):
    noise = random.Random(1)
    expected = [noise.randbytes(300).hex().encode() for _ in range(5000)]
    path = write(tmp_path / name, expected)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    *good, last = read(path)
    assert good == list(enumerate(expected, 1))[: len(good)]
    assert len(good) > 1000
    assert isinstance(last, Problem)
    assert last.line == len(good) + 1
    assert "damaged or cut off" in last.reason


@pytest.mark.parametrize("name", ["d.gz", "d.zst", "d.zip"])
def test_damage_is_a_problem(tmp_path, name):
    path = write(tmp_path / name, [b"line"] * 1000)
    path.write_bytes(path.read_bytes()[:4] + b"\xff" * 100)
    assert isinstance(read(path)[-1], Problem)


def test_an_empty_file_has_no_lines():
    assert read_bytes(b"") == []
