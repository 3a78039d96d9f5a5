"""Keys for programs. Only a reader who is logged in makes one: a key that makes keys could not
be taken back."""

from __future__ import annotations

from datetime import datetime

from ninja import Router
from pydantic import Field

from bookwheel.access import key_write
from bookwheel.actions.make_api_key import LONGEST_DAYS, make_api_key
from bookwheel.actions.revoke_api_key import revoke_api_key
from bookwheel.api.auth import LOGIN, READ, WRITE, Call
from bookwheel.api.base import Number, Shape
from bookwheel.models import ApiKey

router = Router(tags=["keys"], auth=READ)


class KeyShape(Shape):
    """A key, without its secret."""

    number: int
    name: str
    handle: str = Field(description="How its secret begins, after bw_")
    scopes: list[ApiKey.Scope]
    created: datetime
    expires: datetime | None
    last_used: datetime | None

    @classmethod
    def of(cls, key: ApiKey) -> KeyShape:
        """The shape of a key."""
        return cls(
            number=key.pk,
            name=key.name,
            handle=key.handle,
            scopes=[ApiKey.Scope(each) for each in key.scopes.split()],
            created=key.created,
            expires=key.expires,
            last_used=key.last_used,
        )


class KeysShape(Shape):
    """Keys, the latest first."""

    keys: list[KeyShape]


class KeyMade(Shape):
    """A key with its secret, which is never to be had again."""

    key: KeyShape
    secret: str


class NewKey(Shape):
    """A key to make."""

    name: str = Field(examples=["my script"])
    scopes: list[ApiKey.Scope] = Field(examples=[["read"]])
    days: int | None = Field(None, description=f"Until it expires, at most {LONGEST_DAYS}")


@router.get("", response=KeysShape)
def all_keys(request: Call) -> KeysShape:
    """The reader's keys."""
    rows = request.auth.api_keys.order_by("-created", "-pk")
    return KeysShape(keys=[KeyShape.of(key) for key in rows])


@router.post("", response={201: KeyMade}, auth=LOGIN)
def make_key(request: Call, new: NewKey) -> KeyMade:
    """Make a key; needs a login, a key does not do."""
    key, secret = make_api_key(request.auth, new.name, new.scopes, days=new.days)
    return KeyMade(key=KeyShape.of(key), secret=secret)


@router.delete("/{int:key}", response={204: None}, auth=WRITE)
def revoke(request: Call, key: Number) -> None:
    """Take a key back."""
    revoke_api_key(key_write(request.auth, key))
