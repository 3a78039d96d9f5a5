"""Keys for programs: shown once, kept as a hash, limited in what, how long and how often."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bookwheel.actions import use_api_key as using
from bookwheel.actions.make_api_key import MOST, make_api_key
from bookwheel.actions.revoke_api_key import revoke_api_key
from bookwheel.actions.use_api_key import use_api_key
from bookwheel.errors import InputError, KeyRefusedError, ScopeError, ThrottledError
from bookwheel.models import ApiKey
from hostile import HOSTILE
from people import Person

READ, WRITE = ApiKey.Scope.READ, ApiKey.Scope.WRITE


def test_a_key_is_shown_once_and_kept_as_a_hash(alice: Person) -> None:
    page = alice.client.post("/do/make-key", {"name": "my script", "scope": ["read", "write"]})
    (secret,) = re.findall(r"<code>(bw_[\w-]{40,})</code>", page.text)
    assert page["Cache-Control"].startswith("max-age=0") and "no-store" in page["Cache-Control"]
    (row,) = ApiKey.objects.values()
    assert secret not in str(row) and secret.rpartition("_")[2] not in str(row)
    listed = alice.client.get("/keys").text
    assert "my script" in listed and secret not in listed
    assert use_api_key(f"Bearer {secret}", WRITE) == alice.reader
    assert use_api_key(secret, None) == alice.reader


def test_a_key_does_only_what_it_may_and_until_it_expires(alice: Person) -> None:
    key, secret = make_api_key(alice.reader, "reads", ["read"], days=1)
    use_api_key(secret, READ)
    with pytest.raises(ScopeError):
        use_api_key(secret, WRITE)
    ApiKey.objects.update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(KeyRefusedError):
        use_api_key(secret, READ)
    assert key.expires is not None


def test_a_key_taken_back_or_changed_is_none(alice: Person) -> None:
    key, secret = make_api_key(alice.reader, "reads", ["read"])
    for wrong in (secret[:-1], secret + "x", f"bw_{key.handle}_", "", "bw_", "é\x00" * 99):
        with pytest.raises(KeyRefusedError):
            use_api_key(wrong, READ)
    revoke_api_key(key)
    with pytest.raises(KeyRefusedError):
        use_api_key(secret, READ)


def test_too_many_requests_in_a_minute(
    alice: Person, monkeypatch: pytest.MonkeyPatch, time_machine: object
) -> None:
    monkeypatch.setattr(using, "PER_MINUTE", 3)
    _key, secret = make_api_key(alice.reader, "reads", ["read"])
    time_machine.move_to("2026-01-01 12:00:50+00:00", tick=False)  # type: ignore[attr-defined]
    for _ in range(3):
        use_api_key(secret, READ)
    with pytest.raises(ThrottledError) as caught:
        use_api_key(secret, READ)
    assert caught.value.wait == 10
    time_machine.move_to("2026-01-01 12:01:00+00:00", tick=False)  # type: ignore[attr-defined]
    use_api_key(secret, READ)


def test_a_key_needs_a_name_and_something_to_do(alice: Person) -> None:
    for name, scopes, days in (("", ["read"], 1), ("a", ["all"], 1), ("a", ["read"], 0)):
        with pytest.raises(InputError):
            make_api_key(alice.reader, name, scopes, days=days)
    for number in range(MOST):
        make_api_key(alice.reader, f"key {number}", ["read"])
    with pytest.raises(InputError):
        make_api_key(alice.reader, "one more", ["read"])


def test_hostile_names_are_text(alice: Person) -> None:
    for name in HOSTILE[:30]:
        alice.client.post("/do/make-key", {"name": name, "scope": "read"})
    page = alice.client.get("/keys").text
    assert "<script>alert" not in page and "onerror=alert(1)>" not in page.replace("&gt;", "")
