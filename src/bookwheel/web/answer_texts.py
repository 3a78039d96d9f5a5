"""What an answer says in the reader's language: headings, steps, why a sentence is doubted."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from bookwheel.assistant import wording
from bookwheel.assistant.events import Searched, Usage

# The codes' English stands in `assistant.wording`; it is repeated for those who collect strings.
_KNOWN = (
    *(
        gettext_noop("Reading the question"),
        gettext_noop("Searching papers"),
        gettext_noop("Reading papers"),
    ),
    gettext_noop("Reading your file"),
    gettext_noop("Making a plan"),
    *(
        gettext_noop("Choosing sentences that bear on the question"),
        gettext_noop("Looking at the figure"),
        gettext_noop("Writing from the quotations"),
    ),
    *(
        gettext_noop("Checking each sentence"),
        gettext_noop("Side by side"),
        gettext_noop("Start here"),
    ),
    *(
        gettext_noop("Which problem it is about"),
        gettext_noop("How it works"),
        gettext_noop("What was found"),
    ),
    *(
        gettext_noop("What is open"),
        gettext_noop("To read before"),
        gettext_noop("To read next"),
        gettext_noop("Papers"),
    ),
    *(
        gettext_noop("Who works on it"),
        gettext_noop("Also"),
        gettext_noop("Figures and tables"),
        gettext_noop("Ask yourself"),
    ),
    *(gettext_noop("The papers do not say"), gettext_noop("Closest to it")),
    *(
        gettext_noop("cites a number that is no quotation"),
        gettext_noop("names a paper that is not held here"),
    ),
    gettext_noop("Ask yourself: what is it, in your own words?"),
    gettext_noop("Ask yourself: how does it work?"),
    gettext_noop("Ask yourself: what was found?"),
    gettext_noop("Ask yourself: what is still open?"),
    gettext_noop("No figures of these papers are held here, because their full text is not"),
    gettext_noop("Nothing on it in this time; the newest before"),
    gettext_noop("puts words between quotation marks that stand nowhere in the papers"),
    gettext_noop("says what the quotations it cites do not say"),
    gettext_noop("is only partly borne out by the quotations it cites"),
    gettext_noop("follows words of a paper instead of the question"),
)


def heading_text(code: str) -> str:
    """The heading of a part by its code."""
    english = wording.HEADINGS.get(code, "")
    return _(english) if english else ""


def reason_text(code: str) -> str:
    """Why a sentence is doubted or struck."""
    english = wording.REASONS.get(code, "")
    return _(english) if english else ""


def step_text(code: str, english: str, count: int) -> str:
    """What is being done, with the number of papers where there is one."""
    if code == "searching" and count:
        return ngettext("Searching %(count)s paper", "Searching %(count)s papers", count) % {
            "count": number_format(count, use_l10n=True, force_grouping=True)
        }
    if code == "reading" and count:
        return ngettext("Reading %(count)s paper", "Reading %(count)s papers", count) % {
            "count": number_format(count)
        }
    if code == "section":
        return _("Part %(n)d: %(question)s") % {"n": count, "question": english}
    return _(wording.STEPS.get(code, english))


def used_text(usage: Usage) -> str:
    """What a model used for an answer; empty where none wrote."""
    tokens = usage.prompt + usage.completion
    if not tokens:
        return ""
    text = ngettext("%(tokens)s token", "%(tokens)s tokens", tokens) % {
        "tokens": number_format(tokens, use_l10n=True, force_grouping=True)
    }
    return f"{text} · {cost_text(usage.cost)}" if usage.cost else text


def cost_text(cost: float) -> str:
    """A cost in the currency of the prices, as exact as it needs to be."""
    return _("cost %(cost)s") % {"cost": number_format(cost, 2 if cost >= 1 else 4)}


def searched_text(searched: Searched, took: float) -> str:
    """One line on what was looked through."""
    papers = ngettext(
        "Searched %(papers)s paper", "Searched %(papers)s papers", searched.papers
    ) % {"papers": number_format(searched.papers, use_l10n=True, force_grouping=True)}
    read = ngettext("read %(read)d", "read %(read)d", searched.read) % {"read": searched.read}
    seconds = _("%(seconds)s s") % {"seconds": number_format(took, 1)}
    return f"{papers}, {read} · {seconds}"
