"""An event before it is judged and has an id."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rawabit.lexicon.lemma import Frame
from rawabit.model import Actor, DateRange
from rawabit.model.reading import SYMMETRIC, Modality
from rawabit.record.arguments import Roles
from rawabit.text.segment import Sentence

Bundle = tuple[Any, ...]
"""Facts that marks are made of, small enough to recur."""
Names = Callable[..., list[str]]
"""Spells out the marks of a bundle."""


def acts_together(frame: Frame) -> bool:
    """Whether all parties of a frame are actors. A visit has a guest and a host."""
    return frame.type in SYMMETRIC and frame.mode != "visit"


class Draft:
    """What is known of one telling of a deed. Offsets count on the document's content."""

    __slots__ = (
        "actors",
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

    def __init__(self, k: int, frame: Frame, roles: Roles, sentence: Sentence) -> None:
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

    def marks(self) -> list[str]:
        """The names of the trigger's own marks."""
        return [mark for names, bundle in self.bundles for mark in names(*bundle)]
