"""Who may see or change what: the object, or 404. The one place for permission.

What is not yours looks the same as what is not there.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.core.signing import BadSignature
from django.db.models import Q
from django.http import Http404

from bookwheel.config import config
from bookwheel.core.licences import may_show
from bookwheel.models import (
    Annotation,
    ApiKey,
    Change,
    Conversation,
    FeedLink,
    Figure,
    FollowedAuthor,
    FullText,
    ImportDraft,
    MailAddress,
    Memory,
    Message,
    OwnText,
    Paper,
    PrivatePaper,
    Reader,
    SavedSearch,
    SharedLink,
    SteeringStep,
    Tag,
    Webhook,
)
from bookwheel.queries import mail_links as links
from bookwheel.queries.annotations import annotation_numbered
from bookwheel.queries.documents import Held, held, without_text
from bookwheel.queries.feed_links import number_in
from bookwheel.queries.figures import figure_in, newest_texts
from bookwheel.queries.own_texts import own_text_numbered
from bookwheel.queries.tags import tag_named


def tag_read(reader: Reader, tag: int | str) -> Tag:
    """One of the reader's tags, by its number or its name. Raises Http404."""
    found = tag_named(reader, tag) if isinstance(tag, str) else _tag_numbered(reader, tag)
    if found is None:
        raise Http404(f"no tag {tag}")
    return found


def tag_write(reader: Reader, tag: int | str) -> Tag:
    """A tag that the reader may change, by its number or its name. Raises Http404."""
    return tag_read(reader, tag)


def steering_write(reader: Reader, number: int) -> Tag:
    """A tag, or what stands for papers kept without one, to be steered. Raises Http404."""
    there = Q(deleted=None) | Q(loose=True)
    found = reader.tags.filter(there, pk=number).first()
    if found is None:
        raise Http404(f"no tag {number}")
    return found


def change_write(reader: Reader, change: int) -> Change:
    """A change that the reader may undo. Raises Http404."""
    found = reader.changes.filter(pk=change).first()
    if found is None:
        raise Http404(f"no change {change}")
    return found


def step_write(reader: Reader, number: int) -> SteeringStep:
    """A step in a tag's history to which the reader may go back. Raises Http404."""
    there = Q(tag__deleted=None) | Q(tag__loose=True)
    steps = SteeringStep.objects.filter(there, tag__reader=reader)
    found = steps.select_related("tag").filter(pk=number).first()
    if found is None:
        raise Http404(f"no step {number}")
    return found


def author_write(reader: Reader, number: int) -> FollowedAuthor:
    """An author whom the reader may unfollow. Raises Http404."""
    found = reader.followed_authors.filter(pk=number).first()
    if found is None:
        raise Http404(f"no followed author {number}")
    return found


def search_write(reader: Reader, number: int) -> SavedSearch:
    """A search that the reader may take away. Raises Http404."""
    found = reader.saved_searches.filter(pk=number).first()
    if found is None:
        raise Http404(f"no saved search {number}")
    return found


def feed_link_shown(token: str) -> FeedLink:
    """The feed of a private address, to whoever has it. Raises Http404."""
    links = FeedLink.objects.select_related("reader", "tag").filter(reader__is_active=True)
    found = links.filter(pk=number_in(token) or 0).first()
    if found is None:
        raise Http404("no such feed")
    return found


def feed_link_write(reader: Reader, number: int) -> FeedLink:
    """A feed that the reader may take back. Raises Http404."""
    found = reader.feed_links.filter(pk=number).first()
    if found is None:
        raise Http404(f"no feed {number}")
    return found


def mail_gesture_named(token: str) -> tuple[str, Reader, Paper]:
    """What a link in a mail does, for whom, with which paper. Raises Http404."""
    try:
        gesture, reader, paper = links.read_gesture(token)
    except (BadSignature, ValueError) as error:
        raise Http404("no such link, or it has expired") from error
    readers, papers = Reader.objects.filter(pk=reader, is_active=True), Paper.objects
    found, about = readers.first(), papers.filter(pk=paper).first()
    if found is None or about is None or gesture not in links.GESTURES:
        raise Http404("no such link")
    return gesture, found, about


def mail_stop_named(token: str) -> tuple[str, Reader]:
    """What a link to unsubscribe ends, and for whom. Raises Http404."""
    try:
        what, number = links.read_stop(token)
    except (BadSignature, ValueError) as error:
        raise Http404("no such link") from error
    found = Reader.objects.filter(pk=number).first()
    if found is None or what not in links.LISTS:
        raise Http404("no such link")
    return what, found


def mail_address_named(token: str) -> MailAddress:
    """The mail address that a link confirms, if it is still the reader's. Raises Http404."""
    try:
        number, address = links.read_confirm(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise Http404("no such link, or it has expired") from error
    found = MailAddress.objects.filter(reader=number, address=address, reader__is_active=True)
    held = found.first()
    if held is None:
        raise Http404("no such address")
    return held


def webhook_write(reader: Reader, number: int) -> Webhook:
    """A webhook that the reader may try, start again or delete. Raises Http404."""
    found = reader.webhooks.filter(pk=number).first()
    if found is None:
        raise Http404(f"no webhook {number}")
    return found


def import_draft_write(reader: Reader) -> ImportDraft:
    """What the reader had read for importing. Raises Http404."""
    found = ImportDraft.objects.filter(reader=reader).first()
    if found is None:
        raise Http404("nothing was read")
    return found


def private_paper_write(reader: Reader, number: int) -> PrivatePaper:
    """A private paper that the reader may delete. Raises Http404."""
    found = reader.private_papers.filter(pk=number).first()
    if found is None:
        raise Http404(f"no private paper {number}")
    return found


def own_text_read(reader: Reader, number: int) -> OwnText:
    """A file that the reader brought. Raises Http404."""
    found = own_text_numbered(reader, number)
    if found is None:
        raise Http404(f"no own text {number}")
    return found


def own_text_write(reader: Reader, number: int) -> OwnText:
    """A file that the reader brought and may delete. Raises Http404."""
    return own_text_read(reader, number)


def key_write(reader: Reader, number: int) -> ApiKey:
    """A key that the reader may take back. Raises Http404."""
    found = reader.api_keys.filter(pk=number).first()
    if found is None:
        raise Http404(f"no key {number}")
    return found


def key_named(secret: str) -> ApiKey | None:
    """The key with this secret, whoever's it is; compared in constant time."""
    handle = secret.removeprefix("bw_").partition("_")[0]
    found = ApiKey.objects.select_related("reader").filter(handle=handle[:16]).first()
    digest = hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
    return found if found and hmac.compare_digest(found.digest, digest) else None


def conversation_read(reader: Reader, number: int) -> Conversation:
    """One of the reader's conversations. Raises Http404."""
    found = reader.conversations.filter(pk=number, deleted=None).first()
    if found is None:
        raise Http404(f"no conversation {number}")
    return found


def conversation_write(reader: Reader, number: int) -> Conversation:
    """A conversation that the reader may change. Raises Http404."""
    return conversation_read(reader, number)


def message_read(reader: Reader, number: int) -> Message:
    """A message of one of the reader's conversations. Raises Http404."""
    found = Message.objects.filter(
        pk=number, conversation__reader=reader, conversation__deleted=None
    )
    message = found.select_related("conversation", "parent").first()
    if message is None:
        raise Http404(f"no message {number}")
    return message


def message_write(reader: Reader, number: int) -> Message:
    """A message that the reader may change, stop or go on from. Raises Http404."""
    return message_read(reader, number)


def memory_write(reader: Reader, number: int) -> Memory:
    """Something remembered that the reader may change. Raises Http404."""
    found = reader.memories.filter(pk=number).first()
    if found is None:
        raise Http404(f"no memory {number}")
    return found


def link_read(token: str) -> SharedLink:
    """A shared link; whoever has it may read, until it is ended. Raises Http404."""
    found = SharedLink.objects.filter(token=token, conversation__deleted=None)
    link = found.select_related("conversation", "leaf").first()
    if link is None:
        raise Http404("no such link")
    return link


def link_write(reader: Reader, number: int) -> SharedLink:
    """A link that the reader made and may end. Raises Http404."""
    found = SharedLink.objects.filter(pk=number, conversation__reader=reader).first()
    if found is None:
        raise Http404(f"no link {number}")
    return found


def session_write(reader: Reader, number: int) -> UserSession:
    """A session that the reader may end, by its number. Raises Http404."""
    found = UserSession.objects.filter(user=reader, pk=number).first()
    if found is None:
        raise Http404(f"no session {number}")
    return found


def paper_read(arxiv_id: str) -> Paper:
    """A paper; whoever may enter may read all papers. Raises Http404."""
    found = Paper.objects.filter(arxiv_id=arxiv_id).first()
    if found is None:
        raise Http404(f"no paper {arxiv_id}")
    return found


def annotation_write(reader: Reader, number: int) -> Annotation:
    """A highlight or note that the reader may change. Raises Http404."""
    found = annotation_numbered(reader, number)
    if found is None:
        raise Http404(f"no annotation {number}")
    return found


def document_read(paper: Paper, version: int | None = None) -> Held:
    """What may be shown of a version: its full text, or title and abstract.

    Where other people are served, only texts are shown whose licence allows it.
    """
    found = held(paper, version)
    if found.text and not shows(found.text.licence):
        return without_text(paper)
    return found


def text_read(paper: Paper, version: int) -> FullText:
    """The full text of a version, if it is here and may be shown. Raises Http404."""
    found = FullText.objects.filter(paper=paper, version=version, state=FullText.State.HERE).first()
    if found is None or not shows(found.licence):
        raise Http404(f"no text of {paper.arxiv_id}v{version}")
    return found


def texts_read(papers: Iterable[int]) -> dict[int, FullText]:
    """The newest text of each paper that has one here that may be shown, by the paper's number."""
    found = newest_texts(papers)
    return {number: text for number, text in found.items() if shows(text.licence)}


def figure_read(paper: Paper, version: int, block: str) -> Figure:
    """A figure of a text that may be shown. Raises Http404."""
    found = figure_in(text_read(paper, version), block)
    if found is None:
        raise Http404(f"no figure {block}")
    return found


def figure_asked(name: str) -> Figure:
    """The figure that a form or a question names (`queries.sight.named`). Raises Http404."""
    arxiv_id, version, block = [*name.split(":", 2), "", ""][:3]
    if not (version.isascii() and version.isdigit() and len(version) < 5):
        raise Http404(f"no figure {name}")
    return figure_read(paper_read(arxiv_id), int(version), block)


def shows(licence: str) -> bool:
    """Whether this site may show a text under a licence (an address)."""
    return may_show(licence, config().served_licences)


def _tag_numbered(reader: Reader, number: int) -> Tag | None:
    return reader.tags.filter(pk=number, deleted=None).first()
