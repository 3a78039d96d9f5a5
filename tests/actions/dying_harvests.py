"""Harvest again and again, each time in a process that is killed somewhere, until it is whole.

dying_harvests.py CLOCK KILLS SEED     (see `test_harvest_killed.py`)

Time is a number in a file that this program and the server map into memory. Each try is a fork, so
that Django is set up once; what dies, dies by SIGKILL.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from shared_clock import SharedClock  # noqa: E402

PLACES = (
    "bookwheel.arxiv.pace.Pace._write",
    "bookwheel.arxiv.client.Client._ask",
    "bookwheel.actions.harvest_records.store_papers",
    "bookwheel.actions.harvest_records.join_early",
    "bookwheel.actions.harvest_records._note",
    "bookwheel.actions.store_papers._settle",
    "django.db.backends.utils.CursorWrapper.executemany",
)


def arm(chance: random.Random) -> None:
    """Let this process die before or after one of the next calls of some function."""
    import pkgutil

    place = chance.choice(PLACES)
    owner, _, name = place.rpartition(".")
    function = getattr(pkgutil.resolve_name(owner), name)
    left, after = chance.randint(1, 6), chance.random() < 0.5

    def deadly(*arguments, **options):
        nonlocal left
        left -= 1
        if not left and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **options)
        if not left and after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(pkgutil.resolve_name(owner), name, deadly)


def harvest(clock: SharedClock) -> None:
    from datetime import date

    from bookwheel.actions.follow_source import follow_source
    from bookwheel.actions.harvest_records import harvest_records
    from bookwheel.arxiv.client import arxiv_client
    from bookwheel.errors import NotNowError, SourceError

    while True:
        try:
            with arxiv_client(clock=clock) as client:
                source = follow_source("arxiv", categories=(), since=date(2026, 1, 1))
                harvest_records(client, source)
        except NotNowError as error:
            clock.sleep(max(error.until - clock.now(), 0) + 1)
        except SourceError:
            clock.sleep(600)
        else:
            return


def main(clock: SharedClock, kills: int, chance: random.Random) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bookwheel.django_settings"
    django.setup()
    import bookwheel.actions.harvest_records  # noqa: F401  (once, and not in each fork)

    died = 0
    while True:
        seed = chance.random()
        child = os.fork()
        if not child:
            if died < kills:
                arm(random.Random(seed))
            harvest(clock)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            died += 1
        elif status:
            sys.exit(f"a harvest failed with status {status}")
        elif died >= kills:
            break
        else:  # it came to its end before it died: let there be more to do
            from django.db import connection

            from bookwheel.models import Stretch

            Stretch.objects.all().delete()
            connection.close()
    print(died)  # noqa: T201


if __name__ == "__main__":
    main(SharedClock(Path(sys.argv[1])), int(sys.argv[2]), random.Random(sys.argv[3]))
