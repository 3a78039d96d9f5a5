"""What an answer says in the reader's language: headings, steps, why a sentence is doubted."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext

from bookwheel.assistant import wording
from bookwheel.assistant.events import Searched, Usage

# The codes' English stands in `assistant.wording`; it is repeated for those who collect strings.
_KNOWN = (
    *(noop("Reading the question"), noop("Searching papers"), noop("Reading papers")),
    noop("Reading your file"),
    *(noop("Choosing sentences that bear on the question"), noop("Writing from the quotations")),
    *(noop("Checking each sentence"), noop("Side by side"), noop("Start here")),
    *(noop("Which problem it is about"), noop("How it works"), noop("What was found")),
    *(noop("What is open"), noop("To read before"), noop("To read next"), noop("Papers")),
    *(noop("Who works on it"), noop("Also"), noop("Figures and tables"), noop("Ask yourself")),
    *(noop("The papers do not say"), noop("Closest to it")),
    *(noop("cites a number that is no quotation"), noop("names a paper that is not held here")),
    noop("puts words between quotation marks that stand nowhere in the papers"),
    noop("says what the quotations it cites do not say"),
    noop("is only partly borne out by the quotations it cites"),
    noop("follows words of a paper instead of the question"),
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
