"""Readings that people wrote, to hold Rawabit's against: JSON in the codebook's form → Reading.

A proof is either the words (found in the report, a trigger inside its evidence first) or `{"start", "end"}`. A gold reading of a report
that may not be given away holds offsets and codes alone, and the SHA-256 of title, newline, text, so that another edition of it is
never scored. Refuses a record that the codebook does not allow, by name; mends nothing.
"""
from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from rawabit.lexicon.schema import EVENT_TYPES, RELATIONS
from rawabit.model import Actor, DateRange, Document, Event, Figure, Person, Precision, RawabitError, Reading, Span, Statement, Tie
from rawabit.model.reading import Bound, Modality, Stance

ACTOR = re.compile(r"([A-Z]{3}|(IGO|IMG|NGO|MNC|REG)-[A-Za-z0-9]+|UNK)(/[A-Z]{3})?(:.+)?")
Kind = TypeVar("Kind")


class GoldError(RawabitError):
    """A gold reading that breaks the codebook or does not fit its report."""


class Proof(msgspec.Struct, frozen=True):
    """Offsets into the content; `text`, if given, are the words there."""

    start: int
    end: int
    text: str | None = None


Words = Proof | str


class GoldDocument(msgspec.Struct, frozen=True):
    id: str
    sha256: str | None = None


class GoldPerson(msgspec.Struct, frozen=True):
    name: Words
    english: str
    code: str
    sector: str | None = None
    role: str = ""


class GoldEvent(msgspec.Struct, frozen=True):
    id: str
    type: str
    modality: Modality
    actors: list[str]
    trigger: Words
    evidence: Words
    recipients: list[str] = []
    mode: str | None = None
    start: date | None = None
    end: date | None = None
    place: str | None = None
    country: str | None = None
    attribution: str | None = None
    same_as: str | None = None


class GoldStatement(msgspec.Struct, frozen=True):
    speaker: str
    quoted: bool
    about: list[str]
    stance: Stance
    text: Words


class GoldFigure(msgspec.Struct, frozen=True):
    measure: str
    subject: str
    value: float
    unit: str
    evidence: Words
    bound: Bound = "="
    partner: str | None = None
    period: str | None = None
    attribution: str | None = None


class GoldTie(msgspec.Struct, frozen=True):
    relation: str
    subject: str
    object: str
    modality: Modality
    evidence: Words
    start: date | None = None
    end: date | None = None


class Gold(msgspec.Struct, frozen=True):
    """One gold reading as its file holds it. Keys that are not named here are passed over."""

    document: GoldDocument
    people: list[GoldPerson] = []
    events: list[GoldEvent] = []
    statements: list[GoldStatement] = []
    figures: list[GoldFigure] = []
    ties: list[GoldTie] = []


class Written(msgspec.Struct, frozen=True):
    """The report of a gold reading that holds its own, which is only one that was written for it."""

    document: Document


def read_gold(path: Path) -> Gold:
    """The gold reading of one file. Raises GoldError."""
    return _decode(path.read_bytes(), Gold, str(path))


def read_written(path: Path) -> list[tuple[Gold, Document]]:
    """The gold readings of a JSON Lines file, each with the report that `document` holds. Raises GoldError, which names the line."""
    lines = [(f"{path}, line {n}", line) for n, line in enumerate(path.read_bytes().splitlines(), 1) if line.strip()]
    return [(_decode(line, Gold, place), _decode(line, Written, place).document) for place, line in lines]


def _decode(raw: bytes, kind: type[Kind], place: str) -> Kind:
    try:
        found = msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise GoldError(f"{place}: {error}. Mend the record; docs/terms.md names the keys.") from error
    faults = list(find_faults(found)) if isinstance(found, Gold) else []
    if faults:
        raise GoldError(f"{place}: {'; '.join(faults)}. Mend these records.")
    return found


def find_faults(gold: Gold) -> Iterator[str]:
    """What the codebook does not allow, report unseen."""
    known = {event.id for event in gold.events}
    for event in gold.events:
        if event.type not in EVENT_TYPES:
            yield f"event {event.id} has type {event.type!r}"
        if not event.actors:
            yield f"event {event.id} has no actor"
        if event.same_as and event.same_as not in known:
            yield f"event {event.id} is the same as {event.same_as!r}, which is not there"
        wrong = [actor for actor in (*event.actors, *event.recipients) if not ACTOR.fullmatch(actor)]
        yield from (f"event {event.id} has the actor {actor!r}" for actor in wrong)
    yield from (f"tie of {tie.subject} has relation {tie.relation!r}" for tie in gold.ties if tie.relation not in RELATIONS)


def find_hash(doc: Document) -> str:
    """SHA-256 of the content as 64 hex digits."""
    return hashlib.sha256(doc.content.encode()).hexdigest()


def make_reading(gold: Gold, doc: Document) -> Reading:
    """The gold as a Reading of its report. Raises GoldError where the report is another edition or does not hold the words."""
    if gold.document.sha256 and gold.document.sha256 != find_hash(doc):
        raise GoldError(f"{doc.id}: the report is another edition than the one that was annotated. Take the one with the named SHA-256.")
    find = Finder(doc)
    return Reading(
        doc,
        people=tuple(Person(find.span(p.name), p.english, p.code, p.sector or "", p.role) for p in gold.people),
        events=tuple(_event(e, find) for e in gold.events),
        statements=tuple(Statement(Actor.parse(s.speaker), s.quoted, tuple(s.about), s.stance, find.span(s.text)) for s in gold.statements),
        figures=tuple(Figure(f.measure, Actor.parse(f.subject), f.partner, f.value, f.unit, f.bound, f.period, _actor(f.attribution),
                             find.span(f.evidence)) for f in gold.figures),
        ties=tuple(Tie(t.relation, Actor.parse(t.subject), Actor.parse(t.object), t.modality, find.span(t.evidence), _days(t.start, t.end))
                   for t in gold.ties),
    )


class Finder:
    """Places of words in one report."""

    def __init__(self, doc: Document) -> None:
        self.id, self.content = doc.id, doc.content

    def span(self, words: Words, within: Span | None = None) -> Span:
        """Where the words stand first, inside `within` if they are there. Raises GoldError."""
        if isinstance(words, Proof):
            if not 0 <= words.start < words.end <= len(self.content):
                raise GoldError(f"{self.id}: {words.start}–{words.end} is no stretch of the report. Mend the offsets.")
            return Span(words.start, words.end)
        start = self.content.find(words, within.start, within.end) if within else -1
        start = start if start >= 0 else self.content.find(words)
        if start < 0 or not words:
            raise GoldError(f"{self.id}: {words!r} is not in the report. Copy the words letter for letter.")
        return Span(start, start + len(words))


def _event(row: GoldEvent, find: Finder) -> Event:
    evidence = find.span(row.evidence)
    actors, recipients = tuple(map(Actor.parse, row.actors)), tuple(map(Actor.parse, row.recipients))
    return Event(row.id, row.type, row.mode or None, row.modality, actors, recipients, find.span(row.trigger, evidence), evidence,
                 _days(row.start, row.end), row.place, row.country or None, _actor(row.attribution), row.same_as)


def _actor(text: str | None) -> Actor | None:
    return Actor.parse(text) if text else None


def _days(start: date | None, end: date | None) -> DateRange | None:
    """Gold gives no precision; a stretch open at one end is no date."""
    return DateRange(start, end, Precision.RANGE) if start and end else None
