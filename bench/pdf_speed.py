"""How fast PDFs are read to documents: `python bench/pdf_speed.py FILE... [--processes 2]`.

Each process reads whole files; figures are cut out too with `--figures`.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bookwheel.content.fulltext.pdf import read_pdf
from bookwheel.core.document import Kind


def main() -> None:
    """Print pages a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--figures", action="store_true")
    options = parser.parse_args()
    jobs = [(path, options.figures) for _ in range(options.rounds) for path in options.files]
    with ProcessPoolExecutor(options.processes) as pool:
        list(pool.map(_read, jobs[: len(options.files)]))  # once, to load the code
        start = time.perf_counter()
        told = list(pool.map(_read, jobs))
        seconds = time.perf_counter() - start
    pages = sum(count for _, count, _, _ in told)
    print(f"{pages} pages in {seconds:.1f} s on {options.processes} processes: "
          f"{pages / seconds:.0f} pages/s")  # fmt: skip
    for path, count, captions, cut in told[: len(options.files)]:
        print(f"{path.name}: {count} pages, {captions} captioned figures, {cut} cut out")


def _read(job: tuple[Path, bool]) -> tuple[Path, int, int, int]:
    path, figures = job
    with tempfile.TemporaryDirectory() as folder:
        document = read_pdf(path.read_bytes(), folder=Path(folder) if figures else None)
        found = [block for _, block in document.blocks() if block.kind is Kind.FIGURE]
        return path, document.pages, len(found), sum(bool(block.boxes) for block in found)


if __name__ == "__main__":
    main()
