"""Where a paper appeared or was accepted, from its comments and journal reference, in one spelling.

Leaves out: the many journals that are not named here; their reference is shown as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Pattern (in the order tried) -> name. Acronyms are matched with their capitals.
_NAMES: tuple[tuple[str, str], ...] = (
    (r"NeurIPS|NIPS|Neural Information Processing Systems", "NeurIPS"),
    (r"ICML|International Conference on Machine Learning(?! and)", "ICML"),
    (r"ICLR|International Conference on Learning Representations", "ICLR"),
    (r"AISTATS", "AISTATS"),
    (r"UAI(?=\W)|Uncertainty in Artificial Intelligence", "UAI"),
    (r"COLT(?=\W)|Conference on Learning Theory", "COLT"),
    (r"TMLR|Transactions on Machine Learning Research", "TMLR"),
    (r"JMLR|Journal of Machine Learning Research", "JMLR"),
    (r"AAAI", "AAAI"),
    (r"IJCAI", "IJCAI"),
    (r"WACV", "WACV"),
    (r"CVPR(?!W)", "CVPR"),
    (r"CVPRW", "CVPR Workshops"),
    (r"ICCV(?!W)", "ICCV"),
    (r"ECCV(?!W)", "ECCV"),
    (r"BMVC", "BMVC"),
    (r"ACCV", "ACCV"),
    (r"3DV", "3DV"),
    (r"MICCAI", "MICCAI"),
    (r"SIGGRAPH Asia", "SIGGRAPH Asia"),
    (r"SIGGRAPH", "SIGGRAPH"),
    (r"NAACL", "NAACL"),
    (r"EACL", "EACL"),
    (r"AACL", "AACL"),
    (r"TACL|Transactions of the Association for Computational Linguistics", "TACL"),
    (r"EMNLP", "EMNLP"),
    (r"CoNLL", "CoNLL"),
    (r"COLING", "COLING"),
    (r"LREC(?:-COLING)?", "LREC"),
    (r"COLM(?=\W)|Conference on Language Modeling", "COLM"),
    (r"(?<![A-Z])ACL(?=\W)|Association for Computational Linguistics", "ACL"),
    (r"INTERSPEECH|Interspeech", "Interspeech"),
    (r"ICASSP", "ICASSP"),
    (r"ISMIR", "ISMIR"),
    (r"ICRA(?=\W)", "ICRA"),
    (r"IROS(?=\W)", "IROS"),
    (r"CoRL(?=\W)|Conference on Robot Learning", "CoRL"),
    (r"RSS(?=\s*'?\d)|Robotics: Science and Systems", "RSS"),
    (r"RA-L|Robotics and Automation Letters", "RA-L"),
    (r"KDD(?=\W)", "KDD"),
    (r"SIGIR(?=\W)", "SIGIR"),
    (r"CIKM", "CIKM"),
    (r"WSDM", "WSDM"),
    (r"RecSys", "RecSys"),
    (r"ECIR", "ECIR"),
    (r"(?:TheWebConf|The Web Conference|WWW(?=\s*'?\d))", "The Web Conference"),
    (r"SIGMOD", "SIGMOD"),
    (r"VLDB", "VLDB"),
    (r"ICDE(?=\W)", "ICDE"),
    (r"CHI(?=\s*'?\d)", "CHI"),
    (r"UIST", "UIST"),
    (r"CSCW", "CSCW"),
    (r"FAccT", "FAccT"),
    (r"STOC(?=\W)", "STOC"),
    (r"FOCS(?=\W)", "FOCS"),
    (r"SODA(?=\W)", "SODA"),
    (r"ICALP", "ICALP"),
    (r"POPL(?=\W)", "POPL"),
    (r"PLDI(?=\W)", "PLDI"),
    (r"ICSE(?=\W)", "ICSE"),
    (r"USENIX Security", "USENIX Security"),
    (r"INFOCOM", "INFOCOM"),
    (r"ISIT(?=\W)", "ISIT"),
    (r"TPAMI|PAMI|Pattern Analysis and Machine Intelligence", "TPAMI"),
    (r"IJCV|International Journal of Computer Vision", "IJCV"),
    (r"Phys(?:ical|\.) ?Rev(?:iew|\.) ?Lett(?:ers|\.)|\bPRL\b", "Physical Review Letters"),
    (r"Phys(?:ical|\.) ?Rev(?:iew|\.) ?(?P<letter>[A-EX])\b", "Physical Review {letter}"),
    (r"MNRAS|Mon\. ?Not\. ?R\. ?Astron\. ?Soc|Monthly Notices of the Royal", "MNRAS"),
    (r"Ap\.? ?J\.? ?L(?:ett)?\b|Astrophysical Journal Letters", "ApJL"),
    (r"ApJS\b|Astrophysical Journal Supplement", "ApJS"),
    (r"Ap\.? ?J\b|Astrophysical Journal|Astrophys\. ?J\b", "ApJ"),
    (r"A ?(?:&|&amp;|\\&) ?A\b|Astronomy (?:and|&) Astrophysics|Astron\. ?Astrophys", "A&A"),
    (r"JHEP|Journal of High Energy Physics", "JHEP"),
    (r"JCAP\b", "JCAP"),
    (r"PNAS|Proceedings of the National Academy", "PNAS"),
    (r"Nature Communications|Nat\. ?Commun", "Nature Communications"),
    (r"Scientific Reports|Sci\. ?Rep\b", "Scientific Reports"),
)
_KNOWN = tuple(
    (re.compile(rf"(?<![\w-])(?:{pattern})(?![A-Za-z])"), name) for pattern, name in _NAMES
)
_NEAR = re.compile(
    r"[\s,:(]*['’`]?(?P<year>(?:19|20)\d\d)(?!\d)|\s?['’`-]?(?P<short>(?<!\s)\d\d)(?!\d)"
)
_WORKSHOP = re.compile(r"\bworkshops?\b|\bwkshp\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:submitted|submission|under review|rejected|withdrawn from|to be submitted|in review|"
    r"format|style|template|extended version of|extends|rebuttal|prepared for|journal version of|"
    r"extension of|based on|co-?located|collocated|symposium series|(?:spring|fall) symposium|"
    r"challenge|competition|winner|solution|place)\b",
    re.IGNORECASE,
)
_PAPER = r"(?:paper|article|submission|manuscript|preprint|work|draft|version)"
_WITHDRAWN = re.compile(
    rf"\b(?:this|the)(?: present)? {_PAPER} (?:has been|is|was)(?: currently)?(?: being)? "
    r"(?:withdrawn|retracted|removed by arxiv)\b|^\W*(?:paper |article )?(?:withdrawn|retracted)\b|"
    rf"\b(?:we|i|authors?)\b[^.]{{0,40}}\b(?:withdraw|retract)\w* (?:this|the|our|my) {_PAPER}|"
    r"(?:^|\. )withdrawn (?:by|due|because|and superseded)\b|\breason for withdrawal\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue in its usual short name, its year (0 if not told), and whether a workshop of it."""

    name: str
    year: int = 0
    workshop: bool = False

    def __str__(self) -> str:
        parts = [self.name, str(self.year) if self.year else "", "workshop" * self.workshop]
        return " ".join(filter(None, parts))


def venue(comments: str, journal_ref: str) -> Venue | None:
    """Where the paper appeared or was accepted, if it says so and the place is known here."""
    if journal_ref and (found := _known(journal_ref)):
        return found
    folded = " ".join(comments.split())
    for clause in re.split(r";|(?<=[a-z)\d])\.\s+(?=[A-Z])", folded):
        if not _NOT.search(clause) and (found := _known(clause)):
            return found
    return None


def withdrawn(comments: str, abstract: str) -> bool:
    """Whether the paper says that it was withdrawn."""
    return any(_WITHDRAWN.search(" ".join(text.split())) for text in (comments, abstract[:300]))


def _known(text: str) -> Venue | None:
    first: tuple[int, Venue] | None = None
    for pattern, name in _KNOWN:
        match = pattern.search(f"{text} ")
        if match is None or (first is not None and match.start() >= first[0]):
            continue
        said = name.format(**match.groupdict()) if "{" in name else name
        first = match.start(), Venue(said, _year(text, match.end()), bool(_WORKSHOP.search(text)))
    return first[1] if first else None


def _year(text: str, end: int) -> int:
    """The year that follows a name, else any in the text."""
    near = _NEAR.match(text, end)
    if near:
        told = int(near["year"] or near["short"])
        return told if told > 99 else 2000 + told if told < 60 else 1900 + told
    years = re.findall(r"(?<![\d.])(?:19[89]\d|20[0-4]\d)(?![\d.]*\d)", text)
    return int(years[-1]) if years else 0
