"""Imports that are killed, run two at a time, or find the disk full or read-only."""

from __future__ import annotations

import resource
import shutil
import signal
from pathlib import Path

import pytest

from dumps import line, write
from processes import assert_whole, obey_permissions, papers, run, start

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parent / "dying_import.py"
NUMBERS = range(1, 1001)
EXPECTED = {f"2501.{number:05d}" for number in NUMBERS}
PLACES = [  # with batches of 100
    ("bookwheel.arxiv.snapshot.parse", "before", 1, 0),
    ("bookwheel.arxiv.snapshot.parse", "after", 555, 500),
    ("bookwheel.actions.store_papers._settle", "before", 1, 0),  # inside the transaction
    ("bookwheel.actions.store_papers._settle", "after", 4, 300),
    ("django.db.backends.utils.CursorWrapper.executemany", "after", 3, 100),  # before the commit
    ("bookwheel.actions.import_papers.store_papers", "after", 1, 100),  # position not written
    ("bookwheel.actions.import_papers.store_papers", "after", 10, 1000),
    ("pathlib.Path.write_bytes", "after", 5, 500),  # position half written
    ("pathlib.Path.replace", "after", 7, 700),
    ("pathlib.Path.unlink", "before", 1, 1000),  # all stored, position not yet forgotten
]


@pytest.mark.parametrize(("place", "when", "times", "kept"), PLACES)
def test_a_killed_import_goes_on(tmp_path, data_folder, place, when, times, kept):
    dump = write(tmp_path / "dump.json.zst", map(line, NUMBERS))
    died = run(data_folder, place, when, str(times), "100", dump, script=SCRIPT)
    assert died.returncode == -signal.SIGKILL
    assert len(papers(data_folder)) == kept
    again = run(data_folder, "import", "--no-index", dump)
    assert again.returncode == 0, again.stderr
    assert_whole(data_folder, EXPECTED)


def test_two_imports_at_once(tmp_path, data_folder):
    """Papers in both files are stored once, whoever comes first."""
    one = write(tmp_path / "one.json", map(line, range(1, 701)))
    two = write(tmp_path / "two.json", map(line, range(1000, 300, -1)))
    never = ("bookwheel.actions.import_papers.store_papers", "never", "0", "20")
    both = [start(data_folder, *never, dump, script=SCRIPT) for dump in (one, two, one)]
    for process in both:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    assert_whole(data_folder, EXPECTED)


def test_a_read_only_folder(tmp_path, data_folder):
    one = write(tmp_path / "one.json", map(line, range(1, 101)))
    dump = write(tmp_path / "dump.json", map(line, NUMBERS))
    run(data_folder, "import", "--no-index", one)
    for path in (*data_folder.iterdir(), data_folder):
        path.chmod(0o555)
    refused = run(data_folder, "import", "--no-index", dump, before=obey_permissions)
    for path in (data_folder, *data_folder.iterdir()):
        path.chmod(0o755)
    assert refused.returncode == 1
    assert str(data_folder).encode() in refused.stderr.replace(b"\n", b"")
    assert b"Traceback" not in refused.stderr
    assert len(papers(data_folder)) == 100
    assert run(data_folder, "import", "--no-index", dump).returncode == 0
    assert_whole(data_folder, EXPECTED)


def assert_full_then_whole(folder, dump, full, enough):
    """An import into too little room says so, loses nothing, and goes on when there is more."""
    first = write(dump.with_name("first.json"), map(line, range(1, 101)))
    assert run(folder, "import", "--no-index", first).returncode == 0
    refused = full()
    assert refused.returncode == 1
    assert b"Nothing that was stored before is lost" in refused.stderr
    assert b"Make room on the disk" in refused.stderr or b"the room on it" in refused.stderr
    assert b"Traceback" not in refused.stderr
    assert 100 <= len(papers(folder)) < 1000
    enough()
    assert run(folder, "import", "--no-index", dump).returncode == 0
    assert_whole(folder, EXPECTED)


def long_papers():
    """Of 16 kB each."""
    return (line(number, abstract=f"{number} glows. " * 1000) for number in NUMBERS)


def test_a_limit_on_the_size_of_files(tmp_path, data_folder):
    dump = write(tmp_path / "dump.json", long_papers())

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))

    assert_full_then_whole(
        data_folder,
        dump,
        lambda: run(data_folder, "import", "--no-index", dump, before=limit),
        lambda: None,
    )


def test_a_full_disk(tmp_path, small_disk):
    dump = write(tmp_path / "dump.json", long_papers())
    folder = small_disk("64m")
    used = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    def full():
        small_disk(str(used + 4_000_000))
        return run(folder, "import", "--no-index", dump)

    assert_full_then_whole(folder, dump, full, lambda: small_disk("256m"))
    shutil.rmtree(folder)
