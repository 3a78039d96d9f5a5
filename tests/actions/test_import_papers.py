"""Importing dumps: packings, bad lines, filters, doing it again, going on after a stop."""

from __future__ import annotations

import os
from datetime import date

import orjson
import pytest
from django.db import OperationalError, connection

from bookwheel.actions import import_papers as module
from bookwheel.actions.import_papers import ImportResult, import_papers
from bookwheel.arxiv.sample import sample_path
from bookwheel.arxiv.selection import Selection
from bookwheel.errors import DataFolderError, InputError
from bookwheel.models import Paper
from dumps import line, versions, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, configure):
    """A data folder of one's own, for reports and positions."""
    path = tmp_path / "data"
    path.mkdir()
    configure(data=path)
    return path


def counts(result):
    return (result.new, result.changed, result.same, result.skipped, result.filtered, result.bad)


def stored():
    return list(Paper.objects.order_by("id").values())


@pytest.mark.parametrize("name", ["dump.json", "dump.json.gz", "dump.json.zst", "archive.zip"])
def test_all_packings_are_read(tmp_path, name):
    dump = write(tmp_path / name, map(line, range(1, 5001)))
    assert counts(import_papers([dump])) == (5000, 0, 0, 0, 0, 0)
    assert [paper["id"] for paper in stored()] == list(range(1, 5001))
    assert len({paper["arxiv_id"] for paper in stored()}) == 5000


def test_importing_again_changes_nothing(tmp_path):
    dump = write(tmp_path / "dump.json", map(line, range(1, 3001)))
    import_papers([dump])
    before = stored()
    assert counts(import_papers([dump])) == (0, 0, 3000, 0, 0, 0)
    assert stored() == before


def test_a_paper_that_stands_in_a_file_twice(tmp_path):
    """The record of the second is recognised, that of the first is not: it must not win."""
    lines = [line(1, title="First"), line(2), line(1, title="Second")]
    dump = write(tmp_path / "dump.json", lines)
    assert counts(import_papers([dump])) == (2, 0, 1, 0, 0, 0)
    before = stored()
    assert counts(import_papers([dump])) == (0, 0, 3, 0, 0, 0)
    assert stored() == before
    assert Paper.objects.get(arxiv_id="2501.00001").title == "Second"


def test_the_same_papers_told_otherwise_change_nothing(tmp_path):
    """Not even when the lines are not recognised by their fingerprint."""
    lines = list(map(line, range(1, 101)))
    import_papers([write(tmp_path / "one.json", lines)])
    before = stored()
    told = [orjson.dumps(orjson.loads(one), option=orjson.OPT_SORT_KEYS) for one in lines]
    assert counts(import_papers([write(tmp_path / "two.json", told)])) == (0, 0, 100, 0, 0, 0)
    assert stored() == before


def test_several_files_and_papers_that_stand_in_both(tmp_path):
    one = write(tmp_path / "one.json", map(line, range(1, 101)))
    two = write(tmp_path / "two.json", map(line, range(51, 151)))
    assert counts(import_papers([one, two])) == (150, 0, 50, 0, 0, 0)


def test_later_records_update(tmp_path):
    import_papers([write(tmp_path / "one.json", map(line, range(1, 101)))])
    new = line(7, title="Better", versions=versions("2 Feb 2025", "3 Mar 2025"))
    assert counts(import_papers([write(tmp_path / "two.json", [new, line(8)])])) == (
        0,
        1,
        1,
        0,
        0,
        0,
    )
    paper = Paper.objects.get(arxiv_id="2501.00007")
    assert (paper.title, paper.first_date) == ("Better", date(2025, 1, 2))
    assert (paper.id, paper.changed) == (7, 101)


def test_bad_lines_are_counted_and_reported_and_stop_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("bookwheel.arxiv.lines.LONGEST", 5000)
    bad = {
        3: b"not JSON",
        5: line(5, id=None),
        6: line(6, title=7),
        8: line(8, abstract="long " * 2000),
        9: line(9).replace(b"Radiance", b"R\xff"),
        11: line(11, versions=[], update_date=None),
        12: line(12, id="2513.00001"),
    }
    dump = write(tmp_path / "dump.json", (bad.get(number, line(number)) for number in range(1, 21)))
    result = import_papers([dump])
    assert counts(result) == (13, 0, 0, 0, 0, 7)
    reported = [orjson.loads(one) for one in result.report.read_bytes().splitlines()]
    assert [one["line"] for one in reported] == sorted(bad)
    assert all(one["reason"] and one["excerpt"] for one in reported)
    assert {one["file"] for one in reported} == {str(dump)}


def test_a_report_does_not_fill_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("bookwheel.actions.report_bad_records.MOST", 3)
    one, two = (write(tmp_path / name, [b"junk", line(1), b"junk"]) for name in ("a", "b"))
    result = import_papers([one, two])
    assert result.bad == 4
    assert [orjson.loads(one)["line"] for one in result.report.read_bytes().splitlines()] == [
        1,
        3,
        1,
    ]


def test_without_bad_lines_there_is_no_report(tmp_path, folder):
    assert import_papers([write(tmp_path / "dump.json", [line()])]).report is None
    assert not (folder / "reports").exists()


@pytest.mark.parametrize("name", ["dump.gz", "dump.zst"])
def test_of_a_cut_off_file_the_beginning_is_kept(tmp_path, name):
    dump = write(tmp_path / name, (line(n, abstract=os.urandom(50).hex()) for n in range(1, 3001)))
    dump.write_bytes(dump.read_bytes()[:-1000])
    result = import_papers([dump])
    assert result.new == Paper.objects.count() > 1000
    assert result.bad == 1


def test_only_what_is_wanted_is_stored(tmp_path):
    days = {1: "31 Dec 2024", 2: "1 Jan 2025", 3: "31 Jan 2025", 4: "1 Feb 2025", 5: "9 Jan 2025"}
    lines = [
        line(n, versions=versions(day), categories="cs.CL cs.LG" if n < 5 else "math.CO")
        for n, day in days.items()
    ]
    dump = write(tmp_path / "dump.json", lines)
    chosen = Selection(("cs",), date(2025, 1, 1), date(2025, 1, 31))
    assert counts(import_papers([dump], chosen=chosen)) == (2, 0, 0, 0, 3, 0)
    assert [paper["arxiv_id"] for paper in stored()] == ["2501.00002", "2501.00003"]
    cross_lists = Selection(("cs.LG", "math.CO"))
    assert counts(import_papers([dump], chosen=cross_lists)) == (3, 0, 2, 0, 0, 0)


def test_announcement_days_can_come_from_elsewhere(tmp_path):
    dump = write(tmp_path / "dump.json", [line(1), line(2)])
    import_papers([dump])
    days = {"2501.00002": date(2025, 1, 6)}
    assert counts(import_papers([dump], announced=days)) == (0, 1, 1, 0, 0, 0)
    assert counts(import_papers([dump], announced=days)) == (0, 0, 2, 0, 0, 0)
    assert Paper.objects.get(arxiv_id="2501.00002").announced == date(2025, 1, 6)


def stop_after(batches):
    """A function that asks to stop when it was asked so often."""
    asked = iter([False] * (batches - 1))
    return lambda: next(asked, True)


def test_a_stopped_import_goes_on_where_it_was(tmp_path, monkeypatch, folder):
    monkeypatch.setattr(module, "BATCH", 100)
    dump = write(tmp_path / "dump.json", map(line, range(1, 1001)))
    result = import_papers([dump], stop=stop_after(3))
    assert (result.new, result.stopped_at) == (300, f"{dump}, line 300")
    assert counts(import_papers([dump])) == (700, 0, 0, 300, 0, 0)
    assert Paper.objects.count() == 1000
    assert not list((folder / "imports").iterdir())


def test_a_stop_in_the_second_file_does_not_read_the_first_again(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 100)
    one = write(tmp_path / "one.json", map(line, range(1, 201)))
    two = write(tmp_path / "two.json", map(line, range(201, 401)))
    import_papers([one, two], stop=stop_after(3))
    assert counts(import_papers([one, two])) == (100, 0, 0, 300, 0, 0)


def test_going_on_believes_nothing_that_does_not_fit(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 100)
    dump = write(tmp_path / "dump.json", map(line, range(1, 301)))
    half = import_papers([dump], stop=stop_after(1), chosen=Selection(("hep-ex",)))
    assert half.new == 100
    other_choice = import_papers([dump], stop=stop_after(2))
    assert counts(other_choice) == (100, 0, 100, 0, 0, 0)
    write(dump, map(line, range(1, 401)))
    changed_file = import_papers([dump], stop=stop_after(3))
    assert counts(changed_file) == (100, 0, 200, 0, 0, 0)
    Paper.objects.filter(id__gt=50).delete()
    restored_backup = import_papers([dump])
    assert counts(restored_backup) == (350, 0, 50, 0, 0, 0)


def test_a_damaged_position_is_no_position(tmp_path, monkeypatch, folder):
    monkeypatch.setattr(module, "BATCH", 100)
    dump = write(tmp_path / "dump.json", map(line, range(1, 301)))
    import_papers([dump], stop=stop_after(1))
    [position] = (folder / "imports").iterdir()
    for text in (b"", b"[]", b'{"line": 100}', b'{"line": "x", "changed": 1}'):
        position.write_bytes(text)
        assert import_papers([dump], stop=stop_after(1)).skipped == 0


def test_progress_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 100)
    one = write(tmp_path / "one.json", map(line, range(1, 251)))
    two = write(tmp_path / "two.json.zst", map(line, range(1, 251)))
    told: list[tuple[int, int]] = []
    import_papers(
        [one, two], progress=lambda result: told.append((result.records, result.bytes_read))
    )
    assert [records for records, _ in told] == [100, 200, 250, 350, 450, 500]
    assert told[2][1] == one.stat().st_size
    assert told[-1][1] == one.stat().st_size + two.stat().st_size


def test_batches_are_small_when_lines_are_long(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH_BYTES", 10_000)
    dump = write(tmp_path / "dump.json", (line(n, abstract="x" * 4000) for n in range(1, 10)))
    told: list[int] = []
    import_papers([dump], progress=lambda result: told.append(result.records))
    assert told == [3, 6, 9]


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match=r"nothing\.json cannot be read"):
        import_papers([tmp_path / "nothing.json"])


@pytest.mark.sqlite
def test_a_read_only_database_is_explained(tmp_path):
    dump = write(tmp_path / "dump.json", [line()])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=1")
        try:
            with pytest.raises(DataFolderError, match=r"readonly.*Nothing.*lost.*writable"):
                import_papers([dump])
        finally:
            cursor.execute("PRAGMA query_only=0")
    assert import_papers([dump]).new == 1


def test_other_troubles_of_the_database_are_not_called_the_disks(tmp_path, monkeypatch):
    def broken(rows):
        raise OperationalError("no such table: bookwheel_paper")

    monkeypatch.setattr(module, "store_papers", broken)
    with pytest.raises(OperationalError):
        import_papers([write(tmp_path / "dump.json", [line()])])


def test_the_sample_is_real_and_whole():
    result = import_papers([sample_path()])
    assert result == ImportResult(new=20_000, bytes_read=sample_path().stat().st_size)
    assert Paper.objects.filter(announced=None).count() == 0
    archives = {paper.primary.partition(".")[0] for paper in Paper.objects.only("categories")}
    assert {
        "cs",
        "math",
        "stat",
        "eess",
        "econ",
        "q-bio",
        "q-fin",
        "quant-ph",
        "hep-th",
    } <= archives
    recent = Paper.objects.filter(announced__gte="2026-04-20").values("announced").distinct()
    assert recent.count() > 30
