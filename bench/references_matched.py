"""How references match papers held, by title: `python bench/references_matched.py FILE`.

FILE is of unarXive (JSON lines with `bib_entries`); identifiers in the entries are not used. The
papers are those of BOOKWHEEL_DATA. Prints each match for checking by eye, with what unarXive says.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import orjson

from bookwheel.cli.lazy import set_up_django


def main() -> None:
    """Print matches, and how they compare with the identifiers that the file gives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    set_up_django()
    from bookwheel.models import Paper
    from bookwheel.queries.engine import engine
    from bookwheel.queries.named_papers import by_title

    entries = [
        (one["bib_entry_raw"], one.get("ids", {}).get("arxiv_id", ""))
        for line in options.file.read_bytes().splitlines()
        for one in orjson.loads(line)["bib_entries"].values()
    ]
    opened = engine()
    start = time.perf_counter()
    found = [by_title(opened, text) for text, _ in entries]
    each = 1000 * (time.perf_counter() - start) / len(entries)
    held = set(
        Paper.objects.filter(arxiv_id__in={told for _, told in entries if told}).values_list(
            "arxiv_id", flat=True
        )
    )
    same = other = unknown = 0
    for (text, told), paper in zip(entries, found, strict=True):
        if paper is not None:
            same += paper.arxiv_id == told
            other += bool(told) and paper.arxiv_id != told
            unknown += not told
            sign = "=" if paper.arxiv_id == told else "?" if not told else "!"
            print(f"{sign} {paper.arxiv_id} {paper.title}\n      {text} {told}")
    wanted = sum(told in held for _, told in entries)
    print(
        f"{len(entries)} entries, {each:.1f} ms each; matched {same + other + unknown}: as told "
        f"{same}, otherwise {other}, nothing told {unknown}; told and held {wanted}"
    )


if __name__ == "__main__":
    main()
