"""An event before it is judged and has an id."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from rawabit.lexicon.lemma import Frame
from rawabit.model import Actor, DateRange
from rawabit.model.reading import SYMMETRIC, Modality
from rawabit.record.arguments import Roles
from rawabit.text.segment import Sentence

Bundle = tuple[Any, ...]
"""Facts that marks are made of, small enough to recur."""
Names = Callable[..., list[str]]
"""Spells out the marks of a bundle."""


UNTOLD = frozenset({"UNK"})
"""The codes of parties whom nothing tells."""


def acts_together(frame: Frame) -> bool:
    """Whether all parties of a frame are actors. A visit has a guest and a host."""
    return frame.type in SYMMETRIC and frame.mode != "visit"


class Deed(NamedTuple):
    """A deed as the grammar alone reads it: its type, the codes of who does it and of whom it is done to."""

    type: str
    actors: frozenset[str]
    recipients: frozenset[str]

    def part(self, codes: frozenset[str]) -> str:
        """The part that parties with these codes have in it."""
        part = "doer" if codes <= self.actors else "target" if codes <= self.recipients else "nobody"
        return f"{part} of {self.type}"


Around = tuple[Deed | None, ...]


class Draft:
    """What is known of one telling of a deed. Offsets count on the document's content."""

    __slots__ = (
        "actors",
        "around",
        "attribution",
        "bundles",
        "country",
        "date",
        "dated",
        "end",
        "frame",
        "k",
        "modality",
        "mode",
        "place",
        "placed",
        "recipients",
        "roles",
        "sentence",
        "start",
        "trigger",
        "weight",
    )

    def __init__(self, k: int, frame: Frame, roles: Roles, sentence: Sentence, around: Around = ()) -> None:
        """`around`: the deeds of `judge.DEEDS_NEAR`."""
        self.around = around
        self.k, self.frame, self.roles, self.sentence = k, frame, roles, sentence
        self.actors: list[Actor] = []
        self.recipients: list[Actor] = []
        self.modality: Modality = "actual"
        self.mode = frame.mode
        self.date: DateRange | None = None
        self.place: str | None = None
        self.country: str | None = None
        self.attribution: Actor | None = None
        self.placed = self.dated = False
        self.trigger = self.start = self.end = 0
        self.bundles: tuple[tuple[Names, Bundle], ...] = ()
        self.weight = 0

    def parts(self, codes: frozenset[str]) -> tuple[str, ...]:
        """The part that parties with these codes have in each of the deeds around it; "" where there is no deed or they are unknown."""
        known = codes != UNTOLD
        return tuple([deed.part(codes) if deed is not None and known else "" for deed in self.around])

    def marks(self) -> list[str]:
        """The names of the trigger's own marks."""
        return [mark for names, bundle in self.bundles for mark in names(*bundle)]
