"""Ask a question in a conversation: a new one, the next in one, or another version of one."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookwheel.actions.count_tokens import check_tokens
from bookwheel.assistant.retriever import Scope
from bookwheel.config import config
from bookwheel.content.clean import clean
from bookwheel.errors import InputError, NotFoundError, QuotaError
from bookwheel.models import Asking, Conversation, Message, Reader

LONGEST = 8000  # characters of a question
TITLE = 60  # characters of a title made from a question
AT_ONCE = 3  # answers that are written for a reader at the same time
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Question:
    """What is asked, where to look, and who is to answer; `quote` or `figure`: about what."""

    text: str
    scope: Scope = field(default_factory=Scope)
    model: str = ""
    quote: str = ""
    figure: str = ""  # as `queries.sight.named` writes it; whoever asks may see it


@transaction.atomic
def ask_question(
    reader: Reader,
    question: Question,
    conversation: Conversation | None = None,
    *,
    parent: Message | None = None,
    temporary: bool = False,
) -> Message:
    """Store a question and the answer that is to be written; gives the latter.

    `parent` is the answer that it follows; None begins the conversation, or begins it anew.

    Raises:
        InputError: there is no question, or it is too long.
        QuotaError: the reader has asked too much for now.
        NotFoundError: the conversation was deleted meanwhile.
    """
    text = clean(question.text).strip()
    _check(text)
    check_quota(reader)
    check_tokens(reader, question.model)
    if conversation is None:
        conversation = _begin(reader, text, temporary=temporary)
        Asking.objects.filter(reader=reader).update(draft="")
    elif not Conversation.objects.filter(pk=conversation.pk, deleted=None).exists():
        raise NotFoundError(_("This conversation was deleted. Nothing was asked."))
    asked = Message.objects.create(
        conversation=conversation,
        parent=parent,
        role=Message.Role.QUESTION,
        text=text,
        about=_about(question),
        scope=asdict(question.scope),
        model=question.model,
    )
    return expect_answer(asked, question.model)


def _about(question: Question) -> dict[str, str]:
    """What it is about, as far as there is anything."""
    told = {"quote": clean(question.quote)[:LONGEST], "figure": question.figure}
    return {name: text for name, text in told.items() if text}


def expect_answer(asked: Message, model: str) -> Message:
    """Make the place for an answer to a question, and put it in sight."""
    told = Message.objects.create(
        conversation=asked.conversation,
        parent=asked,
        role=Message.Role.ANSWER,
        state=Message.State.RUNNING,
        model=model,
    )
    Conversation.objects.filter(pk=asked.conversation_id).update(
        leaf=told, scope=asked.scope, model=model, updated=timezone.now(), draft=""
    )
    return told


def check_quota(reader: Reader) -> None:
    """Raise QuotaError if the reader must wait, and say until when."""
    answers = Message.objects.filter(conversation__reader=reader, role=Message.Role.ANSWER)
    if answers.filter(state=Message.State.RUNNING, created__gt=_ago()).count() >= AT_ONCE:
        raise QuotaError(
            _("%(count)d answers are being written for you. Wait for one, or stop it.")
            % {"count": AT_ONCE}
        )
    most = config().questions_per_hour
    asked = list(
        answers.filter(created__gt=_ago())
        .order_by("-created")
        .values_list("created", flat=True)[: most or 1]
    )
    if most and len(asked) == most:
        wait = asked[-1] + HOUR - timezone.now()
        minutes = max(1, round(wait.total_seconds() / 60))
        raise QuotaError(
            ngettext(
                "You have asked %(count)d questions within an hour. Ask again in %(n)d minute.",
                "You have asked %(count)d questions within an hour. Ask again in %(n)d minutes.",
                minutes,
            )
            % {"count": most, "n": minutes}
        )


def _ago() -> datetime:
    return timezone.now() - HOUR


def _check(text: str) -> None:
    if not text:
        raise InputError(_("There is no question."))
    if len(text) > LONGEST:
        raise InputError(
            _("A question may have %(most)s characters; this one has %(count)s. Shorten it.")
            % {"most": LONGEST, "count": len(text)}
        )


def _begin(reader: Reader, text: str, *, temporary: bool) -> Conversation:
    return Conversation.objects.create(
        reader=reader, title=title_of(text), temporary=temporary, updated=timezone.now()
    )


def title_of(text: str) -> str:
    """A title made from a question: its first words."""
    line = " ".join(text.split())
    if len(line) <= TITLE:
        return line
    return (line[:TITLE].rpartition(" ")[0] or line[:TITLE]) + "…"
