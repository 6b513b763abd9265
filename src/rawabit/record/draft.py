"""An event before it is judged and has an id."""
from __future__ import annotations

from rawabit.lexicon.lemma import Frame
from rawabit.model import Actor, DateRange
from rawabit.model.reading import SYMMETRIC, Modality
from rawabit.record.arguments import Roles
from rawabit.text.segment import Sentence


def acts_together(frame: Frame) -> bool:
    """Whether all parties of a frame are actors. A visit has a guest and a host."""
    return frame.type in SYMMETRIC and frame.mode != "visit"


class Draft:
    """What is known of one telling of a deed. Offsets count on the document's content."""

    __slots__ = (
        "actors",
        "attribution",
        "country",
        "date",
        "end",
        "frame",
        "k",
        "marks",
        "modality",
        "place",
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
        self.date: DateRange | None = None
        self.place: str | None = None
        self.country: str | None = None
        self.attribution: Actor | None = None
        self.trigger = self.start = self.end = 0
        self.marks: list[str] = []
        self.weight = 0
