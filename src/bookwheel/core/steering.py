"""What a reader told a tag besides its papers: which words, authors and categories to trust.

A `Steering` is plain data that can be stored and compared; every change of it is a `Turn`, so that
a history can say what was done. Leaves out: what it does to a taste (`steered.py`), and storing it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from bookwheel.core.categories import CATEGORIES, find_category
from bookwheel.core.text import words

LEVELS = ("mute", "less", "more", "pin")  # besides "", which is: as learned
PAPER_LEVELS = ("mute", "more")
KINDS = ("words", "authors", "categories", "papers")
NEVERS = ("never_words", "never_authors", "never_categories")
BREADTHS = range(-2, 3)
FADES = (0, 1, 3, 6, 12, 24)  # months after which a paper counts half; 0: it never fades
MOST = 100  # entries of each kind
LONGEST_WORD, LONGEST_NAME, LONGEST_SENTENCE = 64, 120, 1000
CHOICES = 60  # answers to "this or that" that are kept, the last ones

Levels = Mapping[str, str]


@dataclass(frozen=True)
class Turn:
    """One change: `kind` names what is changed, `name` the entry, `value` what it becomes."""

    kind: str
    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class Steering:
    """All that a reader told one tag. Without any of it a tag ranks as it learned."""

    words: Levels = field(default_factory=dict)
    authors: Levels = field(default_factory=dict)  # "Family, Given"
    categories: Levels = field(default_factory=dict)
    papers: Levels = field(default_factory=dict)  # by number, as text
    never_words: tuple[str, ...] = ()
    never_authors: tuple[str, ...] = ()
    never_categories: tuple[str, ...] = ()
    breadth: int = 0
    fade: int = 0
    sentence: str = ""
    choices: tuple[tuple[int, int], ...] = ()  # paper chosen, the other; 0: none

    @property
    def key(self) -> str:
        """Equal for equal steerings, in whichever order they were made."""
        return repr([_ordered(getattr(self, each.name)) for each in fields(self)])

    @property
    def raises(self) -> bool:
        """Whether it names anything that is to raise papers."""
        named = (*self.words.values(), *self.authors.values(), *self.categories.values())
        return not {"more", "pin"}.isdisjoint(named)

    @property
    def ranks(self) -> bool:
        """Whether it may rank papers by itself, without any liked paper."""
        return bool(self.sentence or self.choices or self.raises)

    @property
    def neutral(self) -> bool:
        """Whether nothing was said."""
        return self == NEUTRAL

    def stored(self) -> dict[str, Any]:
        """As JSON, only what was said."""
        usual = asdict(NEUTRAL)
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Steering:
        """From JSON; what an older or newer version said and this one does not know is left out."""
        known = {each.name: stored[each.name] for each in fields(cls) if each.name in stored}
        for name in NEVERS:
            known[name] = tuple(known.get(name, ()))
        known["choices"] = tuple((int(one), int(other)) for one, other in known.get("choices", ()))
        return cls(**known)

    def turned(self, turn: Turn) -> Steering:
        """Apply one change.

        Raises:
            ValueError: the turn makes no sense; the message is one of the codes "level", "word",
                "author", "category", "paper", "range", "many" or "long".
        """
        if turn.kind == "reset":
            return NEUTRAL
        if turn.kind in KINDS:
            return self._level(turn)
        if turn.kind in NEVERS:
            return self._never(turn)
        if turn.kind in _OTHERS:
            return _OTHERS[turn.kind](self, turn)
        raise ValueError("level")

    def _level(self, turn: Turn) -> Steering:
        levels = PAPER_LEVELS if turn.kind == "papers" else LEVELS
        if turn.value and turn.value not in levels:
            raise ValueError("level")
        name = _CLEAN[turn.kind](turn.name)
        held = {key: level for key, level in getattr(self, turn.kind).items() if key != name}
        if turn.value:
            held[name] = turn.value
        return self._with(turn.kind, held)

    def _never(self, turn: Turn) -> Steering:
        name = _CLEAN[turn.kind](turn.name)
        held = tuple(each for each in getattr(self, turn.kind) if each != name)
        return self._with(turn.kind, (*held, name) if turn.value == "add" else held)

    def _with(self, kind: str, held: Any) -> Steering:
        if len(held) > MOST:
            raise ValueError("many")
        return replace(self, **{kind: held})

    def _number(self, turn: Turn) -> Steering:
        allowed = {"breadth": BREADTHS, "fade": FADES}[turn.kind]
        if turn.value not in {str(each) for each in allowed}:
            raise ValueError("range")
        return replace(self, **{turn.kind: int(turn.value)})  # type: ignore[arg-type]

    def _sentence(self, turn: Turn) -> Steering:
        if len(turn.value) > LONGEST_SENTENCE:
            raise ValueError("long")
        return replace(self, sentence=" ".join(turn.value.split()))

    def _choice(self, turn: Turn) -> Steering:
        made = (int(_number(turn.name)), int(_number(turn.value)))
        return replace(self, choices=(*self.choices, made)[-CHOICES:])


NEUTRAL = Steering()


def _ordered(value: object) -> object:
    return sorted(value.items()) if isinstance(value, Mapping) else value


def word_label(text: str) -> str:
    """A word, or two, as papers are compared by them. Raises ValueError."""
    found = words(text) if len(text) <= LONGEST_WORD else []
    if not 1 <= len(found) <= 2:
        raise ValueError("word")
    return " ".join(found)


def phrase_label(text: str) -> str:
    """Some words in a row. Raises ValueError."""
    found = words(text) if len(text) <= LONGEST_WORD else []
    if not found:
        raise ValueError("word")
    return " ".join(found)


def author_label(text: str) -> str:
    """`Curie, Marie` from that or from `Marie Curie`. Raises ValueError."""
    family, comma, given = text.strip().partition(",")
    if not comma:
        given, _space, family = text.strip().rpartition(" ")
    family, given = " ".join(family.split()), " ".join(given.split())
    if not words(family) or len(text) > LONGEST_NAME:
        raise ValueError("author")
    return author_label_of(family, given)


def author_label_of(family: str, given: str) -> str:
    """The label of a name whose parts are known."""
    return f"{family}, {given}" if given else family


def author_parts(label: str) -> tuple[str, str]:
    """Family and given names of a label."""
    family, _comma, given = label.partition(", ")
    return family, given


def _category(text: str) -> str:
    found = _archive(text)
    if found not in CATEGORIES:
        raise ValueError("category")
    return found


def _archive(text: str) -> str:
    try:
        return find_category(text)
    except ValueError:
        raise ValueError("category") from None


def _number(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ValueError("paper")
    return str(int(text))


_CLEAN: dict[str, Callable[[str], str]] = {
    "words": word_label,
    "authors": author_label,
    "categories": _category,
    "papers": _number,
    "never_words": phrase_label,
    "never_authors": author_label,
    "never_categories": _archive,
}
_OTHERS: dict[str, Callable[[Steering, Turn], Steering]] = {
    "breadth": Steering._number,
    "fade": Steering._number,
    "sentence": Steering._sentence,
    "choice": Steering._choice,
}
