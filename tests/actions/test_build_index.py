from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from multiprocessing import Event
from pathlib import Path

import pytest

from bookwheel.actions import build_index as module
from bookwheel.actions.build_index import build_index, follow
from bookwheel.config import config
from bookwheel.core.encoder import Encoder
from bookwheel.errors import IndexDamagedError
from bookwheel.index import manifest, writer
from bookwheel.index.query import Hits, Query
from bookwheel.index.syntax import parse
from bookwheel.models import Paper
from bookwheel.queries.engine import engine
from bookwheel.queries.status import problems
from library import forget_encoders, other_encoder, records, store

LAST = records()[-1]["changed"]


@pytest.fixture
def folder(db: None, tmp_path: Path, configure: Callable[..., None]) -> Path:
    """An empty data folder."""
    configure(data=tmp_path)
    return tmp_path


def search(text: str, **changes: object) -> Hits:
    return engine().search(replace(Query(search=parse(text)), **changes))  # type: ignore[arg-type]


def everything() -> list[int]:
    return sorted(engine().search(Query(k=10_000)).papers.tolist())


def test_no_papers_make_an_empty_index(folder: Path) -> None:
    assert build_index() == 0
    assert everything() == []
    store(records()[:3])
    assert build_index() == 3
    assert len(everything()) == 3
    assert problems() == []


def test_a_days_papers_are_added_and_readers_go_on(folder: Path) -> None:
    store(records()[:60])
    told: list[tuple[int, int]] = []
    assert build_index(lambda *counts: told.append(counts)) == 60
    assert told[-1] == (60, 60)
    before = engine()
    old = before.search(Query(search=parse("learning"), k=99)).rows.tolist()
    new = records()[60:80]
    store(new)
    assert before is engine()
    assert build_index() == 20
    assert build_index() == 0
    after = engine()
    assert after is not before
    assert (len(before.columns), len(after.columns)) == (60, 80)
    before._answers._answers.clear()
    assert before.search(Query(search=parse("learning"), k=99)).rows.tolist() == old
    assert before.search(Query(search=parse("cat:cs"), sort="date")).total <= 60
    assert before.taste(before.columns.papers[:2].tolist()).vector is not None
    title = f'"{new[3]["title"].split(":")[0]}"'
    assert search(title).papers[0] == new[3]["id"]
    assert after.search(Query(k=1)).papers[0] == new[-1]["id"]
    assert problems() == []


def test_an_old_index_is_read_while_a_new_one_takes_its_place(folder: Path) -> None:
    store(records()[:40])
    build_index()
    before = engine()
    build_index(rebuild=True)
    store(records()[40:50])
    build_index(rebuild=True)
    assert before.search(Query(search=parse("learning"))).total
    assert before.lexical.documents().tolist() == [1] * 40
    assert len(engine().columns) == 50


def test_a_changed_paper_replaces_itself(folder: Path) -> None:
    papers = store(records()[:40])
    build_index()
    changed = papers[5]
    was = f'ti:"{changed.title}"'
    assert search(was).papers.tolist() == [changed.pk]
    for number, title in enumerate(("Walruses of the north", "Otters of the south"), 1):
        changes = {"title": title, "changed": LAST + number, "categories": "hep-th"}
        Paper.objects.filter(pk=changed.pk).update(**changes)
        assert build_index() == 1
        assert everything() == [paper.pk for paper in papers]
        assert search(was).total == 0
        assert search(f'"{title}"').papers.tolist() == [changed.pk]
        assert search("cat:hep-th").papers.tolist() == [changed.pk]
        assert problems() == []
    assert search("walruses").total == 0
    assert engine().manifest.purged == 1  # the row before the last is forgotten for good
    assert engine().columns.dead.tolist() == [5, 40]


def test_a_rebuild_finds_what_additions_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "FULL", 50)
    for start in range(0, 120, 30):
        store(records()[start : start + 30])
        build_index()
    Paper.objects.filter(pk=records()[7]["id"]).update(changed=LAST + 1)
    build_index()

    def answers() -> list[list[int]]:
        taste = engine().taste([each["id"] for each in records()[10:13]])
        asked = [Query(taste=taste), *(Query(search=parse(text)) for text in ("speech", "graph"))]
        return [engine().search(query).papers.tolist() for query in asked]

    added = answers()
    assert len(engine().segments) == 3
    assert build_index(rebuild=True) == 120
    found = answers()
    assert engine().columns.dead.tolist() == []
    assert problems() == []
    for one, other in zip(added, found, strict=True):
        # Statistics of words and the background count dead rows until a rebuild.
        assert len(set(one[:10]) & set(other[:10])) >= 9


def test_a_long_build_commits_on_the_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 10)
    monkeypatch.setattr(module, "FULL", 30)
    monkeypatch.setattr(writer, "FULL", 30)
    store(records()[:100])
    build_index()
    found = engine().manifest
    assert found.generation == 4
    assert [(entry.start, entry.rows) for entry in found.segments] == [
        (0, 30), (30, 30), (60, 30), (90, 10),
    ]  # fmt: skip
    assert problems() == []
    build_index(rebuild=True)
    assert engine().manifest.generation == 5
    assert problems() == []


def test_nothing_is_left_lying_about(folder: Path) -> None:
    store(records()[:10])
    for rebuild in (False, True, False):
        build_index(rebuild=rebuild)
    (config().index / "segment-000009-001").mkdir()
    (config().index / "segment-000009-001" / "codes.npy").write_bytes(b"half")
    build_index(rebuild=True)
    names = {path.name for path in config().index.iterdir()}
    assert names == manifest.load(config().index).names() | {"build.lock"}


def test_papers_are_added_with_the_encoder_of_the_index_until_a_rebuild(
    folder: Path, configure: Callable[..., None]
) -> None:
    store(records()[:10])
    build_index()
    other_encoder().save(folder / "trained.npz")
    configure(encoder=folder / "trained.npz")
    store(records()[10:12])
    assert build_index() == 2
    assert engine().encoder.fingerprint == Encoder.shipped().fingerprint
    assert build_index(rebuild=True) == 12
    assert engine().encoder.fingerprint == other_encoder().fingerprint
    assert search(f'"{records()[11]["title"].split(":")[0]}"').papers[0] == records()[11]["id"]


def test_an_index_whose_encoder_is_unknown_is_refused_with_advice(
    folder: Path, configure: Callable[..., None]
) -> None:
    store(records()[:10])
    build_index()
    before = manifest.load(folder / "index")
    (folder / "index" / before.encoder_file).unlink()
    other_encoder().save(folder / "trained.npz")
    configure(encoder=folder / "trained.npz")
    forget_encoders()
    store(records()[10:12])
    with pytest.raises(IndexDamagedError, match=r"another encoder.*`bookwheel index --rebuild`"):
        build_index()
    assert manifest.load(config().index) == before
    assert build_index(rebuild=True) == 12
    assert problems() == []


def test_papers_are_followed_while_they_come_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished = Event()
    coming = [records()[start : start + 10] for start in range(0, 50, 10)]

    def meanwhile(_seconds: float) -> None:
        store(coming.pop(0))
        if len(coming) == 1:
            store(coming.pop(0))  # the last come in just before the end
            finished.set()

    monkeypatch.setattr(module.time, "sleep", meanwhile)
    assert follow(finished) == 50
    assert len(everything()) == 50
    assert engine().manifest.generation == 1
    assert problems() == []
