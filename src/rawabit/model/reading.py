"""What a reading of a report holds: the records of the codebook, each with the stretch of text that proves it."""
from __future__ import annotations

from typing import Literal

import msgspec

from rawabit.model.document import Document, Span
from rawabit.model.time import DateRange

Modality = Literal["actual", "future", "hypothetical", "negated"]
Stance = Literal["positive", "negative", "neutral"]
Bound = Literal["=", "~", ">", "<"]


SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types whose parties are all actors when they act together."""
BODIES = ("IGO-", "REG-")
"""How the codes of bodies and groups of states begin: their members can meet alone, and they can be chaired."""


class Actor(msgspec.Struct, frozen=True, order=True):
    """Who acts: `CODE[/SECTOR][:Name]` of the codebook, e.g. `RUS/GOV:Vladimir Putin`."""

    code: str
    sector: str = ""
    name: str = ""

    def __str__(self) -> str:
        head = f"{self.code}/{self.sector}" if self.sector else self.code
        return f"{head}:{self.name}" if self.name else head

    @classmethod
    def parse(cls, text: str) -> Actor:
        """The actor written `CODE[/SECTOR][:Name]`."""
        head, _, name = text.partition(":")
        code, _, sector = head.partition("/")
        return cls(code or "UNK", sector, name)


UNKNOWN = Actor("UNK")


class Event(msgspec.Struct, frozen=True):
    """One telling of a deed (PLOVER), with its date, modality, source and proof.

    `quad` (1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict) and `score` (-10 to 10) are
    PLOVER's; `cameo` is a CAMEO root or event code as a string; `contexts` are PLOVER's contexts.
    """

    id: str
    type: str
    mode: str | None
    modality: Modality
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    trigger: Span
    evidence: Span
    date: DateRange | None = None
    place: str | None = None
    country: str | None = None
    attribution: Actor | None = None
    same_as: str | None = None
    quad: int = 0
    score: float = 0.0
    cameo: str = ""
    contexts: tuple[str, ...] = ()


class Statement(msgspec.Struct, frozen=True):
    """Something said: by whom, in quotation marks or not, about whom, and how it stands towards them."""

    speaker: Actor
    quoted: bool
    about: tuple[str, ...]
    stance: Stance
    text: Span


class Figure(msgspec.Struct, frozen=True):
    """A number that measures a state or a relation. `value` is in `unit` (percent, people, ISO 4217 code, ...)."""

    measure: str
    subject: Actor
    partner: str | None
    value: float
    unit: str
    bound: Bound
    period: str | None
    attribution: Actor | None
    evidence: Span


class Tie(msgspec.Struct, frozen=True):
    """A standing relation that the text asserts."""

    relation: str
    subject: Actor
    object: Actor
    modality: Modality
    evidence: Span
    date: DateRange | None = None


class Person(msgspec.Struct, frozen=True):
    """Someone named in the report, once: the name as first written in full."""

    name: Span
    english: str
    code: str
    sector: str
    role: str


class Abstention(msgspec.Struct, frozen=True):
    """Something seen but not coded, and why."""

    reason: str
    evidence: Span


class Reading(msgspec.Struct, frozen=True):
    """All records of one report."""

    document: Document
    people: tuple[Person, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    ties: tuple[Tie, ...] = ()
    abstentions: tuple[Abstention, ...] = ()
    issues: tuple[str, ...] = ()

    def surface(self, span: Span) -> str:
        """The words at a span."""
        return self.document.content[span.start : span.end]
