from __future__ import annotations

import numpy as np
import pytest

from bookwheel.core import categories
from bookwheel.index import columns, masks
from bookwheel.index.columns import REPLACED, Columns
from bookwheel.index.query import Filters

CATEGORIES = ("cs.LG stat.ML", "hep-th", "math.CO", "cs.CL", "astro-ph.GA", "cs.LG")


def made() -> Columns:
    """Papers 10 to 15 on days 0 to 5, odd ones replaced; the last is a new row of paper 10."""
    new = Columns(
        papers=np.array([10, 11, 12, 13, 14, 15, 10], np.int64),
        days=np.array([0, 1, 2, 3, 4, 5, 5], np.int32),
        categories=np.array([categories.bits(each) for each in (*CATEGORIES, "cs.LG")], np.uint64),
        flags=np.array([0, REPLACED, 0, REPLACED, 0, REPLACED, REPLACED], np.uint8),
        dead=np.empty(0, np.int32),
    )
    return columns.append(columns.empty(), new)


def allowed(**filters: object) -> list[int]:
    return np.flatnonzero(masks.allowed(made(), Filters(**filters))).tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"first_day": 3}, [3, 4, 5, 6]),
        ({"last_day": 3}, [1, 2, 3]),
        ({"first_day": 2, "last_day": 3}, [2, 3]),
        ({"first_day": 4, "last_day": 3}, []),
        ({"first_day": -(10**12), "last_day": 10**12}, [1, 2, 3, 4, 5, 6]),
        ({"categories": ("cs.LG",)}, [5, 6]),
        ({"categories": ("cs",)}, [3, 5, 6]),
        ({"categories": ("cs.CL", "math")}, [2, 3]),
        ({"categories": ("hep-th",)}, [1]),
        ({"categories": ("astro-ph",)}, [4]),
        ({"categories": ("no.such",)}, []),
        ({"first_versions": True}, [2, 4]),
        ({"first_versions": True, "categories": ("math",)}, [2]),
        ({"only": np.array([10, 12, 99])}, [2, 6]),
        ({"only": np.empty(0, np.int64)}, []),
        ({"without": np.array([10, 12, 99])}, [1, 3, 4, 5]),
        ({"without": np.empty(0, np.int64)}, [1, 2, 3, 4, 5, 6]),
        ({"only": np.array([10, 12]), "without": np.array([12])}, [6]),
    ],
)
def test_a_filter_allows_what_fits_and_lives(filters: dict[str, object], rows: list[int]) -> None:
    assert allowed(**filters) == rows


def test_without_filters_the_live_rows_are_shared_not_copied() -> None:
    found = made()
    assert masks.allowed(found, Filters()) is found.live
    copied = masks.allowed(found, Filters(first_day=0))
    copied[:] = False
    assert found.live.any()


def test_no_rows_allow_no_rows() -> None:
    everything = Filters(0, 9, ("cs",), np.array([1]), np.array([2]), first_versions=True)
    assert masks.allowed(columns.empty(), everything).tolist() == []
