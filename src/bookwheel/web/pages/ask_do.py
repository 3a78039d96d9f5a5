"""What a reader does in a conversation: ask, ask again, stop, rate, leave a draft."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookwheel.access import conversation_write, figure_asked, message_write, tag_write
from bookwheel.actions.answer_again import answer_again
from bookwheel.actions.arrange_conversation import file_conversation
from bookwheel.actions.ask_question import Question, ask_question
from bookwheel.actions.keep_draft import keep_draft
from bookwheel.actions.rate_answer import rate_answer
from bookwheel.actions.remember import remember
from bookwheel.assistant.retriever import Scope
from bookwheel.errors import InputError
from bookwheel.models import Conversation, Message
from bookwheel.queries.asking import with_plan
from bookwheel.queries.sight import named
from bookwheel.web import writing
from bookwheel.web.answers import back, tell
from bookwheel.web.jinja import url
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.scopes import mentioned_scope, read_scope, with_own, write_scope
from bookwheel.web.talk import draw_talk
from bookwheel.web.visit import Visit

REMEMBER = "/remember "


@require_POST
def ask(request: Visit) -> HttpResponse:
    """Ask: in a new conversation, as the next question, or as another version of one."""
    text = next((each for each in request.POST.getlist("text")[::-1] if each.strip()), "")
    if text.lower().startswith(REMEMBER):
        remember(request.user, text[len(REMEMBER) :])
        tell(request, _("Remembered."))
        return back(request)
    about, parent = _conversation(request), _parent(request)
    if parent is not None and (about is None or parent.conversation_id != about.pk):
        raise InputError(_("The form is not complete. Reload the page and try again."))
    asked, scope = mentioned_scope(
        request.user, text, read_scope(request.user, request.POST.get("scope", ""))
    )
    brought = [number(each) for each in request.POST.getlist("own")]
    scope = with_own(request.user, scope, brought)
    if (
        not request.POST.get("figure")
        and about is None
        and (planned := with_plan(asked, reader=request.user, scope=scope)) != asked
    ):
        return _plan_first(request, planned, scope)
    question = Question(
        asked,
        scope,
        model=request.POST.get("model", ""),
        quote=request.POST.get("quote", ""),
        figure=_figure(request),
    )
    temporary = request.POST.get("temporary") == "1"
    folder = request.POST.get("folder", "")
    tag = tag_write(request.user, folder) if folder and about is None else None
    told = ask_question(request.user, question, about, parent=parent, temporary=temporary)
    if tag:
        file_conversation(told.conversation, tag)
    return _begun(request, told)


def _plan_first(request: Visit, planned: str, scope: Scope) -> HttpResponse:
    """Show the plan of a report in the box, to be changed before it is sent."""
    tell(request, _("Here is a plan. Change its lines as you like, then send it."))
    kept = {name: request.POST.get(name, "") for name in ("folder", "temporary")}
    asking = {"q": planned, "in": write_scope(scope), **kept}
    address = f"{url('ask')}?{urlencode({name: text for name, text in asking.items() if text})}"
    if request.htmx:
        answer = HttpResponse()
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)


def _conversation(request: Visit) -> Conversation | None:
    which = request.POST.get("conversation", "")
    return conversation_write(request.user, number(which)) if which else None


def _figure(request: Visit) -> str:
    """The figure that is asked about, if one is. Raises Http404."""
    name = request.POST.get("figure", "")
    return named(figure_asked(name)) if name else ""


def _parent(request: Visit) -> Message | None:
    which = request.POST.get("parent", "")
    return message_write(request.user, number(which)) if which else None


@require_POST
def again(request: Visit) -> HttpResponse:
    """Answer again; the form says "number" or "number model"."""
    which, named, model = posted(request, "again").partition(" ")
    told = message_write(request.user, number(which))
    return _begun(request, answer_again(request.user, told, model if named else None))


def _begun(request: Visit, told: Message) -> HttpResponse:
    """Begin to write an answer and show where it comes."""
    writing.start(told)
    if request.htmx:
        return draw_talk(request, told.conversation)
    return redirect(f"{url('conversation', told.conversation_id)}#m{told.pk}")


@require_POST
def stop(request: Visit) -> HttpResponse:
    """Stop an answer; what has come of it stays."""
    told = message_write(request.user, posted_number(request, "stop"))
    writing.stop(told)
    if request.htmx:
        return HttpResponse(status=204)
    return back(request, f"m{told.pk}")


@require_POST
def rate(request: Visit) -> HttpResponse:
    """Say whether an answer helped; the form says "number up", "number down" or "number none"."""
    which, _space, rating = posted(request, "rate").partition(" ")
    told = message_write(request.user, number(which))
    rate_answer(told, rating, request.POST.get("reason", ""))
    if request.htmx:
        return draw_talk(request, told.conversation)
    return back(request, f"m{told.pk}")


@require_POST
def draft(request: Visit) -> HttpResponse:
    """Keep what is typed."""
    keep_draft(request.user, request.POST.get("text", ""), _conversation(request))
    return HttpResponse(status=204)
