"""What stands around the content of every page: who reads, the rail's tags, density and theme."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest

from bookwheel.models import Reader, Tag
from bookwheel.models.reader import Density, Theme
from bookwheel.queries.new_since import new_since
from bookwheel.queries.tags import tags_of


class Frame:
    """Read only as far as a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.path = request.path

    @cached_property
    def reader(self) -> Reader | None:
        """Who is logged in; nobody on the pages about accounts, or when a request failed early."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def tags(self) -> list[Tag]:
        """The reader's tags by name; one query."""
        return tags_of(self.reader) if self.reader else []

    @cached_property
    def followed_new(self) -> int:
        """Papers that came from authors and searches since the reader looked at them."""
        return new_since(self.reader).total if self.reader else 0

    @property
    def theme(self) -> str:
        """Colours: "system", "light" or "dark"."""
        return self.reader.theme if self.reader else Theme.SYSTEM

    @property
    def density(self) -> str:
        """How much of each paper a list shows."""
        return self.reader.density if self.reader else Density.SENTENCES


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
