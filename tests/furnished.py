"""A reader who has something of most kinds, for tests that take all of it elsewhere."""

from __future__ import annotations

from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.import_library import Wishes, import_library
from bookwheel.actions.mark_days_read import mark_days_read
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.save_search import save_search
from bookwheel.actions.set_reading import set_reading
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.content.references.reference import Reference
from bookwheel.models import Conversation, Mark, Message, Paper, Reader, Reading, TagSteering
from bookwheel.queries.matching import Match
from hostile import HOSTILE


def furnish(reader: Reader, papers: list[Paper]) -> None:
    """Give a reader something of most kinds."""
    mark_paper(reader, papers[0], Mark.Kind.LIKE)
    mark_paper(reader, papers[1], Mark.Kind.HIDE)
    set_reading(reader, papers[2], Reading.State.LATER)
    for name in ("vision", "graphs", "图"):
        tag_paper(reader, papers[3], name)
    follow_author(reader, "Curie", "Marie")
    save_search(reader, "radium")
    mark_days_read(reader, [papers[4].listed])
    entry = Reference(title="Ours alone", authors=(("Curie", "M."),), note=HOSTILE[0])
    import_library(reader, [entry], [Match()], Wishes(tag="vision"))
    tag = reader.tags.get(name="vision")
    state = {"papers": {str(papers[5].pk): 2}, "choices": [[papers[6].pk, papers[7].pk]]}
    TagSteering.objects.create(tag=tag, state=state)
    talk = Conversation.objects.create(
        reader=reader, title="Talk", tag=tag, updated="2026-01-01T00:00:00Z"
    )
    asked = Message.objects.create(conversation=talk, role="question", text="Why?")
    told = Message.objects.create(conversation=talk, role="answer", text="So.", parent=asked)
    Conversation.objects.filter(pk=talk.pk).update(leaf=told)
    Reader.objects.filter(pk=reader.pk).update(theme="dark", line=0.25)
    reader.refresh_from_db()
