"""Import in small batches and die at a chosen place (see `test_import_killed.py`).

dying_import.py FUNCTION before|after|never TIMES BATCH FILE
"""

from __future__ import annotations

import os
import pkgutil
import signal
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bookwheel.django_settings"
    django.setup()
    from bookwheel.actions import import_papers as module

    place, when, times, batch, dump = sys.argv[1:]
    owner, _, name = place.rpartition(".")
    function = getattr(pkgutil.resolve_name(owner), name)
    calls = 0

    def deadly(*arguments, **options):
        global calls
        calls += 1
        if (calls, when) == (int(times), "before"):
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **options)
        if (calls, when) == (int(times), "after"):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(pkgutil.resolve_name(owner), name, deadly)
    module.BATCH = int(batch)
    module.import_papers([dump])
