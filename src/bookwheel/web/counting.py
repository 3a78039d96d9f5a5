"""The folder in which all workers of one `bookwheel serve` count requests together.

Must be there before Prometheus's library is imported, which then chooses files over memory; so
this module does not import it. Leaves out: what is counted (`measures.py`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name


@contextmanager
def counted_together() -> Iterator[None]:
    """Let the workers that are made inside count together."""
    with TemporaryDirectory(prefix="bookwheel-metrics-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]
