"""How much of a growing index counts for what all tastes share.

Were it every row, each night's papers would move everybody's rankings a little, and every taste
would have to be fitted again in the morning. So it is the rows up to a mark, which moves on when
the index has grown by a fiftieth.
"""

from __future__ import annotations

import math

STEP = 1.02


def settled(rows: int, drawn_at: int) -> int:
    """Rows up to the mark, of `rows`; `drawn_at` rows were there when the background was drawn."""
    if not 0 < drawn_at < rows:
        return rows
    return min(rows, int(drawn_at * STEP ** int(math.log(rows / drawn_at, STEP))))
