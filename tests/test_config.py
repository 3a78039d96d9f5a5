"""Settings that cannot be used stop the program with the name of their variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookwheel.config import config
from bookwheel.errors import SettingError
from people import Configure


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data", ""),
        ("port", "65536"),
        ("port", "-1"),
        ("port", "9" * 5000),
        ("smtp_port", "99999"),
        ("hosts", "papers.example.org, *"),
        ("https", "maybe"),
        ("sign_up", "sometimes"),
        ("workers", "²"),
    ],
)
def test_what_cannot_be_used_is_refused(configure: Configure, name: str, text: str) -> None:
    configure(**{name: text})
    with pytest.raises(SettingError, match=f"BOOKWHEEL_{name.upper()} is"):
        config()


def test_a_secret_can_come_from_a_file(tmp_path: Path, configure: Configure) -> None:
    (tmp_path / "key").write_text("a key\n")
    configure(secret_key="another", secret_key_file=tmp_path / "key")
    assert config().secret_key == "a key"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_secret_that_cannot_be_read_is_not_shown(
    tmp_path: Path, configure: Configure, content: bytes | None
) -> None:
    if content:
        (tmp_path / "key").write_bytes(content)
    configure(secret_key_file=tmp_path / "key")
    with pytest.raises(SettingError, match="BOOKWHEEL_SECRET_KEY_FILE names a file"):
        config()


def test_a_path_is_made_whole(configure: Configure) -> None:
    configure(data="somewhere")
    assert config().data == Path.cwd() / "somewhere"
