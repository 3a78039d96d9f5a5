r"""What a macro is, and the tokens that mean something to the expander alone.

Leaves out: expanding them (`tex_expand.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bookwheel.content.fulltext.tex_tokens import VERBATIM, Tokens, source, tokens
from bookwheel.errors import TooLargeError

END = "\x01"  # the end of a list of tokens that is read on its own
SET = "\x02"  # begins a token that sets a flag


@dataclass(frozen=True, slots=True)
class Macro:
    """`pattern`: what stands between the parameters of a `\\def`; `default`: of the first one."""

    count: int
    body: Tokens
    default: Tokens | None = None
    pattern: tuple[Tokens, ...] = ()


def endless() -> TooLargeError:
    """What is said of macros without end."""
    return TooLargeError("The macros of this paper expand without end.")


def filled(token: str, arguments: Sequence[Tokens]) -> Tokens:
    """A token of a macro's body, with the arguments in the place of its parameters."""
    if token[0] == VERBATIM and "#" in token:  # an address made of an argument
        for place, argument in enumerate(arguments, 1):
            token = token.replace(f"#{place}", source(argument))
        return [token]
    if token[0] == "#" and len(token) > 1 and token[-1].isdigit():
        if token.count("#") > 1:  # the parameter of a macro inside
            return [token[1:]]
        place = int(token[-1]) - 1
        return arguments[place] if place < len(arguments) else []
    return [token]


def read_tokens(text: str) -> Tokens:
    """Tokens of a file, up to its `\\endinput`."""
    found = tokens(text)
    return found[: found.index("\\endinput")] if "\\endinput" in found else found
