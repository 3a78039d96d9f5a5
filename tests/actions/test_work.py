"""Jobs, what is noted of them, and the worker that runs them when they are due."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from arxivs import arxiv
from bookwheel.actions import harvest, work
from bookwheel.actions.follow_source import follow_source, followed, go_on_after_import
from bookwheel.actions.run_job import Told, run_job
from bookwheel.errors import NotNowError, SourceError, StoppedError
from bookwheel.models import Job, Paper, Source, Stretch
from bookwheel.models.locks import alone
from bookwheel.queries.worker import LOCK, is_at_work
from dumps import record

__all__ = ["arxiv"]
pytestmark = [pytest.mark.loopback, pytest.mark.django_db]


@pytest.fixture
def folder(configure, data_folder):
    configure(data=data_folder, offline="false")
    return data_folder


def test_what_is_noted(folder):
    job = run_job("records", lambda: Told(new=3, text="Well."))
    assert (job.outcome, job.new, job.told, job.again) == ("done", 3, "Well.", None)
    assert run_job("records", lambda: Told(whole=False)).outcome == "nothing"
    assert run_job("records", lambda: Told(stopped=True)).outcome == "stopped"


def raising(error):
    def work():
        raise error

    return work


def test_what_went_wrong_is_noted(folder):
    failed = run_job("records", raising(SourceError("It was ill.")))
    assert (failed.outcome, failed.told) == ("failed", "It was ill.")
    assert failed.again > failed.started
    waiting = run_job("records", raising(NotNowError("Later.", 2_000_000_000.0)))
    assert (waiting.outcome, waiting.again.timestamp()) == ("waiting", 2_000_000_000.0)
    assert run_job("records", raising(StoppedError("Stop."))).outcome == "stopped"
    with pytest.raises(ZeroDivisionError):
        run_job("records", lambda: 1 // 0)
    assert Job.objects.order_by("pk").last().told.startswith("ZeroDivisionError")


def test_a_run_that_was_killed_is_noted_by_the_next(folder):
    Job.objects.create(name="records", started=timezone.now())
    run_job("records", Told)
    assert list(Job.objects.order_by("pk").values_list("outcome", flat=True)) == ["killed", "done"]


def test_one_at_a_time(folder):
    inner = []
    run_job("records", lambda: inner.append(run_job("records", Told)) or Told())
    assert inner == [None]
    assert Job.objects.count() == 1


def test_a_worker_does_what_is_due_once(arxiv, data_folder, configure, monkeypatch):
    _, server, _ = arxiv([record(1, categories="cs.LG", update_date=str(timezone.now().date()))])
    configure(data=data_folder)
    monkeypatch.setattr(work.StoppableClock, "sleep", lambda *_: None)
    monkeypatch.setattr("bookwheel.arxiv.pace.Pace._due", lambda _: 0.0)
    said = []
    work.work(threading.Event(), said.append, once=True)
    assert Paper.objects.get().arxiv_id == "2501.00001"
    assert [line.partition(":")[0] for line in said] == ["records", "listings"]
    asked = len(server.requests)
    work.work(threading.Event(), said.append, once=True)
    assert len(server.requests) == asked  # nothing is due: done, or to be tried later


def test_a_worker_beside_another_waits(folder):
    said = []
    with alone(LOCK):
        assert is_at_work()
        work.work(threading.Event(), said.append, once=True)
    assert said == ["Another worker is at work."]
    assert not is_at_work()


def test_a_job_that_fails_for_no_known_reason_leaves_the_worker_alive(folder, monkeypatch):
    monkeypatch.setattr(harvest, "followed", raising(ZeroDivisionError("oh")))
    said = []
    work.work(threading.Event(), said.append, once=True)
    assert said[0].startswith("records: ZeroDivisionError")


def test_whoever_waits_is_woken_up_to_stop():
    stop = threading.Event()
    stop.set()
    with pytest.raises(StoppedError):
        work.StoppableClock(stop).sleep(1000)


def test_offline_nothing_is_asked(configure, data_folder):
    configure(data=data_folder, offline="true")
    work.work(threading.Event(), lambda _: None, once=True)
    assert not Job.objects.exists()


def test_what_is_followed_without_a_word(folder, time_machine):
    time_machine.move_to(datetime(2026, 6, 10, tzinfo=UTC))
    assert (followed().categories, followed().since) == ("", date(2026, 6, 3))


def test_wanting_more_reads_again(folder):
    follow_source("arxiv", categories=["cs.LG"], since=date(2026, 5, 1))
    Stretch.objects.create(source="arxiv", part="cs:cs:LG", complete=date(2026, 6, 1))
    follow_source("arxiv", categories=["cs.LG"], since=date(2026, 5, 20))
    assert Stretch.objects.exists()
    follow_source("arxiv", categories=["cs.LG"], since=date(2026, 4, 1))
    assert not Stretch.objects.exists()


def test_an_imported_dump_is_where_the_harvest_begins(folder, paper):
    paper.updated = date(2026, 5, 3)
    paper.save()
    go_on_after_import(["cs.LG"])
    source = Source.objects.get()
    assert (source.categories, source.since) == ("cs.LG", date(2026, 5, 3))
    paper.updated -= timedelta(days=30)
    paper.save()
    go_on_after_import([])
    source.refresh_from_db()
    assert (source.categories, source.since) == ("cs.LG", date(2026, 4, 3))
