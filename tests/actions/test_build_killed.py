"""Builds that are killed, run two at a time, or find the disk full or read-only."""

from __future__ import annotations

import json
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from bookwheel.actions.build_index import build_index
from bookwheel.errors import DataFolderError
from bookwheel.index import manifest
from bookwheel.index.query import Query
from bookwheel.index.syntax import parse
from bookwheel.queries.engine import engine
from bookwheel.queries.status import problems
from library import fill, records, store, write_index
from processes import obey_permissions, run, start

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

INDEXED = 130  # of 313 papers, before the build that dies
INDEX = "bookwheel.index"
PLACES = [  # the build commits after 60, 120, 180 papers, a rebuild once
    (f"{INDEX}.manifest.sweep", "before", 1),
    (f"{INDEX}.lexical_writer.LexicalWriter.add", "after", 30),
    ("numpy.save", "after", 5),  # in the middle of a segment
    (f"{INDEX}.arrays.write", "after", 1),  # a segment is whole, its columns are not there
    (f"{INDEX}.columns.write", "after", 1),
    (f"{INDEX}.background.write", "before", 1),
    (f"{INDEX}.lexical_writer.LexicalWriter.commit", "after", 1),  # words are ahead of all else
    (f"{INDEX}.manifest.swap", "before", 1),
    ("pathlib.Path.replace", "before", 1),  # the new manifest is written, not yet in force
    (f"{INDEX}.manifest.swap", "after", 1),  # in force, the old files still lie there
    (f"{INDEX}.lexical_writer.LexicalWriter.close", "before", 1),
]
MOMENTS = (0.04, 0.08, 0.15)  # seconds; a build takes about 0.2


@pytest.fixture(scope="session")
def half_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all papers in its database and some in its index."""
    folder = tmp_path_factory.mktemp("half") / "data"
    assert run(folder, "status").returncode == 0
    fill(folder, records())
    write_index(folder / "index", records()[:INDEXED])
    return folder


@pytest.fixture
def folder(half_indexed: Path, tmp_path: Path, configure: Callable[..., None]) -> Path:
    """A copy of that folder, in force here too: the test's database holds the same papers."""
    copy = Path(shutil.copytree(half_indexed, tmp_path / "data"))
    configure(data=copy)
    store(records())
    return copy


def held() -> list[int]:
    """Numbers of the papers that the index in force holds; each must be there with its words."""
    opened = engine()
    assert opened.missing_words() == 0
    papers = opened.search(Query(k=10_000)).papers.tolist()
    assert opened.search(Query(search=parse(""), k=10_000)).papers.tolist() == papers
    return sorted(papers)


def assert_whole() -> None:
    """Every paper is there exactly once and can be found."""
    assert problems() == []
    assert held() == [each["id"] for each in records()]
    for each in records()[::7]:
        found = engine().search(Query(search=parse(f"id:{each['arxiv_id']}")))
        assert found.papers.tolist() == [each["id"]]
        best = engine().search(Query(search=parse(f'ti:"{each["title"].split(":")[0]}"')))
        assert each["id"] in best.papers.tolist()
    names = {path.name for path in (engine_folder()).iterdir()}
    assert names == engine().manifest.names() | {"build.lock"}


def engine_folder() -> Path:
    from bookwheel.config import config

    return config().index


FIRST = [each["id"] for each in records()[:INDEXED]]


@pytest.mark.parametrize(("place", "when", "times"), PLACES)
def test_a_killed_build_leaves_a_whole_index_and_goes_on(
    folder: Path, dying: Callable[..., int], place: str, when: str, times: int
) -> None:
    assert dying(folder, place, when, times) == -signal.SIGKILL
    commits = (len(held()) - INDEXED) // 60
    assert commits <= 1 or place.endswith("close")
    expected = len(records()) if place.endswith("close") else INDEXED + 60 * commits
    assert held() == [each["id"] for each in records()[:expected]]
    build_index()
    assert_whole()


@pytest.mark.parametrize(("place", "when", "times"), PLACES)
def test_a_killed_rebuild_leaves_the_old_index_in_force(
    folder: Path, dying: Callable[..., int], place: str, when: str, times: int
) -> None:
    assert dying(folder, place, when, times, rebuild=True) == -signal.SIGKILL
    done = place.endswith("close") or (place, when) == (f"{INDEX}.manifest.swap", "after")
    assert held() == [each["id"] for each in records()[: None if done else INDEXED]]
    build_index(rebuild=True)
    assert_whole()


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize("seconds", MOMENTS)
def test_a_build_killed_at_any_moment(
    folder: Path, dying: Callable[..., int], seconds: float, rebuild: bool
) -> None:
    dying(folder, "", "seconds", seconds, rebuild=rebuild)
    before = held()
    assert before == [each["id"] for each in records()[: len(before)]]
    assert len(before) >= INDEXED
    build_index()
    assert_whole()


def test_a_build_killed_again_and_again_comes_to_its_end(
    folder: Path, dying: Callable[..., int]
) -> None:
    for place, when, times in PLACES[1:9]:
        dying(folder, place, when, times)
    assert dying(folder, f"{INDEX}.manifest.swap", "never", 0) == 0
    assert_whole()


# The commands


def test_two_builds_at_once_take_turns(folder: Path) -> None:
    both = [start(folder, "index") for _ in range(2)]
    outputs = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    said = sorted(out.decode().strip() for out, _ in outputs)
    assert said == [f"{len(records()) - INDEXED} papers indexed.", "The index is up to date."]
    assert_whole()


def test_after_kill_9_the_commands_say_what_to_do(folder: Path, dying: Callable[..., int]) -> None:
    dying(folder, f"{INDEX}.manifest.swap", "before", 1, rebuild=True)
    check = run(folder, "check")
    assert (check.returncode, check.stderr) == (1, b"")
    missing = len(records()) - INDEXED
    assert check.stdout.decode().strip() == (
        f"Papers not in the index yet: {missing}. `bookwheel index` adds them."
    )
    assert run(folder, "index").returncode == 0
    check = run(folder, "check", "--json")
    assert (check.returncode, json.loads(check.stdout)) == (0, {"problems": []})
    assert_whole()


def refused(folder: Path, *, before: Callable[[], None] | None = None) -> str:
    """Build with the command, which must fail without a trace; give what it said."""
    found = run(folder, "index", before=before)
    said = " ".join(found.stderr.decode().split())
    assert found.returncode == 1, said
    assert "Traceback" not in said
    assert held() == FIRST
    return said


def test_a_limit_on_the_size_of_files(folder: Path) -> None:
    for limit in (60_000, 300_000):
        said = refused(
            folder,
            before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),  # noqa: B023
        )
        assert "the index in use is as it was. Make room" in said
    build_index()
    assert_whole()


def test_a_full_disk(
    half_indexed: Path, small_disk: Callable[[str], Path], configure: Callable[..., None]
) -> None:
    folder = small_disk("64m")
    shutil.copytree(half_indexed, folder, dirs_exist_ok=True)
    configure(data=folder)
    store(records())
    used = shutil.disk_usage(folder).used
    for room in (50_000, 400_000, 900_000):
        small_disk(str(used + room))
        said = refused(folder)
        assert "The papers are safe and the index in use is as it was. Make room" in said
        names = {path.name for path in (folder / "index").iterdir()}
        assert names <= manifest.load(folder / "index").names() | {"build.lock"}
    small_disk("64m")
    build_index()
    assert_whole()


def test_a_read_only_index(folder: Path) -> None:
    paths = [folder / "index", *(folder / "index").rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    said = refused(folder, before=obey_permissions)
    for path in paths:
        path.chmod(0o755)
    assert "Permission denied" in said
    assert "fix the permissions" in said
    build_index()
    assert_whole()


def test_an_index_folder_that_is_a_file(folder: Path) -> None:
    shutil.rmtree(folder / "index")
    (folder / "index").write_text("?")
    with pytest.raises(DataFolderError, match="could not be written"):
        build_index()
