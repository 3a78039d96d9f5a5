"""What shapes have in common, and the shapes that several nouns share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bookwheel.models import Change

# The number of a thing, as databases hold it.
Number = Annotated[int, Field(ge=0, le=2**63 - 1)]


class Shape(BaseModel):
    """What is sent or received. A field that nobody knows is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Fault(Shape):
    """One value that is not as the schema has it."""

    where: list[str | int] = Field(examples=[["body", "name"]])
    message: str


class Problem(Shape):
    """An error, as RFC 9457 has it."""

    type: str = Field("about:blank", description="What kind of problem; about:blank: see status")
    title: str = Field(description="The name of the status")
    status: int
    detail: str = Field(description="What happened and what to do, for people")
    position: int | None = Field(
        None, description="Character of a search that cannot be understood"
    )
    errors: list[Fault] = Field([], description="Values that are not as the schema has them")


class Changed(Shape):
    """What came of a change: its number, with which it can be undone."""

    change: int | None = Field(
        description="For POST /changes/{number}/undo; null: it was so already", examples=[17]
    )

    @classmethod
    def of(cls, change: Change | None) -> Changed:
        """The shape of a change."""
        return cls(change=change.pk if change else None)
