"""A digest in words: all that its mail says, before it is HTML or plain text.

Titles and names are plain characters here; whatever writes HTML escapes them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookwheel.content.clean import clean
from bookwheel.content.plain import to_text
from bookwheel.core.key_sentence import key_sentence
from bookwheel.core.paper_ids import home_of
from bookwheel.delivery.pictures import Picture, pictures_of
from bookwheel.delivery.wording import day_name, lack_sentence, late, papers_of
from bookwheel.index.remembered import Remembered
from bookwheel.models import Paper, Reader
from bookwheel.models.reader import Density
from bookwheel.queries.cards import Card, Reason
from bookwheel.queries.digest import DigestContents, Section
from bookwheel.queries.mail_links import gesture_links, page, paper_page, stop_link

AUTHORS = 6  # named; of more the last one and how many are left out
# Of tags, as on the site; between its light and its dark ones, to be seen on either ground.
HUES = ("#6a5ae0", "#c05c0a", "#1b8497", "#7a3fd0", "#a8871c", "#b83a66", "#2c8a4a", "#7b818c")

_said: Remembered[tuple[str, str, str]] = Remembered(4096)


@dataclass(frozen=True)
class Item:
    """One paper."""

    title: str
    address: str
    home: tuple[str, str]  # name and address of where it is from
    authors: str
    about: str  # day, categories, score
    text: str  # the sentence that says most, or the abstract
    why: tuple[str, ...]
    does: tuple[tuple[str, str], ...]  # name and address of what can be done without a login
    picture: Picture | None = None


@dataclass(frozen=True)
class Group:
    """Papers under a heading."""

    heading: str
    colour: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Letter:
    """The whole mail."""

    subject: str
    lead: str
    notes: tuple[str, ...]  # why it is short or empty, what is late
    groups: tuple[Group, ...]
    more: tuple[tuple[str, str], ...]  # links that lead on
    footer: str
    stop: str  # the address that ends these mails
    settings: str


def digest_letter(reader: Reader, contents: DigestContents, *, again: bool = False) -> Letter:
    """Write a digest; `again` where an earlier one with some of the papers may have arrived."""
    day = day_name(contents.days[-1]) if contents.days else ""
    return Letter(
        subject=_subject(contents, day),
        lead=_lead(contents, day),
        notes=tuple(_notes(contents, again=again)),
        groups=_groups(reader, contents),
        more=tuple(_more(contents)),
        footer=_("You get this because you asked Bookwheel for a digest."),
        stop=stop_link(reader, "digest"),
        settings=page("digest"),
    )


def alert_letter(reader: Reader, contents: DigestContents) -> Letter:
    """Write an alert."""
    cards = [card for section in contents.sections for card in section.cards]
    things = dict.fromkeys(str(one) for card in cards for one in (*card.authors, *card.searches))
    names = [to_text(name) for name in things]
    found = ngettext("%(n)d new paper: %(names)s", "%(n)d new papers: %(names)s", contents.papers)
    return Letter(
        subject=found % {"n": contents.papers, "names": ", ".join(names[:3])},
        lead=_("New from authors and searches of which you want to hear at once."),
        notes=(),
        groups=_groups(reader, contents),
        more=((_("All that you follow"), page("following")),),
        footer=_("You get this because you asked Bookwheel to tell you at once."),
        stop=stop_link(reader, "alert"),
        settings=page("following"),
    )


def _subject(contents: DigestContents, day: str) -> str:
    if not contents.papers:
        return _("Nothing for you, %(day)s") % {"day": day} if day else _("No new papers")
    said = ngettext("%(n)d paper for you, %(day)s", "%(n)d papers for you, %(day)s", contents.mine)
    if not contents.ranked:
        said = ngettext("%(n)d new paper, %(day)s", "%(n)d new papers, %(day)s", contents.mine)
    return said % {"n": contents.mine, "day": day}


def _lead(contents: DigestContents, day: str) -> str:
    if not contents.days:
        return _("Nothing new is here since the last digest.")
    named = {"announced": papers_of(contents.announced), "day": day, "mine": contents.mine}
    if len(contents.days) > 1:
        named["days"] = len(contents.days)
        said = _("%(announced)s in %(days)d listings until %(day)s; for you: %(mine)d.")
    else:
        said = _("%(announced)s in the listing of %(day)s; for you: %(mine)d.")
    shown = contents.papers
    best = " " + _("The best %(shown)d are here.") % {"shown": shown}
    return said % named + (best if 0 < shown < contents.mine else "")


def _notes(contents: DigestContents, *, again: bool) -> list[str]:
    notes = [lack_sentence(lack) for lack in contents.lacks]
    if contents.left_out:
        older = ngettext(
            "%(n)d older listing is left out; it is on the site.",
            "%(n)d older listings are left out; they are on the site.",
            contents.left_out,
        )
        notes.append(older % {"n": contents.left_out})
    if again:
        notes.append(
            _("It is not known whether the last digest reached you, so its papers are here again.")
        )
    return [*filter(None, notes), *late(contents.clock)]


def _more(contents: DigestContents) -> list[tuple[str, str]]:
    return [(day_name(day), page("day", day.isoformat())) for day in reversed(contents.days)] or [
        (_("For you"), page("for_you"))
    ]


def _groups(reader: Reader, contents: DigestContents) -> tuple[Group, ...]:
    papers = [card.paper.pk for section in contents.sections for card in section.cards]
    pictures = pictures_of(papers) if reader.density != Density.TITLES else {}
    return tuple(_group(reader, section, pictures) for section in contents.sections)


def _group(reader: Reader, section: Section, pictures: dict[int, Picture]) -> Group:
    heading = {
        "authors": _("Authors you follow"),
        "likes": _("Like what you liked"),
        "all": _("All of it, as it came: like or tag a few papers, and what is like them comes"),
    }.get(section.kind, "")
    colour = HUES[-1]
    if section.tag:
        heading, colour = section.tag.name, HUES[section.tag.colour % len(HUES)]
    if section.search:
        heading = _("Your search: %(text)s") % {"text": section.search.text}
    items = tuple(
        replace(_item(reader, card), picture=pictures.get(card.paper.pk)) for card in section.cards
    )
    return Group(clean(heading), colour, items)


def _item(reader: Reader, card: Card) -> Item:
    paper, density = card.paper, reader.density
    links, home = gesture_links(reader, paper), home_of(paper.arxiv_id)
    title, authors, text = _said.get(  # most readers of a day get some of the same papers
        (paper.pk, paper.changed, density),
        lambda: (clean(to_text(paper.title)), _authors(paper), _text(paper, density)),
    )
    names = {"like": _("like"), "hide": _("hide"), "later": _("keep for later")}
    return Item(
        title=title,
        address=paper_page(paper),
        home=(home.name, home.page()),
        authors=authors,
        about=" · ".join(filter(None, (paper.categories.replace(" ", ", "), _score(card)))),
        text=text,
        why=tuple(_why(card)),
        does=tuple((names[gesture], links[gesture]) for gesture in names),
    )


def _score(card: Card) -> str:
    if card.score is None or not card.ranked_for:
        return ""
    return _("score %(score).2f") % {"score": card.score}


def _text(paper: Paper, density: str) -> str:
    if density == Density.TITLES:
        return ""
    if density == Density.CARDS:
        return clean(to_text(paper.abstract))
    return clean(to_text(key_sentence(paper.abstract, paper.title)))


def _authors(paper: Paper) -> str:
    names = [to_text(" ".join(filter(None, (name[1], name[0])))) for name in paper.authors]
    if len(names) > AUTHORS:
        names = [*names[: AUTHORS - 1], f"… {names[-1]} (+{len(names) - AUTHORS})"]
    return clean(", ".join(names))


def _why(card: Card) -> list[str]:
    """What brought it, then the words, authors and papers that count most."""
    said = [_("you follow %(name)s") % {"name": to_text(str(one))} for one in card.authors]
    said += [_("your search “%(text)s”") % {"text": one.text} for one in card.searches]
    words = [to_text(reason.label) for reason in card.reasons if reason.kind == "word"]
    if words:
        said.append(", ".join(words))
    said += [_reason(reason) for reason in card.reasons if reason.kind != "word"]
    return [clean(one) for one in said]


def _reason(reason: Reason) -> str:
    if reason.kind == "paper":
        return _("like “%(title)s”") % {"title": to_text(reason.label)}
    return to_text(reason.label)
