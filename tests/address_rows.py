"""What an address answers to whom, and the addresses of the assistant.

Those of the rest of the site stand in `test_access.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

LOGIN = "login"  # sent to the login


@dataclass(frozen=True)
class Row:
    """An address with its expected answers: to nobody, to alice who owns all, to charlie.

    `fields` are what a POST sends; where there are none the address only shows something.
    """

    name: str
    address: str
    nobody: int | str
    alice: int
    charlie: int
    fields: str = ""


# Things in braces are alice's.
ASKED_SHOWN = [
    Row("ask", "/ask?paper={paper}&quote=words", LOGIN, 200, 200),
    Row("conversation", "/ask/{conversation}?at={answer}", LOGIN, 200, 404),
    Row("conversations", "/ask/all?q=radium", LOGIN, 200, 200),
    Row("ask_settings", "/ask/settings", LOGIN, 200, 200),
    Row("ask_complete", "/ask/complete?sign=@&q=learning", LOGIN, 200, 200),
    Row("conversation_file", "/ask/{conversation}.json", LOGIN, 200, 404),
    Row("ask_stream", "/ask/answer/{answer}/events", LOGIN, 200, 404),
    Row("message_file", "/ask/answer/{answer}.md", LOGIN, 200, 404),
    Row("shared", "/shared/{token}", 200, 200, 200),
    Row("own_list", "/own", LOGIN, 200, 200),
    Row("own", "/own/{own}", LOGIN, 200, 404),
    Row("own_chip", "/own/{own}/chip", LOGIN, 200, 404),
    Row("own_file", "/own/{own}/file/original.txt", LOGIN, 200, 404),
]
ASKED_DONE = [
    Row("do_ask", "/do/ask", LOGIN, 302, 404, "conversation={conversation}&text=why"),
    Row("do_again", "/do/again", LOGIN, 302, 404, "again={answer}"),
    Row("do_stop", "/do/stop", LOGIN, 302, 404, "stop={answer}"),
    Row("do_rate", "/do/rate", LOGIN, 302, 404, "rate={answer}+up"),
    Row("do_draft", "/do/draft", LOGIN, 204, 404, "conversation={conversation}&text=half"),
    Row("do_elsewhere", "/do/elsewhere", LOGIN, 302, 404, "until={answer}"),
    Row("do_rename_conversation", "/do/rename-conversation", LOGIN, 302, 404, "{c}&title=x"),
    Row("do_pin_conversation", "/do/pin-conversation", LOGIN, 302, 404, "{c}"),
    Row("do_archive_conversation", "/do/archive-conversation", LOGIN, 302, 404, "{c}"),
    Row("do_file_conversation", "/do/file-conversation", LOGIN, 302, 404, "{c}&tag=vision"),
    Row("do_delete_conversations", "/do/delete-conversations", LOGIN, 302, 404, "{c}"),
    Row("do_share_conversation", "/do/share-conversation", LOGIN, 302, 404, "{c}"),
    Row("do_unshare_conversation", "/do/unshare-conversation", LOGIN, 302, 404, "link={link}"),
    Row("do_import_conversations", "/do/import-conversations", LOGIN, 400, 400, "file=x"),
    Row("do_instruct", "/do/instruct", LOGIN, 302, 302, "instructions=Be+short"),
    Row("do_instruct_folder", "/do/instruct-folder", LOGIN, 302, 404, "tag=vision&instructions=x"),
    Row("do_remember", "/do/remember", LOGIN, 302, 404, "memory={memory}&text=other"),
    Row("do_own_add", "/do/own-add", LOGIN, 400, 400, "file=x"),
    Row("do_own_delete", "/do/own-delete", LOGIN, 302, 404, "own={own}"),
    Row("do_forget", "/do/forget", LOGIN, 302, 404, "memory={memory}"),
]
