"""Health: whether arXiv's announcements are here, what is due, how the work went; also as JSON."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

import orjson
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bookwheel.core.rxiv_taxonomy import SERVERS
from bookwheel.queries.health import (
    BEHIND,
    CURRENT,
    EMPTY,
    OFFLINE,
    ON_ITS_WAY,
    Health,
    Other,
    Run,
    history,
)
from bookwheel.queries.health import health as look
from bookwheel.web.faces import short_date
from bookwheel.web.visit import Visit

_RUNS = 30


@require_safe
def health(request: Visit) -> HttpResponse:
    """Show it to a reader."""
    found = look(timezone.now())
    context = {
        "found": found,
        "state": _state(found),
        "why": _why(found),
        "names": {"records": _("records"), "listings": _("announcements")}
        | {server: label for server, (label, _subjects) in SERVERS.items()},
        "others": [(other, _other(other)) for other in found.others],
        "runs": [(run, _outcome(run)) for run in history(_RUNS)],
    }
    return render(request, "health.html", context)


@require_safe
@login_not_required
def health_json(request: Visit) -> HttpResponse:
    """The same for a program that watches: 200, or 503 when behind. It tells of no reader.

    What jobs had to say stays behind the login, for it may name places on the machine.
    """
    found = look(timezone.now())
    found = replace(found, last=tuple(replace(run, told="") for run in found.last))
    status = 503 if found.state == BEHIND else 200
    body = orjson.dumps(asdict(found))
    answer = HttpResponse(body, status=status, content_type="application/json")
    answer._has_been_logged = True  # type: ignore[attr-defined]  # being behind is no error of ours
    return answer


def _state(found: Health) -> str:
    if found.state == OFFLINE:
        return _("Bookwheel is kept off the internet; nothing is fetched.")
    return {
        CURRENT: _("All that was announced is here."),
        ON_ITS_WAY: _("All is here but the last announcement, which is on its way."),
        EMPTY: _("There are no papers yet."),
        BEHIND: _("Something that was announced is missing.")
        if not found.behind
        else ngettext(
            "Behind by %(n)d announcement.", "Behind by %(n)d announcements.", found.behind
        )
        % {"n": found.behind},
    }[found.state]


def _other(other: Other) -> str:
    if other.complete is None:
        return _("nothing yet")
    told = _("all until %(day)s") % {"day": short_date(other.complete)}
    if not other.behind:
        return told
    behind = ngettext("behind by %(n)d day", "behind by %(n)d days", other.behind)
    return f"{told} · {behind % {'n': other.behind}}"


def _why(found: Health) -> list[str]:
    """What stands in the way, in sentences; empty when nothing does."""
    told = []
    if found.left_alone_until:
        said = {"source": "arXiv", "at": _time(found.left_alone_until), "why": found.why}
        told.append(_("%(source)s is left alone until %(at)s: %(why)s.") % said)
    for other in found.others:
        if other.left_alone_until:
            said = {"source": other.label, "at": _time(other.left_alone_until), "why": other.why}
            told.append(_("%(source)s is left alone until %(at)s: %(why)s.") % said)
    if not found.worker and found.state != OFFLINE:
        told.append(_("Nobody fetches: whoever runs Bookwheel can start “bookwheel worker”."))
    failed = [run for run in found.last if run.outcome in ("failed", "waiting", "killed")]
    told += [run.told for run in failed if run.told and found.state == BEHIND]
    if found.state == BEHIND and not told and found.newest:
        told.append(
            _("What was announced after %(day)s is being fetched, or arXiv does not have it yet.")
            % {"day": short_date(found.newest)}
        )
    return told


def _time(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M")


def _outcome(run: Run) -> str:
    return {
        "running": _("running"),
        "done": _("done"),
        "nothing": _("nothing new yet"),
        "waiting": _("waiting"),
        "failed": _("failed"),
        "stopped": _("stopped"),
        "killed": _("cut off"),
    }[run.outcome]
