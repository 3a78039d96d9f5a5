"""When jobs run: by arXiv's clock, and by what became of their last runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bookwheel.models import Job
from bookwheel.queries.due import LISTINGS, PATIENCE, RECORDS, next_run, retry_at

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 6, 2, 12, tzinfo=UTC)  # Monday evening's announcement has long been made
# 20:00 in New York is midnight in UTC in summer; records come two hours and forty minutes later.
DUE = datetime(2026, 6, 2, 2, 40, tzinfo=UTC)
NEXT = datetime(2026, 6, 3, 2, 40, tzinfo=UTC)


def ran(outcome, started, again=None, name=RECORDS):
    return Job.objects.create(
        name=name, outcome=outcome, started=started, ended=started, again=again
    )


def test_what_never_ran_is_due():
    assert next_run(RECORDS, TUESDAY) == DUE
    assert next_run(LISTINGS, TUESDAY) == datetime(2026, 6, 2, 4, 10, tzinfo=UTC)


def test_what_was_done_waits_for_the_next_announcement():
    ran(Job.Outcome.DONE, DUE - timedelta(hours=1))
    assert next_run(RECORDS, TUESDAY) == DUE
    ran(Job.Outcome.DONE, DUE + timedelta(hours=1))
    assert next_run(RECORDS, TUESDAY) == NEXT
    assert next_run(LISTINGS, TUESDAY) < TUESDAY


@pytest.mark.parametrize("outcome", [Job.Outcome.FAILED, Job.Outcome.WAITING, Job.Outcome.NOTHING])
def test_what_did_not_succeed_is_tried_again(outcome):
    again = TUESDAY + timedelta(minutes=20)
    ran(outcome, DUE + timedelta(minutes=1), again)
    assert next_run(RECORDS, TUESDAY) == again


@pytest.mark.parametrize("outcome", [Job.Outcome.KILLED, Job.Outcome.STOPPED])
def test_what_was_cut_off_goes_on_at_once(outcome):
    ran(outcome, DUE + timedelta(minutes=1))
    assert next_run(RECORDS, TUESDAY) <= TUESDAY


def test_a_holiday_that_nobody_told_of_is_given_up():
    for number in range(PATIENCE):
        ran(Job.Outcome.NOTHING, DUE + timedelta(minutes=number + 1), TUESDAY)
    assert next_run(RECORDS, TUESDAY) == NEXT


def test_a_rest_that_a_server_asked_for_holds_for_the_next_announcement_too():
    ran(Job.Outcome.WAITING, DUE - timedelta(minutes=1), TUESDAY + timedelta(hours=1))
    assert next_run(RECORDS, TUESDAY) == TUESDAY + timedelta(hours=1)


def test_friday_and_saturday_evening_bring_nothing():
    saturday = datetime(2026, 6, 6, 12, tzinfo=UTC)
    ran(Job.Outcome.DONE, datetime(2026, 6, 5, 3, tzinfo=UTC))
    assert next_run(RECORDS, saturday) == datetime(2026, 6, 8, 2, 40, tzinfo=UTC)


def test_retries_come_later_and_later():
    waits = []
    for number in range(6):
        waits.append((retry_at(RECORDS, TUESDAY) - TUESDAY) // timedelta(minutes=1))
        ran(Job.Outcome.FAILED, DUE + timedelta(minutes=number))
    assert waits == [10, 20, 40, 80, 120, 120]
    ran(Job.Outcome.DONE, TUESDAY)
    assert retry_at(RECORDS, TUESDAY) - TUESDAY == timedelta(minutes=10)
