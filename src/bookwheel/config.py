"""The settings: one typed table, and the only place that reads the environment.

Each setting comes from `BOOKWHEEL_<NAME>`; a secret may also come from the file that
`BOOKWHEEL_<NAME>_FILE` names. A value that cannot be used stops the program with a message.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from bookwheel.errors import SettingError
from bookwheel.setting_values import (
    address,
    boolean,
    choice,
    count,
    database,
    file,
    gigabytes,
    hosts,
    line,
    names,
    path,
    port,
    several,
    site,
)

PREFIX = "BOOKWHEEL_"
_PLAIN = {"database_url": "DATABASE_URL"}  # names that hosting services set themselves
SMTPS = 465  # the port on which mail servers speak TLS from the first byte (RFC 8314)


@dataclass(frozen=True)
class Setting:
    """One row of the table; `parse` turns the environment's text into the value."""

    name: str
    parse: Callable[[str], Any]
    default: str
    help: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "data",
        path,
        str(platformdirs.user_data_path("bookwheel", appauthor=False)),
        "Folder that holds everything: database, index, keys and reports. Also `--data`.",
    ),
    Setting(
        "database_url",
        database,
        "",
        "A PostgreSQL database as `postgresql://user:password@host:port/name`, in place of the "
        "SQLite file in the data folder. Also the plain `DATABASE_URL`. Needs the extra "
        "`[postgres]`.",
        secret=True,
    ),
    Setting(
        "host", str, "127.0.0.1", "Address to listen on. Anything but loopback requires accounts."
    ),
    Setting("port", port, "8000", "Port to listen on."),
    Setting(
        "hosts",
        hosts,
        "",
        "Host names under which readers reach the site, separated by spaces. "
        "Loopback names are always accepted.",
    ),
    Setting(
        "workers", count, "0", "Web server processes; 0 means one for each core, at most four."
    ),
    Setting(
        "sign_up",
        choice("closed", "open"),
        "closed",
        "Who may make an account: `closed` (only `bookwheel user add`) or `open` (anybody).",
    ),
    Setting(
        "https",
        boolean,
        "false",
        "True when readers arrive over HTTPS: cookies are then HTTPS-only.",
    ),
    Setting(
        "trusted_proxies",
        count,
        "0",
        "Number of reverse proxies in front whose X-Forwarded-For can be believed.",
    ),
    Setting(
        "encoder",
        file,
        "",
        "File that `bookwheel train encoder` wrote. Empty: the encoder that comes with Bookwheel. "
        "An index made with another one serves on while it is made anew.",
    ),
    Setting(
        "reranker",
        names,
        "",
        "Folders or installed packages, separated by commas, that hold `model.onnx` and "
        "`tokenizer.json` of a small transformer: it puts the best 50 of each search in order, "
        "which takes seconds. Empty: none. Needs `pip install 'bookwheel[rerank]'`.",
    ),
    Setting(
        "top_least",
        several,
        "3",
        "Readers who must keep a paper before the others see it under Top kept, at least 2: it "
        "keeps secret who keeps what. 0 switches Top kept off.",
    ),
    Setting(
        "offline",
        boolean,
        "false",
        "True: Bookwheel asks no server on the internet for anything.",
    ),
    Setting(
        "harvest",
        boolean,
        "true",
        "Whether `bookwheel serve` fetches by itself what arXiv announces. False where "
        "`bookwheel worker` does, or nobody.",
    ),
    Setting(
        "contact",
        line,
        "",
        "Mail address or page of whoever operates this Bookwheel, told to the servers that it asks "
        "for papers, so that they can write before they block.",
    ),
    Setting("arxiv_site", address, "https://arxiv.org", "Where full texts are fetched from."),
    Setting(
        "arxiv_oai", address, "https://oaipmh.arxiv.org/oai", "arXiv's OAI-PMH: papers as records."
    ),
    Setting("arxiv_rss", address, "https://rss.arxiv.org/rss", "arXiv's feeds: what is announced."),
    Setting(
        "arxiv_api",
        address,
        "https://export.arxiv.org/api/query",
        "arXiv's search, for papers that OAI-PMH does not have yet, and for old versions.",
    ),
    Setting(
        "serve_full_text",
        choice("", "all", "open", "creative-commons"),
        "",
        "Of which papers readers see text and figures here: `all` (a private copy for yourself or "
        "a group that may have it), `open` (licences CC BY, CC BY-SA and CC0), "
        "`creative-commons` (also NC and ND licences, for a site that earns nothing). Empty: "
        "`open` when sign_up is open, else `all`. Other papers are linked to.",
    ),
    Setting(
        "fetch_kept",
        boolean,
        "true",
        "Fetch the full text of papers that readers like, tag or keep for later, one after the "
        "other, without being asked.",
    ),
    Setting(
        "full_text_quota",
        gigabytes,
        "5",
        "Gigabytes that full texts may take; the least recently opened go first, never those with "
        "highlights or notes. 0: no limit.",
    ),
    Setting(
        "own_texts_quota",
        gigabytes,
        "0.5",
        "Gigabytes that the files may take which a reader brings into conversations. 0: no limit.",
    ),
    Setting(
        "models",
        file,
        "",
        "File that lists language models for answers, `docs/asking.md` has its format. Empty: "
        "`models.toml` in the data folder, if it is there.",
    ),
    Setting(
        "model",
        str,
        "",
        "Name of the language model that writes answers where the reader chose none. Empty: "
        "answers are quotations alone.",
    ),
    Setting(
        "judge",
        str,
        "",
        "Name of the language model that is asked whether quotations bear out a sentence where "
        "the check leaves it in doubt. Empty: the doubt is shown.",
    ),
    Setting(
        "model_file",
        file,
        "",
        "GGUF file of a language model that runs inside Bookwheel, without any server. "
        "Needs `pip install 'bookwheel[local]'`.",
    ),
    Setting(
        "model_servers",
        names,
        "http://127.0.0.1:11434,http://127.0.0.1:8080",
        "Where Ollama and llama.cpp are looked for, separated by commas. Empty: nowhere.",
    ),
    Setting(
        "questions_per_hour",
        count,
        "120",
        "Questions to the assistant that a reader may ask within an hour; 0 means no limit.",
    ),
    Setting(
        "tokens_per_day",
        count,
        "0",
        "Tokens of language models that a reader may use in a day, given and written together; "
        "0 means no limit. Quotations need none.",
    ),
    Setting(
        "site",
        site,
        "",
        "Address under which readers reach the site, for links in mails and webhooks, such as "
        "https://papers.example.org. Empty: the first of `hosts`, else this machine's own name.",
    ),
    Setting(
        "smtp_host",
        str,
        "",
        "Mail server for digests, alerts and password resets. Empty: no mail is sent.",
    ),
    Setting("smtp_port", port, "587", "Port of the mail server."),
    Setting("smtp_user", str, "", "User name at the mail server."),
    Setting("smtp_password", str, "", "Password at the mail server.", secret=True),
    Setting(
        "smtp_tls",
        boolean,
        "true",
        "Speak TLS with the mail server: from the first byte on port 465, else by STARTTLS.",
    ),
    Setting("mail_from", line, "bookwheel@localhost", "Sender address of mails."),
    Setting(
        "webhook_hosts",
        names,
        "",
        "Names of hosts, separated by commas, to which webhooks may go although their addresses "
        "are private: a chat server of your own. All other private addresses are refused.",
    ),
    Setting(
        "secret_key",
        str,
        "",
        "Key that signs sessions. Empty: made once and kept in the data folder (0600).",
        secret=True,
    ),
)


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


@cache
def config() -> Config:
    """Read all settings once.

    Raises:
        SettingError: a value that cannot be used, with the name of its variable.
    """
    values = {}
    for setting in SETTINGS:
        text = _text(setting)
        try:
            values[setting.name] = setting.parse(text)
        except ValueError as error:
            shown = "(secret)" if setting.secret else repr(text)
            raise SettingError(f"{variable(setting)} is {shown}: {error}") from error
    return Config(**values)


def override(**values: object) -> None:
    """Set settings for this process and its children, as command-line options do."""
    for setting in SETTINGS:
        if values.get(setting.name) is not None:
            os.environ[variable(setting)] = str(values[setting.name])
    config.cache_clear()
