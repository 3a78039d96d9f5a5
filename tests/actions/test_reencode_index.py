"""Making an index with another encoder: what comes out, and what it may meet on the way."""

from __future__ import annotations

import resource
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bookwheel.actions import reencode_index as module
from bookwheel.actions.build_index import build_index
from bookwheel.actions.reencode_index import reencode_index
from bookwheel.config import config
from bookwheel.core.encoder import Encoder
from bookwheel.errors import IndexMissingError
from bookwheel.index import manifest, reencoder, writer
from bookwheel.index.engine import Engine
from bookwheel.index.query import Query
from bookwheel.index.syntax import parse
from bookwheel.models import Paper
from bookwheel.queries.engine import engine
from bookwheel.queries.status import problems, status
from library import changed_encoder, fill, other_encoder, records, store
from processes import obey_permissions, run

COMMIT = 60  # papers in a full segment
LAST = records()[-1]["changed"]


@pytest.fixture(autouse=True)
def in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "FULL", COMMIT)
    monkeypatch.setattr(reencoder, "LATE", COMMIT)
    monkeypatch.setattr(reencoder, "BATCH", 20)


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    """The file of an encoder that is not the shipped one."""
    path = tmp_path / "trained.npz"
    other_encoder().save(path)
    return path


@pytest.fixture
def folder(db: None, data_folder: Path, trained: Path, configure: Callable[..., None]) -> Path:
    """A data folder whose index is not of the wanted encoder, with a changed and a lost paper."""
    configure(data=data_folder)
    store(records()[:200])
    build_index()
    Paper.objects.filter(pk=records()[7]["id"]).update(title="Otters", changed=LAST + 1)
    build_index()
    Paper.objects.filter(pk=records()[8]["id"]).delete()
    configure(encoder=trained)
    return data_folder


def features(opened: Engine) -> Iterator[tuple[int, tuple[np.ndarray, ...]]]:
    """All that is known of each paper, by its number."""
    for row in np.flatnonzero(opened.columns.live):
        rows = opened.take(np.array([row]))
        arrays = (rows.codes, rows.scales, rows.planes, rows.features, rows.weights, rows.authors)
        yield int(opened.columns.papers[row]), arrays


def assert_whole(folder: Path) -> None:
    """The index in force is of the wanted encoder and like one that was built with it."""
    assert problems() == []
    made, own = engine(), other_encoder().fingerprint
    assert made.manifest.encoder == made.encoder.fingerprint == own
    names = {path.name for path in (folder / "index").iterdir()}
    assert names == made.manifest.names() | {manifest.LOCK, manifest.STAGING_LOCK}
    build_index(rebuild=True)
    built = dict(features(engine()))
    found = dict(features(made))
    assert found.keys() == built.keys()
    for number, arrays in found.items():
        for one, other in zip(arrays, built[number], strict=True):
            np.testing.assert_array_equal(one, other)


def lost_paper_again() -> None:
    """Bring back what the index holds and the database lost, so that nothing else is wrong."""
    store(records()[8:9])


def test_it_is_as_if_built_with_the_wanted_encoder(folder: Path) -> None:
    lost_paper_again()
    before = engine()
    old = dict(features(before))
    heard: list[tuple[int, int]] = []
    assert reencode_index(lambda *counts: heard.append(counts)) == 200
    assert heard == sorted(heard)
    assert heard[-1] == (201, 201)  # rows, one of them dead
    new = engine().manifest
    assert new.generation == before.manifest.generation + 1
    kept = ("changed", "rows", "columns", "lexical", "purged")
    assert [getattr(new, name) for name in kept] == [
        getattr(before.manifest, name) for name in kept
    ]
    assert dict(features(before)).keys() == old.keys()  # readers of before go on
    assert before.search(Query(search=parse("learning"))).total
    assert engine().search(Query(search=parse("ti:otters"))).papers.tolist() == [records()[7]["id"]]
    assert reencode_index() == 0
    assert engine().manifest is new
    assert_whole(folder)


def test_papers_that_are_gone_and_an_empty_index(folder: Path) -> None:
    assert reencode_index() == 200
    assert [problem.split(":")[0] for problem in problems()] == [
        "Papers in the index that are not in the database"
    ]
    Paper.objects.all().delete()
    build_index(rebuild=True)
    assert reencode_index() == 0


def test_an_index_of_no_papers(
    db: None, tmp_path: Path, trained: Path, configure: Callable[..., None]
) -> None:
    configure(data=tmp_path / "data")
    with pytest.raises(IndexMissingError):
        reencode_index()
    build_index()
    configure(encoder=trained)
    reencode_index()
    assert engine().encoder.fingerprint == other_encoder().fingerprint
    assert problems() == []
    store(records()[:3])
    assert build_index() == 3
    assert engine().encoder.fingerprint == other_encoder().fingerprint


def test_the_old_encoder_can_come_back(folder: Path, configure: Callable[..., None]) -> None:
    lost_paper_again()
    before = dict(features(engine()))
    reencode_index()
    configure(encoder="")
    assert reencode_index() == 200
    assert engine().encoder.fingerprint == Encoder.shipped().fingerprint
    for number, arrays in features(engine()):
        for one, other in zip(arrays, before[number], strict=True):
            np.testing.assert_array_equal(one, other)
    assert problems() == []


# Meanwhile


def late(count: int) -> list[dict[str, Any]]:
    """Papers written after all others."""
    papers = enumerate(records()[200 : 200 + count], LAST + 2)
    return [paper | {"changed": changed} for changed, paper in papers]


def between(monkeypatch: pytest.MonkeyPatch, at: int, work: Callable[[], object]) -> None:
    """Do something while the texts of the `at`-th batch are asked for."""
    texts, calls = module._texts, iter(range(10_000))

    def call(numbers: np.ndarray) -> list[str]:
        if next(calls) == at:
            work()
        return texts(numbers)

    monkeypatch.setattr(module, "_texts", call)


@pytest.mark.parametrize("at", [0, 5, 10])
@pytest.mark.parametrize("count", [10, 110])
def test_papers_that_come_meanwhile_are_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch, at: int, count: int
) -> None:
    lost_paper_again()

    def arrive() -> None:
        store(late(count))
        Paper.objects.filter(pk=records()[3]["id"]).update(title="Walruses", changed=LAST + 999)
        assert build_index() == count + 1
        assert engine().encoder.fingerprint == Encoder.shipped().fingerprint
        assert engine().search(Query(search=parse("ti:walruses"))).total == 1

    between(monkeypatch, at, arrive)
    assert reencode_index() == 200 + count
    assert_whole(folder)


def test_readers_never_notice(folder: Path) -> None:
    lost_paper_again()
    done, wrong, seen = threading.Event(), [], set()
    expected = sorted(engine().search(Query(k=1000)).papers.tolist())

    def read() -> None:
        while not done.is_set():
            opened = engine()
            found = opened.search(Query(k=1000)).papers.tolist()
            liked = opened.taste(found[:3])
            hits = opened.search(Query(taste=liked))
            if sorted(found) != expected or not len(hits.papers):
                wrong.append(found)
            opened.search(Query(search=parse("neural networks")))
            seen.add(opened.manifest.encoder)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    reencode_index()
    while len(seen) < 2 and any(reader.is_alive() for reader in readers):
        done.wait(0.01)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert seen == {Encoder.shipped().fingerprint, other_encoder().fingerprint}


def test_a_rebuild_meanwhile_does_the_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost_paper_again()
    between(monkeypatch, 5, lambda: build_index(rebuild=True))
    assert reencode_index() == 0
    assert_whole(folder)


def test_what_was_begun_with_a_third_encoder_is_forgotten(
    folder: Path, configure: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost_paper_again()

    def stop() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        between(patched, 5, stop)
        reencode_index()
    assert [path.name for path in (folder / "index" / manifest.STAGING).iterdir()]
    third = changed_encoder("idf", lambda idf: idf * 2)
    third.save(folder / "third.npz")
    configure(encoder=folder / "third.npz")
    assert reencode_index() == 200
    assert engine().encoder.fingerprint == third.fingerprint
    assert not (folder / "index" / manifest.STAGING).exists()


def test_what_was_begun_for_other_papers_is_not_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost_paper_again()
    own = folder / "index" / manifest.STAGING / other_encoder().fingerprint
    own.mkdir(parents=True)
    first, second, *_ = engine().manifest.segments
    shutil.copytree(folder / "index" / second.name, own / first.name)
    (own / second.name).mkdir()
    reencode_index()
    assert_whole(folder)


def test_how_far_it_is_can_be_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost_paper_again()
    seen = []
    assert status().encoded is None
    between(monkeypatch, 5, lambda: seen.append(status()))
    reencode_index()
    assert [told.encoder for told in seen] == [Encoder.shipped().fingerprint]
    assert [told.encoder_wanted for told in seen] == [other_encoder().fingerprint]
    assert [told.encoded for told in seen] == [(20, 201)]
    assert status().encoded is None
    assert status().encoder == status().encoder_wanted == other_encoder().fingerprint


# What goes wrong


INDEX = "bookwheel.index"
PLACES = [
    (f"{INDEX}.encoding.encode", "after", 5),
    ("numpy.save", "after", 20),  # in the middle of the second segment
    ("pathlib.Path.rename", "before", 2),  # a segment is whole, and not yet counted as such
    ("pathlib.Path.rename", "after", 3),
    (f"{INDEX}.background.draw", "before", 1),  # all is encoded
    (f"{INDEX}.manifest.sweep", "after", 1),
    ("pathlib.Path.rename", "after", 6),  # some segments were moved to their places
    (f"{INDEX}.background.write", "after", 1),
    (f"{INDEX}.encoders.keep", "after", 1),
    (f"{INDEX}.manifest.swap", "before", 1),
    (f"{INDEX}.manifest.swap", "after", 1),  # in force, the old files still lie there
    (f"{INDEX}.manifest.sweep", "after", 2),
]


@pytest.mark.slow
@pytest.mark.parametrize(("place", "when", "times"), PLACES)
def test_killed_anywhere_the_old_index_serves_and_the_next_try_ends_it(
    folder: Path, trained: Path, dying: Callable[..., int], place: str, when: str, times: int
) -> None:
    lost_paper_again()
    _copy_database(folder)
    found = engine().search(Query(k=1000)).papers.tolist()
    assert dying(folder, place, when, times, encoder=trained) == -signal.SIGKILL
    swapped = (place, when, times) in (PLACES[-2], PLACES[-1])
    assert (engine().encoder.fingerprint == Encoder.shipped().fingerprint) is not swapped
    assert engine().search(Query(k=1000)).papers.tolist() == found
    assert engine().missing_words() == 0
    calls: list[int] = []
    assert reencode_index(lambda done, _total: calls.append(done)) == (0 if swapped else 200)
    if (place, when, times) == PLACES[4]:
        assert calls == []  # nothing was encoded twice
    assert_whole(folder)


@pytest.mark.slow
def test_killed_and_then_extended(folder: Path, trained: Path, dying: Callable[..., int]) -> None:
    lost_paper_again()
    _copy_database(folder)
    dying(folder, f"{INDEX}.background.draw", "before", 1, encoder=trained)
    store(late(30))
    assert build_index() == 30
    calls: list[int] = []
    assert reencode_index(lambda done, _total: calls.append(done)) == 230
    assert calls[0] > 180  # only the last segment was encoded again
    assert_whole(folder)


def _copy_database(folder: Path) -> None:
    """Put the papers of the test's database where another process can read them."""
    papers = Paper.objects.order_by("pk")
    fill(folder, [{name: getattr(paper, name) for name in records()[0]} for paper in papers])


def test_a_read_only_index_stays_as_it_is(folder: Path) -> None:
    lost_paper_again()
    _copy_database(folder)
    before = manifest.load(config().index)
    paths = [folder / "index", *(folder / "index").rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    found = run(folder, "index", before=obey_permissions)
    for path in paths:
        path.chmod(0o755)
    said = " ".join(found.stderr.decode().split())
    assert (found.returncode, "Traceback" in said) == (1, False), said
    assert "Permission denied" in said
    assert manifest.load(config().index) == before


@pytest.mark.slow
def test_a_disk_that_is_full_is_left_as_it_was(folder: Path) -> None:
    lost_paper_again()
    _copy_database(folder)
    before = manifest.load(config().index)
    limit = 60_000
    found = run(
        folder,
        "index",
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    said = " ".join(found.stderr.decode().split())
    assert (found.returncode, "Traceback" in said) == (1, False), said
    assert "The index in use is as it was. Make room" in said
    assert manifest.load(config().index) == before
    assert not (folder / "index" / manifest.STAGING).exists()
