"""What chat servers get, in the form that each documents."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime

import orjson
import pytest

from bookwheel.delivery.forms import body_of, problem_in, signed
from bookwheel.delivery.guarded import Answer
from bookwheel.delivery.news import News, Told, told
from bookwheel.models import Paper, Webhook
from hostile import HOSTILE

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()


def news(title: str = "Radium", count: int = 1) -> News:
    paper = Told("2501.00001", title, "https://p.example.org/abs/2501.00001", "M. Curie", "", "x")
    return News("papers.new", "vision", "vision: new", "2026-06-01", (paper,) * count, 0, NOW)


def hook(form: str, **fields: str) -> Webhook:
    return Webhook(pk=3, form=form, secret=SECRET if form == "json" else "", **fields)


def test_json_is_signed_as_standard_webhooks_are() -> None:
    body = body_of(hook("json"), news())
    said = orjson.loads(body)
    assert said["type"] == "papers.new" and said["timestamp"] == "2026-06-01T08:00:00+00:00"
    assert said["data"]["papers"][0]["arxiv_id"] == "2501.00001"
    content, headers = signed(hook("json"), "msg_3_1", body, NOW)
    text = b"msg_3_1." + headers["webhook-timestamp"].encode() + b"." + content
    key = b"0123456789abcdef01234567"
    want = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{want}"
    assert headers["webhook-id"] == "msg_3_1"


def test_slack_escapes_its_three_signs() -> None:
    said = orjson.loads(body_of(hook("slack"), news("A <!channel> & b")))
    assert "&lt;!channel&gt; &amp; b" in said["blocks"][1]["text"]["text"]
    assert said["text"] == "vision: new"


@pytest.mark.parametrize("form", ["discord", "mattermost"])
def test_markdown_is_escaped_and_nobody_is_called(form: str) -> None:
    said = orjson.loads(body_of(hook(form), news("*a* [b](c) @everyone")))
    text = said.get("content") or said["text"]
    assert "\\*a\\* \\[b\\]\\(c\\)" in text and "@everyone" not in text
    if form == "discord":
        assert said["allowed_mentions"] == {"parse": []}


def test_telegram_names_the_chat_and_escapes_html() -> None:
    said = orjson.loads(body_of(hook("telegram", chat="-100"), news("a <b> c")))
    assert said["chat_id"] == "-100" and said["parse_mode"] == "HTML"
    assert "a &lt;b&gt; c" in said["text"]


def test_feishu_is_signed_with_the_time_as_key() -> None:
    feishu = hook("feishu")
    feishu.secret = "s"
    content, _headers = signed(feishu, "e", body_of(feishu, news()), NOW)
    said = orjson.loads(content)
    key = f"{said['timestamp']}\ns".encode()
    assert said["sign"] == base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    assert said["content"]["post"]["en_us"]["content"][0][0]["text"] == "Radium"


@pytest.mark.parametrize(("form", "most"), [("discord", 2000), ("telegram", 4096)])
def test_a_long_message_fits(form: str, most: int) -> None:
    said = orjson.loads(body_of(hook(form), news("t" * 300, 20)))
    assert len(said.get("content") or said["text"]) <= most


@pytest.mark.parametrize("form", Webhook.Form.values)
@pytest.mark.parametrize("title", HOSTILE)
def test_whatever_a_title_holds(form: str, title: str) -> None:
    paper = told(
        Paper(
            arxiv_id="2501.00001",
            title=title,
            abstract=title,
            authors=[[title, title, ""]],
            categories="cs.LG",
        )
    )
    assert orjson.loads(body_of(hook(form, chat="1"), replace(news(), papers=(paper,))))


def test_some_say_no_with_a_200() -> None:
    assert problem_in(hook("feishu"), Answer(200, '{"code":19001,"msg":"bad sign"}', ""))
    assert problem_in(hook("telegram"), Answer(200, '{"ok":false,"description":"no"}', "")) == "no"
    assert problem_in(hook("feishu"), Answer(200, '{"code":0}', "")) == ""
    assert problem_in(hook("slack"), Answer(200, "ok", "")) == ""
    assert problem_in(hook("slack"), Answer(404, "no_service", "")) == "404 no_service"
