"""Our times beside the yardsticks of the same run: machines are noisy, ratios less so."""

from __future__ import annotations

from collections.abc import Sequence

from bookwheel.bench.report import Row

# What a step's name begins with -> what the name of its yardstick's method and step begin with.
_YARDSTICKS = {
    "import": ("json", "import"),
    "index": ("sqlite-fts5", "index"),
    "rank": ("numpy", "rank"),
    "similar": ("numpy", "rank"),
    "page": ("static file", "page"),
}
OURS = ("ours", "hybrid")


def with_ratios(rows: Sequence[Row]) -> list[Row]:
    """Add `ratio` to our own rows: how many times as long as the yardstick it takes."""
    return [_with_ratio(row, rows) if row["method"] in OURS else row for row in rows]


def _with_ratio(row: Row, rows: Sequence[Row]) -> Row:
    step = str(row["step"])
    method, begin = _YARDSTICKS.get(step.partition(",")[0].partition(" ")[0], ("lexical", step))
    for other in rows:
        if str(other["method"]).startswith(method) and str(other["step"]).startswith(begin):
            ratio = _ratio(row, other)
            return dict(row) if ratio is None else {**row, "ratio": ratio}
    return row


def _ratio(row: Row, other: Row) -> float | None:
    mine, theirs = row.get("ms"), other.get("ms")
    if isinstance(mine, float) and isinstance(theirs, float):
        return mine / theirs
    mine, theirs = row.get("papers/s"), other.get("papers/s")
    if isinstance(mine, float) and isinstance(theirs, float):
        return theirs / mine
    return None
