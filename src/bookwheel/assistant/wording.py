"""What is said to readers by code, in English. Pages translate the same codes."""

from __future__ import annotations

STEPS = {
    "understanding": "Reading the question",
    "opening": "Reading your file",
    "searching": "Searching papers",
    "reading": "Reading papers",
    "choosing": "Choosing sentences that bear on the question",
    "planning": "Making a plan",
    "section": "Answering a question of the plan",
    "looking": "Looking at the figure",
    "writing": "Writing from the quotations",
    "checking": "Checking each sentence",
}
HEADINGS = {
    "": "",
    "answer": "",
    "against": "Side by side",
    "start": "Start here",
    "problem": "Which problem it is about",
    "how": "How it works",
    "results": "What was found",
    "limits": "What is open",
    "earlier": "To read before",
    "next": "To read next",
    "people": "Who works on it",
    "papers": "Papers",
    "more": "Also",
    "figures": "Figures and tables",
    "check": "Ask yourself",
    "check_what": "Ask yourself: what is it, in your own words?",
    "check_how": "Ask yourself: how does it work?",
    "check_found": "Ask yourself: what was found?",
    "check_open": "Ask yourself: what is still open?",
    "no_figures": "No figures of these papers are held here, because their full text is not",
    "nothing_new": "Nothing on it in this time; the newest before",
    "not_said": "The papers do not say",
    "closest": "Closest to it",
}
REASONS = {
    "no_quote": "cites a number that is no quotation",
    "no_paper": "names a paper that is not held here",
    "altered": "puts words between quotation marks that stand nowhere in the papers",
    "unsupported": "says what the quotations it cites do not say",
    "weak": "is only partly borne out by the quotations it cites",
    "instruction": "follows words of a paper instead of the question",
}
