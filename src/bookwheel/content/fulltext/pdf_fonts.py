"""What a font of a PDF is, and the characters of TeX's own fonts that have no Unicode in the file.

Old TeX fonts come without a table of characters: what they hold is known from their encodings
(OT1, OML, OMS and the extension font; The TeXbook, appendix F).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OML = (
    "ΓΔΘΛΞΠΣΥΦΨΩαβγδϵζηθικλμνξπρστυφχψωεϑϖϱςϕ↼↽⇀⇁"
    "«»▷◁0123456789.,<∕>⋆∂ABCDEFGHIJKLMNOPQRSTUVWXYZ♭♮♯⌣⌢ℓabcdefghijklmnopqrstuvwxyzıȷ℘"
)
_OMS = (
    "−·×∗÷⋄±∓⊕⊖⊗⊘⊙○◦•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻←→↑↓↔↗↘≃⇐⇒⇑⇓⇔↖↙∝′∞∈∋△▽∕ʹ∀∃¬∅ℜℑ⊤⊥ℵ"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ∪∩⊎∧∨⊢⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√⨿∇∫⊔⊓⊑⊒§†‡¶♣♢♡♠"
)
_OT1 = "ΓΔΘΛΞΠΣΥΦΨΩ" + "\ufb00\ufb01\ufb02\ufb03\ufb04"
_EXTENSION = {
    **dict.fromkeys((0x00, 0x10, 0x12, 0x20, 0x30, 0x40), "("),
    **dict.fromkeys((0x01, 0x11, 0x13, 0x21, 0x31, 0x41), ")"),
    **dict.fromkeys((0x02, 0x14, 0x22, 0x32, 0x34, 0x68), "["),
    **dict.fromkeys((0x03, 0x15, 0x23, 0x33, 0x35, 0x69), "]"),
    **dict.fromkeys((0x08, 0x1A, 0x28, 0x38, 0x6E), "{"),
    **dict.fromkeys((0x09, 0x1B, 0x29, 0x39, 0x6F), "}"),
    **dict.fromkeys((0x0C, 0x0D), "|"),
    **dict.fromkeys((0x50, 0x58), "∑"),
    **dict.fromkeys((0x51, 0x59), "∏"),
    **dict.fromkeys((0x52, 0x5A), "∫"),
    **dict.fromkeys((0x70, 0x71, 0x72, 0x73, 0x74), "√"),
    **dict.fromkeys((0x62, 0x63, 0x64), "ˆ"),
    **dict.fromkeys((0x65, 0x66, 0x67), "˜"),
}
# Fonts without a name are pictures of letters: TeX's OT1 or T1, as far as they do not contradict
# each other and Latin-1.
_PICTURES = {
    **dict(zip((0x0B, 0x0C, 0x0D, 0x0E, 0x0F), "\ufb00\ufb01\ufb02\ufb03\ufb04", strict=True)),
    **dict(zip(range(0x1B, 0x20), "\ufb00\ufb01\ufb02\ufb03\ufb04", strict=True)),
    0x10: "“", 0x11: "”", 0x12: "`", 0x13: "´", 0x7F: "¨", 0x15: "–", 0x16: "—", 0x19: "ß",
    0x22: "”", 0x5C: "“", 0x7B: "–", 0x7C: "—", 0xD7: "Œ", 0xDF: "SS", 0xF7: "œ", 0xFF: "ß",
}  # fmt: skip
_TABLES: dict[str, dict[int, str]] = {
    "oml": dict(enumerate(_OML)),
    "oms": dict(enumerate(_OMS)),
    "ot1": dict(enumerate(_OT1)),
    "omx": _EXTENSION,
    "pictures": _PICTURES,
}
_FAMILIES = (
    (re.compile(r"^(?:CMMI|CMMIB|rtxmi|txmi|pxmi)"), "oml"),
    (re.compile(r"^(?:CMSY|CMBSY|txsy|pxsy)"), "oms"),
    (re.compile(r"^(?:CMEX|txex|pxex|MathExt|esint)"), "omx"),
    (re.compile(r"^(?:CMR|CMBX|CMTI|CMSL|CMSS|CMCSC|CMB|CMTT)"), "ot1"),
)
_MATH = re.compile(
    r"^(?:CMMI|CMSY|CMEX|CMBSY|MSAM|MSBM|EUFM|EUSM|rsfs|RSFS|txmi|txsy|NewTXMI|"
    r"LatinModernMath|STIX\w*Math|XITSMath|pxmi|pxsy|rtxmi|rpxmi|MathJax_Math|CambriaMath|LMMath|"
    r"EURM|EURB|EUEX|MTMI|MTSY|MTEX|zplm|PazoMath|Fourier-Math|MnSymbol|stmary|wasy|rsfso|dsrom|"
    r"BBM|bbm|LibertinusMath|LinLibertineMath|LibertineMathMI|Symbol|StandardSymL)"
)
_BOLD = re.compile(
    r"bold|black|heavy|medi\b|(?:^|[-+])(?:CMBX|CMB|SFBX)|-Bd|Semi-?Bold|Demi|"
    r"Medi(?:Ital)?$|^LMRoman\w*-Bold|BX\d|TB$|-B$",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"ital|obli|^(?:CMTI|CMSL|SFTI|SFSL)|-It$|-I$|TI$", re.IGNORECASE)
_MONO = re.compile(
    r"mono|courier|typewriter|^CMTT|cmtt|SFTT|consol|menlo|inconsolata|NimbusMon", re.IGNORECASE
)
_SMALL_CAPS = re.compile(r"caps|CSC|-SC$|SmallCap", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Font:
    """A font's name without its subset, and what it looks like."""

    name: str
    bold: bool = False
    italic: bool = False
    mono: bool = False
    math: bool = False
    caps: bool = False
    encoding: str = ""  # of TeX, if it is one of its fonts


def font(name: str, weight: int = 0) -> Font:
    """Read a font's name, as `NMTSSX+CMBX12`; weight is its own: 400 is plain, 0 unknown."""
    bare = name.split("+", 1)[-1]
    encoding = next((known for pattern, known in _FAMILIES if pattern.match(bare)), "")
    return Font(
        name=bare,
        bold=bool(_BOLD.search(bare)) or weight >= 600,
        italic=bool(_ITALIC.search(bare)),
        mono=bool(_MONO.search(bare)),
        math=bool(_MATH.match(bare)),
        caps=bool(_SMALL_CAPS.search(bare)),
        encoding=encoding,
    )


PICTURES = Font("", encoding="pictures")  # of letters that make words; formulas have no encoding


def character(code: int, known: Font) -> str:
    """The character that a code stands for; "" if nobody can tell.

    `code` is what the file says is Unicode; in TeX's fonts without a table it is the bare code.
    """
    if known.encoding == "omx" or (code < 0x20 and known.encoding):
        return _TABLES[known.encoding].get(code, chr(code) if code > 0x7F else "")
    if 0x1B <= code <= 0x1F and known.name.startswith("SF"):
        return _PICTURES[code]  # TeX's T1
    if known.encoding == "pictures" and code in _PICTURES:
        return _PICTURES[code]
    if code < 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    if 0xE000 <= code <= 0xF8FF or code in (0xFFFD, 0xFFFE, 0xFFFF, 0xAD, 0x200B, 0xFEFF):
        return "-" if code == 0xAD else ""
    return chr(code)
