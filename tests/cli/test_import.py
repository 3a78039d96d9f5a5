"""`bookwheel import` as a real process."""

from __future__ import annotations

import signal
import time

import orjson
import pytest

from dumps import line, versions, write
from processes import assert_whole, papers, run, start

pytestmark = pytest.mark.slow

QUICK = ("import", "--no-index")


def counted(result):
    assert result.returncode == 0, result.stderr
    return {key: value for key, value in orjson.loads(result.stdout).items() if value}


def test_it_says_what_became_of_the_records(tmp_path, data_folder):
    lines = [line(1), line(2), b"junk"]
    result = run(data_folder, *QUICK, write(tmp_path / "dump.json", lines))
    assert result.returncode == 0, result.stderr
    told = result.stdout.decode()
    assert "3 records read" in told
    assert "2 new papers" in told
    [report] = (data_folder / "reports").iterdir()
    assert f"1 could not be used; why stands in {report}" in told
    assert orjson.loads(report.read_bytes())["line"] == 3


def test_standard_input_packed_or_not(tmp_path, data_folder):
    for name in ("dump.json", "dump.zst"):
        content = write(tmp_path / name, map(line, range(1, 101))).read_bytes()
        counts = counted(run(data_folder, *QUICK, "--json", "-", content=content))
        assert counts == {"new": 100} if name == "dump.json" else {"same": 100}


def test_choices(tmp_path, data_folder):
    lines = [
        line(1, categories="math.CO"),
        line(2, categories="math.CO", versions=versions("1 Jan 2025")),
        line(3, categories="cs.LG"),
    ]
    dump = write(tmp_path / "dump.json", lines)
    days = tmp_path / "days.json"
    days.write_bytes(orjson.dumps({"2025-01-06": ["2501.00001"], "2025-01-07": ["2501.00003"]}))
    chosen = ("--category", "MATH", "--since", "2025-01-02", "--until", "2025-01-02")
    counts = counted(run(data_folder, *QUICK, "--json", *chosen, "--announced", days, dump))
    assert counts == {"new": 1, "filtered": 2, "announcements": 1}
    [[_, _, arxiv_id]] = papers(data_folder)
    assert arxiv_id == "2501.00001"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--category", "cs.LGG", "-"], b"cs.LG"),
        (["--since", "soon", "-"], b"--since"),
        (["--announced", __file__, "-"], b"--announced"),
        (["nothing.json"], b"nothing.json cannot be read"),
        ([], b"FILE"),
    ],
)
def test_what_cannot_be_meant_is_refused(data_folder, arguments, reason):
    result = run(data_folder, *QUICK, *arguments)
    assert result.returncode in (1, 2)
    assert reason in result.stderr
    assert b"Traceback" not in result.stderr


def wait_for(condition) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen within 30 s")


def test_ctrl_c_stops_and_the_same_command_goes_on(tmp_path, data_folder):
    dump = write(tmp_path / "dump.json", map(line, range(1, 40_001)))
    process = start(data_folder, *QUICK, dump)
    wait_for(lambda: papers(data_folder))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert f"Stopped after {dump}, line" in out.decode()
    counts = counted(run(data_folder, *QUICK, "--json", dump))
    assert counts.keys() == {"new", "skipped"}
    assert counts["new"] + counts["skipped"] == 40_000
    assert_whole(data_folder, {f"2501.{number:05d}" for number in range(1, 40_001)})


def test_papers_can_be_found_after_a_kill_and_another_run(tmp_path, data_folder):
    dump = write(tmp_path / "dump.json", map(line, range(1, 6001)))
    process = start(data_folder, "import", dump)
    wait_for(lambda: papers(data_folder))
    process.kill()
    process.communicate()
    counts = counted(run(data_folder, "import", "--json", dump))
    assert counts["new"] < 6000
    assert_whole(data_folder, {f"2501.{number:05d}" for number in range(1, 6001)})
    agreed = run(data_folder, "check", "--json")
    assert orjson.loads(agreed.stdout) == {"problems": []}
    hits = orjson.loads(run(data_folder, "search", "--json", "radiance 4711").stdout)["hits"]
    assert hits[0]["id"] == "2501.04711"


def test_an_index_that_fails_is_told_and_papers_are_kept(tmp_path, data_folder):
    (data_folder / "index").write_text("not a folder")
    result = run(data_folder, "import", write(tmp_path / "dump.json", [line()]))
    assert result.returncode == 1
    assert b"bookwheel index" in result.stderr
    assert b"Traceback" not in result.stderr
    assert len(papers(data_folder)) == 1


def test_the_sample_has_a_name(data_folder):
    chosen = ("--category", "hep-lat", "--json")
    assert counted(run(data_folder, *QUICK, *chosen, "sample"))["new"] > 4


def test_announcements_alone_are_for_the_papers_that_are_there(tmp_path, data_folder):
    dump = write(tmp_path / "dump.json", [line(1), line(2)])
    counted(run(data_folder, *QUICK, "--json", dump))
    days = tmp_path / "days.json"
    told = {"2025-01-06": {"new": ["2501.00001"], "cross": ["2501.00002"]}, "2025-01-07": ["x"]}
    days.write_bytes(orjson.dumps(told))
    said = run(data_folder, *QUICK, "--announced", days)
    assert said.returncode == 0, said.stderr
    assert b"2 announcements stored, which gave 1 papers their day. 1 are of papers" in said.stdout
    assert counted(run(data_folder, *QUICK, "--json", "--announced", days)) == {}


def test_without_any_file_it_says_what_is_missing(data_folder):
    result = run(data_folder, *QUICK)
    assert result.returncode == 2
    assert b"Name a FILE" in result.stderr
