"""Measures one step in a process that does nothing else, so that its memory is its own.

    python -m bookwheel.bench.inside search 300

Works on the data folder that the environment names, and prints rows as JSON.
Leaves out what is measured (`steps.py`).
"""

from __future__ import annotations

import os
import sys

import orjson


def main(step: str, count: str) -> None:
    """Measure a step with so many questions."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
    django.setup()
    from bookwheel.bench.steps import STEPS
    from bookwheel.queries.engine import engine

    rows = STEPS[step](engine(), int(count))
    sys.stdout.buffer.write(orjson.dumps(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
