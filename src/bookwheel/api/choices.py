"""The filters that every list takes, and pages of plain lists."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from bookwheel.api.base import Shape
from bookwheel.core.categories import find_category
from bookwheel.errors import InputError
from bookwheel.queries.lists import Choices

PAGE = 50  # of what is no list of papers
LAST_PAGE = 100_000
Row = TypeVar("Row", bound=Model)


class Paging(Shape):
    """Which page."""

    page: int = Field(1, ge=1, le=LAST_PAGE)

    def of(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """The rows of this page."""
        first = (self.page - 1) * PAGE
        return rows[first : first + PAGE]


class Filters(Shape):
    """Which papers, and which page."""

    days: int | None = Field(
        None, ge=1, le=36500, description="Only of the last days before the newest paper"
    )
    since: date | None = Field(None, description="First day")
    until: date | None = Field(None, description="Last day")
    category: str = Field("", description="A category, or an archive", examples=["cs.LG"])
    hide_mine: bool = Field(False, description="Without what the reader keeps")
    first_versions: bool = Field(False, description="Without papers that were replaced")
    page: int = Field(1, ge=1, le=LAST_PAGE, description="From 1; a page has 25 papers")

    def choices(self) -> Choices:
        """As queries take them. Raises InputError."""
        return Choices(
            days=self.days,
            since=self.since.isoformat() if self.since else "",
            until=self.until.isoformat() if self.until else "",
            category=_category(self.category),
            hide_mine=self.hide_mine,
            first_versions=self.first_versions,
            page=self.page,
        )


def _category(text: str) -> str:
    if not text:
        return ""
    try:
        return find_category(text)
    except ValueError as error:
        raise InputError(
            _("arXiv has no such category. They look like cs.LG or hep-th.")
        ) from error
