"""What a question asks for, recognised by rules: its kind, what it is about, and when.

English and, for the commonest turns, Chinese. What no rule knows is an ordinary question.
Leaves out: finding papers (`gather.py`) and the shape of each kind's answer (`compose.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bookwheel.assistant.retriever import Days
from bookwheel.core.stop_words import STOP_WORDS
from bookwheel.core.text import words


class Kind(StrEnum):
    """Kinds of questions, each with an answer of its own shape."""

    ABOUT = "about"  # what do they say about X
    COMPARE = "compare"  # A against B
    NEW = "new"  # what is new on X
    WHO = "who"  # who works on X
    PAPERS = "papers"  # which papers …
    LEARN = "learn"  # explain like I am new
    SUMMARY = "summary"  # of one paper, by section
    FIGURES = "figures"  # what figures and tables show
    REPORT = "report"  # on a subject, question by question


@dataclass(frozen=True, slots=True)
class Turn:
    """A question asked before in the conversation, and the papers that its answer cited."""

    question: str
    answer: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood."""

    text: str
    kind: Kind
    topic: str  # what papers are searched by
    sides: tuple[str, ...] = ()  # of a comparison
    days: Days = Days()
    plan: tuple[str, ...] = ()  # questions that the reader wants a report to answer


_QUOTED = r"[\"“”«»]"
_ASKING = (
    r"(?:can|could|would) you |please |hi,? |hello,? |i(?:'d| would) like to know |"
    r"(?:tell|show|give) me (?:about |of )?|do you know "
)
_COMPARE = (
    re.compile(
        r"(?:compare|contrast)\s+(?P<a>.+?)\s+(?:and|with|to|against|vs\.?|versus)\s+(?P<b>.+)",
        re.I,
    ),
    re.compile(r"differences?\s+between\s+(?P<a>.+?)\s+and\s+(?P<b>.+)", re.I),
    re.compile(r"how\s+(?:do|does|is|are)\s+(?P<a>.+?)\s+differ(?:ent)?\s+from\s+(?P<b>.+)", re.I),
    re.compile(
        r"(?:is|are|do|does)\s+(?P<a>.+?)\s+(?:better|worse|more \w+|less \w+|\w+er)\s+"
        r"than\s+(?P<b>.+)",
        re.I,
    ),
    re.compile(
        r"^(?!(?:is|are|does|do|did|can|could|why|how|what|when)\b)"
        r"(?P<a>.+?)\s+(?:vs\.?|versus|compared (?:to|with))\s+(?P<b>.+)",
        re.I,
    ),
    re.compile(r"(?:比较|对比)(?P<a>.+?)(?:和|与|跟)(?P<b>.+)"),
)
_VERB = re.compile(  # "do A need more data than B"
    r"\s+(?:need|require|have|use|give|perform|work|train|learn|run|generali[sz]e|scale|converge)s?$",
    re.I,
)
_WHO = re.compile(
    r"\bwho\s+(?:is |are |has |have |else )?(?:work|stud|research|publish|wrote|writ|invent|propos|"
    r"introduc|lead|develop|do)|\b(?:which|what) (?:people|groups?|labs?|authors?|researchers?)\b|"
    r"\bexperts? (?:on|in)\b|谁(?:在|做|研究)",
    re.I,
)
_NEW = re.compile(
    r"\bwhat(?:'s| is| are| was)? (?:new|recent|the (?:latest|newest|recent))|\b(?:latest|newest|"
    r"recent) (?:work|papers?|results?|advances?|progress|developments?|research|news)\b|"
    r"\bnew (?:papers?|work|results?|methods?)\b|\bstate of the art\b|"
    r"\b(?:new|papers?|published|appeared|announced|happened|came out)\b[^?]{0,60}"
    r"\b(?:(?:this|last|past) (?:week|month|year)|today|yesterday)\b|最新|最近|本月|本周|今天",
    re.I,
)
_PAPERS = re.compile(
    r"\b(?:which|what(?! (?:do|does|did|is|are)\b)|find|list|any|some|suggest|recommend)\b"
    r"[^.?!]{0,30}\b(?:papers?|articles?|works?|studies|surveys?|references?|literature)\b|"
    r"\b(?:is|are) there (?:any |some )?[^.?!]{0,20}\b(?:papers?|works?|research|stud(?:y|ies))\b|"
    r"哪些(?:论文|文章)",
    re.I,
)
_LEARN = re.compile(
    r"\b(?:like|as if) i(?:'m| am|’m) (?:new|five|\d|a (?:beginner|child|novice|student))|\beli5\b|"
    r"\b(?:teach me|(?:want|like|need|wish|me|begin|start)(?: to)? (?:learn|learning|understand)\b|"
    r"introduc\w+ (?:me )?to|tutorial|beginner|for dummies|new to|from scratch|"
    r"prerequisites?|where (?:do|should) i (?:start|begin)|how (?:do|can|should) i (?:start|learn|"
    r"understand))\b|入门|教我|初学",
    re.I,
)
_SUMMARY = re.compile(
    r"\b(?:summar\w+|tl;?dr|overview of (?:this|the) paper|by section|section by section|"
    r"main (?:points?|ideas?|contributions?) of (?:this|the) paper|what is this paper about|"
    r"what does this paper (?:do|say|show)\s*\??$)|总结|概括",
    re.I,
)
_FIGURES = re.compile(
    r"\b(?:figures?|figs?\.|plots?|charts?|diagrams?|tables?)\b.*\b(?:show|say|mean|tell|depict|"
    r"illustrat|contain|report)|\b(?:explain|describe|show|list|what (?:is|are) in)\b.*\b"
    r"(?:figures?|fig\.|plots?|tables?|charts?)\b|图表|插图",
    re.I,
)
# What is said about the asking and not about the matter, taken out of what is searched by.
_FRAME = re.compile(
    rf"{_ASKING}|\b(?:what|which|how|who|why|when|where|whose|does|do|did|is|are|was|were|has|have|"
    r"there|any|some)\b|\b(?:the |these |those |this |that |my |our )?(?:papers?|articles?|works?|"
    r"literature|authors?|researchers?|people|groups?|labs?|library|research(?:es)?|stud(?:y|ies))\b|"
    r"\b(?:say|says|said|tell|tells|know|known|explain|describe|discuss|mention|show|shows|find|list|"
    r"work|works|working|publish\w*|summar\w+|compare|teach|learn|new|newest|latest|recent(?:ly)?|"
    r"about|on|this|last|past|week|month|year|today|yesterday|days?|like|i['’]?m|i|am|me|explained|"
    r"please|eli5|beginner|a beginner)\b|[?!.]+\s*$",
    re.I,
)
_REPORT = re.compile(
    r"\s*/?(?:(?:please\s+)?(?:write|make|give me|prepare)\s+(?:me\s+)?)?(?:an?\s+)?(?:"
    r"(?:deep\s+)?research(?:\s+report)?\b(?!ers?\b|\s+(?:shows?|says?|suggests?|finds?|found|has|have|"
    r"is|are|was|papers?|groups?|questions?)\b)|"
    r"(?:report|literature\s+(?:review|survey)|related[\s-]work(?:\s+section)?|state-of-the-art\s+report)"
    r"(?=\s+(?:on|of|about|for)\b))"
    r"[:,]?\s*(?:(?:on|of|about|into|for)\s+)?(?P<topic>[^\n?]*[^\s?.!])[\s.!]*$",
    re.I,
)
_LINE = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)])\s+(?P<line>\S.*)")
_PERIODS = (
    (re.compile(r"\btoday\b|今天", re.I), 1),
    (re.compile(r"\byesterday\b", re.I), 2),
    (re.compile(r"\b(?:this|last|past) week\b|本周", re.I), 7),
    (re.compile(r"\b(?:this|last|past) month\b|本月", re.I), 31),
    (re.compile(r"\b(?:this|last|past) year\b|今年", re.I), 365),
)
_LAST_DAYS = re.compile(r"\b(?:last|past) (\d{1,3}) (day|week|month|year)s?\b", re.I)
_SINCE = re.compile(r"\b(since|after|before|until|in) ((?:19|20)\d\d)\b", re.I)
_LENGTHS = {"day": 1, "week": 7, "month": 31, "year": 365}
RECENT = 31  # days that "what is new" means when no period is said
_LEAST = 2  # words of one's own without which a question leans on the one before


def understand(text: str, *, today: date, history: Sequence[Turn] = ()) -> Asked:
    """Recognise the kind, topic, sides and period of a question.

    A question that leans on the one before ("and for images?") is searched with both.
    """
    if report := _report(text):
        return report
    asked = _alone(" ".join(text.split()), today)
    if not history:
        return asked
    if len(_content(asked.topic)) < _LEAST or _leans(text):
        before = _alone(" ".join(history[-1].question.split()), today)
        return replace(asked, topic=f"{asked.topic} {before.topic}".strip())
    return asked


def _report(text: str) -> Asked | None:
    """A report: the first line names its subject, each line below is a question of its plan."""
    first, *rest = text.strip().splitlines() or [""]
    match = _REPORT.match(first)
    if match is None:
        return None
    lines = (_LINE.fullmatch(line) for line in rest if line.strip())
    plan = tuple(" ".join(line["line"].split()) for line in lines if line)
    return Asked(" ".join(first.split()), Kind.REPORT, match["topic"].strip(' "“”'), plan=plan)


def _alone(text: str, today: date) -> Asked:
    sides = _sides(text)
    days = _period(text, today)
    kind = Kind.COMPARE if sides else _kind(text)
    if kind is Kind.NEW and not days:
        days = Days(first=(today - timedelta(days=RECENT)).isoformat())
    topic = " ".join(sides) if sides else _topic(text)
    return Asked(text, kind, topic, sides, days)


def _kind(text: str) -> Kind:
    rules = (
        (_FIGURES, Kind.FIGURES),
        (_LEARN, Kind.LEARN),
        (_SUMMARY, Kind.SUMMARY),
        (_WHO, Kind.WHO),
        (_NEW, Kind.NEW),
        (_PAPERS, Kind.PAPERS),
    )
    return next((kind for rule, kind in rules if rule.search(text)), Kind.ABOUT)


def _sides(text: str) -> tuple[str, ...]:
    for rule in _COMPARE:
        if match := rule.search(text):
            sides = _for_both(_side(_VERB.sub("", match["a"])), _side(match["b"]))
            if all(_content(side) for side in sides):
                return sides
    return ()


def _for_both(one: str, other: str) -> tuple[str, str]:
    """What stands after the second side for both: "A and B for images"."""
    tail = re.search(r"\s(?:for|in|on|of|at|under)\s.+$", other)
    if tail is None or re.search(r"\s(?:for|in|on|of|at|under)\s", one):
        return one, other
    return one + tail[0], other


def _side(text: str) -> str:
    cut = re.split(r"[?!.;]\s*$|\s+(?:in terms of|with respect to|regarding)\s+", text)[0]
    return re.sub(rf"^(?:the|a|an)\s+|^{_ASKING}|{_QUOTED}", "", cut.strip(), flags=re.I).strip()


def _topic(text: str) -> str:
    kept = _SINCE.sub(" ", _LAST_DAYS.sub(" ", re.sub(_QUOTED, " ", text)))
    parts = _FRAME.sub(" ", kept).split()
    while parts and not _content(parts[0]):
        del parts[0]
    while parts and not _content(parts[-1]):
        del parts[-1]
    return " ".join(parts) or " ".join(text.rstrip("?!. ").split())


def _content(text: str) -> list[str]:
    return [word for word in words(text) if word not in STOP_WORDS]


def _leans(text: str) -> bool:
    return bool(
        re.match(r"\s*(?:and|but|so|also|what about|how about|why|what else|more)\b", text, re.I)
        or re.search(
            r"\b(?:it|its|they|them|their|that|those|these|this|he|she|the same)\b", text, re.I
        )
        and len(_content(_topic(text))) < 2 * _LEAST
    )


def _period(text: str, today: date) -> Days:
    if match := _LAST_DAYS.search(text):
        length = int(match[1]) * _LENGTHS[match[2].lower()]
        return Days(first=(today - timedelta(days=length)).isoformat())
    for rule, length in _PERIODS:
        if rule.search(text):
            return Days(first=(today - timedelta(days=length)).isoformat())
    if match := _SINCE.search(text):
        how, year = match[1].lower(), match[2]
        first = f"{int(year) + 1}-01-01" if how == "after" else f"{year}-01-01"
        last = f"{int(year) - 1}-12-31" if how == "before" else f"{year}-12-31"
        return Days(
            first if how != "before" and how != "until" else "",
            last if how not in ("since", "after") else "",
        )
    return Days()
