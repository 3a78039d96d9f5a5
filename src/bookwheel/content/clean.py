"""Takes out of untrusted text what cannot be seen: controls, direction overrides, invisible signs.

They can turn a title around, hide words from readers or smuggle them to a model. Whatever can be
seen stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero-width and word joiners, direction marks and overrides, interlinear annotation,
# tag characters, variation selectors supplement; C0 and C1 controls but tab and line feed.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
    # Joiners shape Persian, Indic scripts and emoji; after ASCII they only hide.
    "|(?<![^\x00-\x7f])[\u200c\u200d]+"
)
# Where a text must keep its length, each is left out where it is shown: broken pairs too.
UNSEEN = re.compile(f"(?:{_UNSEEN.pattern}|[\r\u2028\u2029\ud800-\udfff])+")
_BROKEN = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def clean(text: str) -> str:
    """Take out what cannot be seen, compose accents; half a surrogate pair becomes U+FFFD."""
    if text.isascii() and not _CONTROL.search(text):
        return text
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _BROKEN.sub("\N{REPLACEMENT CHARACTER}", text))
