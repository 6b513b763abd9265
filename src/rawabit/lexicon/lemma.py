"""Lexemes: what a word may name (deeds, ties), lend or report, and the rows that say so made ready for a choice among them."""
from __future__ import annotations

from collections.abc import Iterable

import msgspec

MAXIMAL_FRAMES = 3
"""Frames of different types that one trigger is weighed under."""
STRICT_TYPES = frozenset({"PROTEST", "CONCEDE"})
"""Types of which a frame counts only where its need is met: unmet, 1 in 750 of their readings was right (of others 1 in 55)."""


class Frame(msgspec.Struct, frozen=True):
    """What a word says of a deed or tie: see docs/lexicon.md."""

    type: str
    mode: str | None
    to: tuple[str, ...]
    joint: tuple[str, ...]
    swap: bool
    gen: str
    need: frozenset[str]
    bar: frozenset[str]
    says: bool
    prep: str
    impersonal: bool
    key: str = ""
    shape: str = ""
    who: tuple[str, ...] = ()
    bodies: dict[str, str] = {}
    modality: str = ""


class SupportUse(msgspec.Struct, frozen=True):
    role: str
    prep: str


OBJECT = "object"
"""What reporting.yml calls the complement of a verb whose object tells a content («denied any part in …»)."""


class ReportUse(msgspec.Struct, frozen=True):
    """`denies`: what is said did not happen. `whole`: what is said begins with the verb's object («called the deal a success»)."""

    stance: str
    complement: tuple[str, ...]
    relay: str = ""
    denies: bool = False
    whole: bool = False


class Lemma(msgspec.Struct, frozen=True):
    """A lexeme: what it may name (deeds, ties), lend (support) or report."""

    frames: tuple[Frame, ...]
    ties: tuple[Frame, ...]
    support: SupportUse | None
    report: ReportUse | None


class Choice:
    """A frame that a trigger may have: the token that its need is met by (-1: it has none), and whether it is only weakly supported."""

    __slots__ = ("frame", "needed", "weak")

    def __init__(self, frame: Frame, needed: int, weak: bool) -> None:
        self.frame, self.needed, self.weak = frame, needed, weak


class Frames(tuple[Frame, ...]):
    """The frames of a word, those with needs first where several lexemes share it. `unmet`: the choice where no need is met, no bar up."""

    needy: tuple[Frame, ...]
    needs: frozenset[str]
    pairs: bool
    bars: frozenset[str]
    loose: tuple[Choice, ...]
    unmet: tuple[Choice, ...]

    def __new__(cls, frames: Iterable[Frame] = ()) -> Frames:
        """Makes the choices that do not hang on the sentence."""
        self = super().__new__(cls, frames)
        self.needy = tuple(f for f in self if f.need)
        self.needs = frozenset().union(*[f.need for f in self])
        self.pairs = any(" " in form for form in self.needs)
        self.bars = frozenset().union(*[f.bar for f in self])
        weak = (Choice(f, -1, True) for f in self.needy if f.type not in STRICT_TYPES)
        self.loose = (*(Choice(f, -1, False) for f in self if not f.need), *weak)
        self.unmet = distinct(self.loose)
        return self


def distinct(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """The first choice of each type, MAXIMAL_FRAMES of them."""
    first: dict[str, Choice] = {}
    for choice in choices:
        first.setdefault(choice.frame.type, choice)
    return tuple(first.values())[:MAXIMAL_FRAMES]
