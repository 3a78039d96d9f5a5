"""The settings in force: the only place that reads the environment (`setting_table.py` lists them).

Each setting comes from `BOOKWHEEL_<NAME>`; a secret may also come from the file that
`BOOKWHEEL_<NAME>_FILE` names. A value that cannot be used stops the program with a message.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from bookwheel.errors import SettingError
from bookwheel.setting_table import SETTINGS, Setting

__all__ = ["SETTINGS", "SMTPS", "Config", "Setting", "config", "override", "variable"]

PREFIX = "BOOKWHEEL_"
_PLAIN = {"database_url": "DATABASE_URL"}  # names that hosting services set themselves
SMTPS = 465  # the port on which mail servers speak TLS from the first byte (RFC 8314)


@dataclass(frozen=True)
class Config:
    """The values in force, one attribute for each row of `SETTINGS`."""

    data: Path
    database_url: str
    host: str
    port: int
    hosts: tuple[str, ...]
    workers: int
    sign_up: str
    https: bool
    trusted_proxies: int
    encoder: Path | None
    reranker: tuple[str, ...]
    top_least: int
    offline: bool
    harvest: bool
    contact: str
    sources: tuple[str, ...]
    biorxiv_api: str
    arxiv_site: str
    arxiv_oai: str
    arxiv_rss: str
    arxiv_api: str
    serve_full_text: str
    fetch_kept: bool
    full_text_quota: float
    own_texts_quota: float
    models: Path | None
    model: str
    judge: str
    model_file: Path | None
    model_servers: tuple[str, ...]
    questions_per_hour: int
    tokens_per_day: int
    site: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_tls: bool
    mail_from: str
    webhook_hosts: tuple[str, ...]
    log: str
    log_requests: bool
    metrics_token: str
    secret_key: str

    @property
    def served_licences(self) -> str:
        """`serve_full_text` with its default worked out."""
        return self.serve_full_text or ("open" if self.sign_up == "open" else "all")

    @property
    def home(self) -> str:
        """`site` with its default worked out."""
        if self.site:
            return self.site
        scheme = "https" if self.https else "http"
        return f"{scheme}://{self.hosts[0]}" if self.hosts else f"{scheme}://localhost:{self.port}"

    @property
    def database(self) -> Path:
        """The SQLite file; it is not there where `database_url` is set."""
        return self.data / "bookwheel.sqlite3"

    @property
    def index(self) -> Path:
        """The folder that can be rebuilt from the database."""
        return self.data / "index"

    @property
    def full_texts(self) -> Path:
        """The documents of papers and their pictures."""
        return self.data / "texts"

    @property
    def own_texts(self) -> Path:
        """Files that readers brought for themselves, each reader's in a folder of its own."""
        return self.data / "own"

    @property
    def passages(self) -> Path:
        """The index of their paragraphs; it can be made again from them."""
        return self.data / "passages"

    @property
    def figures(self) -> Path:
        """The index of captions; it can be made again from the database."""
        return self.data / "figures"

    @property
    def reports(self) -> Path:
        """Where imports write what they skipped."""
        return self.data / "reports"


def variable(setting: Setting) -> str:
    """Name of the environment variable of a setting."""
    return PREFIX + setting.name.upper()


def _text(setting: Setting) -> str:
    name = variable(setting)
    if setting.secret and (file := os.environ.get(f"{name}_FILE")):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(f"{name}_FILE names a file that cannot be read: {error}") from error
    plain = os.environ.get(_PLAIN.get(setting.name, ""), setting.default)
    return os.environ.get(name, plain)


def faults() -> list[str]:
    """What is wrong with the environment, each with what to do; empty when all can be used."""
    known = {variable(setting): setting for setting in SETTINGS}
    found = list[str]()
    for setting in SETTINGS:
        try:
            setting.parse(_text(setting))
        except SettingError as error:
            found.append(str(error))
        except ValueError as error:
            found.append(_fault(setting, error))
    files = {f"{name}_FILE" for name, setting in known.items() if setting.secret}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known and name not in files:
            near = get_close_matches(name, known, n=1, cutoff=0.8)
            hint = f"; {near[0]} may be meant" if near else ""
            found.append(f"{name} is no setting and changes nothing{hint}.")
    return found


def _fault(setting: Setting, error: ValueError) -> str:
    shown = "(secret)" if setting.secret else repr(_text(setting))
    return f"{variable(setting)} is {shown}: {error}"


@cache
def config() -> Config:
    """Read all settings once.

    Raises:
        SettingError: a value that cannot be used, with the name of its variable.
    """
    values = {}
    for setting in SETTINGS:
        try:
            values[setting.name] = setting.parse(_text(setting))
        except ValueError as error:
            raise SettingError(_fault(setting, error)) from error
    return Config(**values)


def override(**values: object) -> None:
    """Set settings for this process and its children, as command-line options do."""
    for setting in SETTINGS:
        if values.get(setting.name) is not None:
            os.environ[variable(setting)] = str(values[setting.name])
    config.cache_clear()
