"""News in the form that each kind of chat server takes, and how each is signed and answers.

What papers say is text: signs that a chat would read as a link, a mention or markup are escaped,
and mentions are switched off where a server lets them be.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any

import orjson

from bookwheel.delivery.guarded import Answer
from bookwheel.delivery.news import News, Told, as_data
from bookwheel.models import Webhook

Form = Webhook.Form
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~@:])")
_TELEGRAM_MOST, _DISCORD_MOST, _SLACK_MOST = 4000, 1900, 2900  # characters of one text

Body = dict[str, Any]


def body_of(hook: Webhook, news: News) -> bytes:
    """What is posted, each time the same."""
    body = _BODIES[Form(hook.form)](news)
    return orjson.dumps({"chat_id": hook.chat} | body if hook.chat else body)


def _plain(news: News) -> Body:
    made = news.made.astimezone(UTC).isoformat()
    return {"type": news.kind, "timestamp": made, "data": as_data(news)}


def _slack(news: News) -> Body:
    lines = [
        f"• <{each.address}|{_slack_text(each.title)}>\n{_slack_text(each.authors)}"
        for each in news.papers
    ]
    heading = _slack_text(news.heading)
    blocks = [_block(f"*{heading}*"), *map(_block, _joined(lines, _SLACK_MOST, "\n"))]
    return {"text": heading, "blocks": blocks, "unfurl_links": False}


def _block(text: str) -> Body:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _slack_text(text: str) -> str:
    """Slack's own three escapes; formatting signs are harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _mattermost(news: News) -> Body:
    lines = [
        f"- [{_markdown(each.title)}]({each.address})  \n  {_markdown(each.authors)}"
        for each in news.papers
    ]
    return {"text": "\n".join([f"**{_markdown(news.heading)}**", "", *lines])}


def _discord(news: News) -> Body:
    lines = [
        f"- [{_markdown(each.title)}](<{each.address}>)\n  {_markdown(each.authors)}"
        for each in news.papers
    ]
    first = next(_joined([f"**{_markdown(news.heading)}**", *lines], _DISCORD_MOST, "\n"))
    return {"content": first, "allowed_mentions": {"parse": []}, "flags": 4}  # no previews


def _markdown(text: str) -> str:
    """Markdown's signs escaped; an @ is kept from naming anybody."""
    return _MARKUP.sub(r"\\\1", text).replace("\\@", "@\N{ZERO WIDTH SPACE}")


def _telegram(news: News) -> Body:
    lines = [
        f'• <a href="{escape(each.address)}">{escape(each.title)}</a>\n{escape(each.authors)}'
        for each in news.papers
    ]
    first = next(_joined([f"<b>{escape(news.heading)}</b>", *lines], _TELEGRAM_MOST, "\n\n"))
    return {
        "text": first,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def _feishu(news: News) -> Body:
    rows = [_feishu_row(each) for each in news.papers]
    post = {"title": news.heading, "content": rows or [[{"tag": "text", "text": news.heading}]]}
    return {"msg_type": "post", "content": {"post": {"en_us": post}}}


def _feishu_row(each: Told) -> list[Body]:
    return [
        {"tag": "a", "text": each.title, "href": each.address},
        {"tag": "text", "text": f"\n{each.authors}"},
    ]


_BODIES: dict[Form, Callable[[News], Body]] = {
    Form.JSON: _plain,
    Form.SLACK: _slack,
    Form.MATTERMOST: _mattermost,
    Form.DISCORD: _discord,
    Form.TELEGRAM: _telegram,
    Form.FEISHU: _feishu,
}


def _joined(lines: list[str], most: int, between: str) -> Iterator[str]:
    """Lines in parts that each fit into one text; the first may be all that there is room for."""
    part = ""
    for line in lines:
        line = line[:most]
        if part and len(part) + len(between) + len(line) > most:
            yield part
            part = ""
        part = f"{part}{between}{line}" if part else line
    yield part


def signed(hook: Webhook, event: str, body: bytes, now: datetime) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of one attempt: a signature holds for some minutes only."""
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Bookwheel"}
    stamp = str(int(now.timestamp()))
    if hook.form == Form.JSON:
        return body, headers | _standard(hook.secret, event, stamp, body)
    if hook.form == Form.FEISHU and hook.secret:
        key = f"{stamp}\n{hook.secret}".encode()
        sign = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
        return orjson.dumps({"timestamp": stamp, "sign": sign} | orjson.loads(body)), headers
    return body, headers


def _standard(secret: str, event: str, stamp: str, body: bytes) -> dict[str, str]:
    """Headers of Standard Webhooks (https://www.standardwebhooks.com), symmetric signature."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{event}.{stamp}.".encode() + body
    made = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    return {"webhook-id": event, "webhook-timestamp": stamp, "webhook-signature": f"v1,{made}"}


def problem_in(hook: Webhook, answer: Answer) -> str:
    """Why an answer means that the message was not taken; empty when it was."""
    if not 200 <= answer.status < 300:
        return f"{answer.status} {' '.join(answer.text.split())[:300]}".strip()
    if hook.form in (Form.FEISHU, Form.TELEGRAM):  # these say no with a 200 too
        try:
            said = orjson.loads(answer.text)
        except orjson.JSONDecodeError:
            return "The answer is not what this kind of server says."
        if isinstance(said, dict) and (said.get("code") or said.get("ok") is False):
            return str(said.get("msg") or said.get("description") or said)[:300]
    return ""
