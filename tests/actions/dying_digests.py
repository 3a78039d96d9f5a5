"""Send digests again and again, each time in a process that is killed somewhere, until all is done.

dying_digests.py KILLS SEED     (see `test_digests_killed.py`)

Each try is a fork, so that Django is set up once; what dies, dies by SIGKILL. A dead process is
known to be dead here, so nobody waits for its lease to end.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from datetime import timedelta

PLACES = (
    "bookwheel.actions.send_digest._claim",
    "bookwheel.actions.send_digest.made",
    "bookwheel.actions.send_digest._through",
    "bookwheel.actions.send_digest._settle",
    "bookwheel.delivery.postbox.Postbox._envelope",
    "bookwheel.delivery.postbox.Postbox._end",
    "bookwheel.delivery.postbox._must_be_there",
    "bookwheel.delivery.postbox._check",
    "django.db.backends.utils.CursorWrapper.execute",
)


def arm(chance: random.Random) -> None:
    """Let this process die before or after one of the next calls of some function."""
    import pkgutil

    place = chance.choice(PLACES)
    owner, _, name = place.rpartition(".")
    function = getattr(pkgutil.resolve_name(owner), name)
    left, after = chance.randint(1, 9), chance.random() < 0.5

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


def main(kills: int, seed: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
    django.setup()
    from bookwheel.actions import send_digests

    send_digests.LEASE = timedelta(seconds=-1)
    chance = random.Random(seed)
    killed = 0
    while True:
        child = os.fork()
        if child == 0:
            if killed < kills:
                arm(chance)
            send_digests.send_digests()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        chance.random()  # the next one dies elsewhere
        if status == 0 and killed >= kills:
            break
        killed += 1
    sys.stdout.write(str(killed))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
