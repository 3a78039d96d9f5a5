"""What programs that watch the site hear, and what the log says of readers: nothing."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import orjson
import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from bookwheel.logs import REQUESTS, JsonLines, logging_settings, without_addresses
from bookwheel.models import Paper
from bookwheel.queries import watching
from people import Configure, Person

SECRETS = ("radium", "polonium", "alice", "correct-horse", "curie")


def here() -> Client:
    """A program on this machine."""
    return Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")


def figures(text: str) -> dict[str, float]:
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            told = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{told}}}"] = sample.value
    return found


@pytest.mark.django_db
def test_alive_is_not_ready() -> None:
    assert here().get("/healthz").content == b"ok\n"
    answer = here().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "missing": ["index"]}


def test_ready_with_papers(library: list[Paper]) -> None:
    assert here().get("/readyz").json() == {"ready": True, "missing": []}


def test_a_full_disk_is_told_by_name_only(
    library: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "ROOM", 1 << 62)
    assert here().get("/readyz").json() == {"ready": False, "missing": ["disk"]}


def test_figures_count_pages_and_not_what_was_looked_at(
    alice: Person, library: list[Paper], configure: Configure
) -> None:
    before = figures(here().get("/metrics").text)
    for _ in range(3):
        alice.client.get("/search?q=radium")
    alice.client.get(f"/abs/{library[0].arxiv_id}")
    alice.client.get("/no/such/page/polonium")
    text = here().get("/metrics").text
    after = figures(text)

    def more(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert more("bookwheel_requests_total{method=GET,route=search,status=2xx}") == 3
    assert more("bookwheel_requests_total{method=GET,route=paper,status=2xx}") == 1
    assert more("bookwheel_requests_total{method=GET,route=none,status=4xx}") == 1
    assert more("bookwheel_request_seconds_count{route=search}") == 3
    assert after["bookwheel_papers{}"] == len(library)
    assert after["bookwheel_readers{}"] == 1
    assert after["bookwheel_disk_free_bytes{}"] > 0
    assert not [word for word in (*SECRETS, library[0].arxiv_id) if word in text]


def test_who_may_read_them(configure: Configure, library: list[Paper]) -> None:
    assert here().get("/metrics").status_code == 200
    elsewhere = Client(SERVER_NAME="localhost", REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get("/metrics").status_code == 404
    assert here().get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    configure(metrics_token="correct-horse")
    assert here().get("/metrics").status_code == 404
    for token, status in (("wrong", 404), ("correct-horse", 200), ("", 404)):
        headers = {"Authorization": f"Bearer {token}"}
        assert elsewhere.get("/metrics", headers=headers).status_code == status


def test_the_log_names_pages_and_no_reader_nor_what_they_read(
    alice: Person, library: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, handler = list[str](), logging.Handler()
    handler.setFormatter(JsonLines())
    handler.addFilter(without_addresses)
    monkeypatch.setattr(handler, "emit", lambda record: lines.append(handler.format(record)))
    root = logging.getLogger()
    monkeypatch.setattr(logging.getLogger(REQUESTS), "level", logging.INFO)
    logging.getLogger(REQUESTS).manager._clear_cache()  # type: ignore[attr-defined]
    root.addHandler(handler)
    paper = library[0].arxiv_id
    try:
        alice.client.raise_request_exception = False
        alice.client.get("/search?q=radium")
        alice.client.get(f"/abs/{paper}")
        alice.client.post("/do/tag", {"paper": paper, "tag": "polonium"})
        alice.client.get("/tag/polonium")
        alice.client.get("/no/such/curie")
        Client(SERVER_NAME="localhost").post(
            "/account/login", {"login": "alice", "password": "correct-horse"}
        )
        with monkeypatch.context() as broken:
            broken.setattr("bookwheel.web.pages.paper.render", None)  # an error that nobody foresaw
            alice.client.get(f"/abs/{paper}")
    finally:
        root.removeHandler(handler)
        logging.getLogger(REQUESTS).manager._clear_cache()  # type: ignore[attr-defined]
    told = [orjson.loads(line) for line in lines]
    routes = [one["route"] for one in told if one["logger"] == REQUESTS]
    assert routes[:5] == ["search", "paper", "do_tag", "tag", "none"]
    assert {"method", "status", "ms", "time", "level"} <= told[0].keys()
    errors = [one for one in told if one["level"] == "error"]
    assert [one["message"] for one in errors] == ["Internal Server Error: paper"]
    assert "trace" in errors[0]
    assert not [word for word in (*SECRETS, paper) if word in "\n".join(lines)]


def test_settings_choose_the_form() -> None:
    for form, requests in (("text", False), ("json", True)):
        made = logging_settings(form, requests=requests)
        assert made["handlers"]["console"]["formatter"] == form  # type: ignore[index]
        level = made["loggers"][REQUESTS]["level"]  # type: ignore[index]
        assert level == ("INFO" if requests else "WARNING")


@pytest.mark.slow
@pytest.mark.loopback
def test_all_workers_count_together_and_log_as_json(data_folder: Path) -> None:
    """A real server with three workers: one of them tells of all."""
    import os
    import subprocess
    import sys
    from urllib.request import urlopen

    settings = {
        "BOOKWHEEL_LOG": "json",
        "BOOKWHEEL_LOG_REQUESTS": "true",
        "TMPDIR": str(data_folder),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bookwheel", "serve", "--port", "0", "--workers", "3"],
        env=os.environ | settings | {"BOOKWHEEL_DATA": str(data_folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout and process.stderr
        while not (found := re.search(r"http://\S+:\d+", process.stdout.readline())):
            assert process.poll() is None
        for _ in range(40):  # each with a connection of its own: any worker may take it
            urlopen(f"{found[0]}/healthz").read()
        text = urlopen(f"{found[0]}/metrics").read().decode()
        counted = figures(text)["bookwheel_requests_total{method=GET,route=healthz,status=2xx}"]
        assert counted == 40
        assert list(data_folder.glob("bookwheel-metrics-*"))
    finally:
        process.terminate()
        process.wait(60)
    lines = [orjson.loads(line) for line in process.stderr.read().splitlines() if line[:1] == "{"]
    process.stdout.close()
    process.stderr.close()
    assert len([one for one in lines if one.get("route") == "healthz"]) == 40
    assert list(data_folder.glob("bookwheel-metrics-*")) == []
