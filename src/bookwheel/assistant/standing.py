"""Whether a sentence can stand alone, away from those before it.

A quotation that begins with "This" or "However" tells little by itself; so does one that only says
where the code is, or that has no end. They are not left out, but put behind those that stand.
"""

from __future__ import annotations

import re

POINTS, GOES_ON, HOLLOW, BROKEN, LONG = 0.6, 0.85, 0.5, 0.5, 0.85
WORDS = 48  # from which a sentence is long

_POINTS = re.compile(
    r"^(?:(?:Finally|Second|Third|Then|Thus|Hence|Therefore|However|Moreover|Furthermore),?\s+)?"
    r"(?:This|These|Those|That|Such|It|They|Its|Their|He|She|Both|The (?:former|latter|same|above|"
    r"resulting|proposed|new|first|second)|(?:Some|Many|Most|Each|All|One) of (?:these|them|which)|"
    r"Our (?:contributions?|findings|framework|approach|method|analysis|work|results?|study)|"
    r"To (?:address|resolve|tackle|fill|overcome|mitigate|solve|bridge) (?:this|these|that|it)|"
    r"(?:Using|With|From|In|Based on|Under|By|For|Of|Among) (?:this|these|those|such|it|them)|"
    r"Here,?)\b"
)
_GOES_ON = re.compile(
    r"^(?:However|Moreover|Furthermore|Additionally|In addition|Finally|Nevertheless|Thus|"
    r"Hence|Therefore|Consequently|To this end|For (?:example|instance)|First(?:ly)?|Second(?:ly)?|"
    r"Third(?:ly)?|By contrast|In contrast|On the other hand|Then|Also|Instead|Meanwhile|Next|"
    r"As a (?:result|consequence)|Specifically|In particular|Besides|Similarly|Likewise|Indeed|"
    r"And|But|Or|So|Yet|Accordingly|Notably|Importantly|Interestingly|Conversely|Nonetheless|"
    r"More\w* specifically|To our knowledge|To the best of our knowledge|"
    r"We (?:also|then|further|additionally|next))\b"
)
_HOLLOW = re.compile(
    r"\b(?:codes?|data|datasets?|models?|implementation|demo|videos?|project page|source)\b"
    r"[^.]{0,60}\b(?:available|released|found|accessible|open-sourced)\b|https?://|github\.com|"
    r"\b(?:accepted|published|submitted|to appear) (?:at|in|to)\b|\bsupplementary\b|"
    r"^(?:Extensive|Comprehensive) experiments\b|"
    r"\bavailable (?:at|on|upon)\b|^(?:Keywords|Key words)\b|\ball rights reserved\b",
    re.I,
)
_WHOLE = re.compile(r"""[.!?…]["'”’)\]}$*]*$|[。！？]$""")


def standing(text: str) -> float:
    """What of its score a sentence keeps, 0 to 1: all of it where it can stand alone."""
    kept = 1.0
    if _POINTS.search(text):
        kept *= POINTS
    elif _GOES_ON.search(text):
        kept *= GOES_ON
    if _HOLLOW.search(text):
        kept *= HOLLOW
    if not _WHOLE.search(text) or text[:1].islower():
        kept *= BROKEN
    if len(text.split()) > WORDS:
        kept *= LONG
    return kept
