"""The table of settings: how a text becomes a value, what holds without one, what it is for.

Leaves out: reading the environment (`config.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import platformdirs

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
    Setting(
        "sources",
        names,
        "arxiv",
        "Whose new papers come by themselves, with commas: `arxiv`, `biorxiv`, `medrxiv`.",
    ),
    Setting(
        "biorxiv_api", address, "https://api.biorxiv.org", "The interface of bioRxiv and medRxiv."
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
        "log",
        choice("text", "json"),
        "text",
        "How the log is written: `text`, or `json` with one object a line.",
    ),
    Setting(
        "log_requests",
        boolean,
        "false",
        "Log a line for each request: the name of its page, status and time, and nothing else.",
    ),
    Setting(
        "metrics_token",
        str,
        "",
        "Token with which programs read `/metrics`. Empty: only programs on this machine may.",
        secret=True,
    ),
    Setting(
        "secret_key",
        str,
        "",
        "Key that signs sessions. Empty: made once and kept in the data folder (0600).",
        secret=True,
    ),
)
