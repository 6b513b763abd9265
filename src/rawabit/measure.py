"""How far a reading agrees with a gold one: the measures of the codebook.

Order of work: interstate deeds of the document, mentions of deeds, what was said, figures, ties, people, then the attributes of the deeds
that were found. Two records match at most once, the best pairs first. Says nothing of what is good enough: `gate` does.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

import msgspec

from rawabit.lexicon.load import load_lexicon
from rawabit.model import Actor, DateRange, Document, Event, Figure, Person, Reading, Span, Statement, Tie
from rawabit.model.reading import SYMMETRIC

DEEDS, LENIENT, MENTION, PARTIES = "who did what", "who did what, lenient", "event mention", "event mention + parties"
DOMESTIC, STATEMENT, FIGURE, TIE, PERSON = "domestic event mention", "statement", "figure", "tie", "person"
RECORDS = (DEEDS, LENIENT, MENTION, PARTIES, DOMESTIC, STATEMENT, FIGURE, TIE, PERSON)
ATTRIBUTES = ("modality", "mode", "date", "country", "attribution", "sectors")
SAID_OVERLAP = 0.5
"""Intersection over union from which two stretches are the same statement."""
Record = TypeVar("Record")
Alike = Callable[[Record, Record], float]
Key = tuple[str, frozenset[str], frozenset[str]]


class Count(msgspec.Struct):
    """What was found of what is there; of attributes, `gold` and `got` are both the number looked at."""

    hits: int = 0
    gold: int = 0
    got: int = 0

    def add(self, hits: int, gold: int, got: int) -> None:
        """Counts more."""
        self.hits, self.gold, self.got = self.hits + hits, self.gold + gold, self.got + got

    @property
    def precision(self) -> float:
        return self.hits / self.got if self.got else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; of attributes, the share that is right."""
        return 2 * self.hits / (self.gold + self.got) if self.hits else 0.0


class Score:
    """Counts of every measure over any number of reports."""

    def __init__(self) -> None:
        self.reports = 0
        self.counts: dict[str, Count] = {name: Count() for name in (*RECORDS, *ATTRIBUTES)}

    def add(self, gold: Reading, got: Reading) -> None:
        """Holds one reading against the gold one of the same report."""
        self.reports += 1
        self._add_events(gold, got)
        self._count(STATEMENT, gold.statements, got.statements, _same_statement)
        self._count(FIGURE, gold.figures, got.figures, _same_figure)
        self._count(TIE, gold.ties, got.ties, _same_tie)
        self._count(PERSON, gold.people, got.people, lambda a, b: _same_person(gold, got, a, b))

    def _count(self, name: str, gold: Sequence[Record], got: Sequence[Record], alike: Alike[Record]) -> list[tuple[Record, Record]]:
        pairs = match(gold, got, alike)
        self.counts[name].add(len(pairs), len(gold), len(got))
        return pairs

    def _add_events(self, gold: Reading, got: Reading) -> None:
        near = Nearness(gold.document)
        true, said = [e for e in gold.events if _interstate(e)], [e for e in got.events if _interstate(e)]
        true_deeds, said_deeds = {_key(e): e for e in true}, {_key(e): e for e in said}
        self.counts[DEEDS].add(len(true_deeds.keys() & said_deeds.keys()), len(true_deeds), len(said_deeds))
        self._count(LENIENT, list(true_deeds.values()), list(said_deeds.values()), lambda a, b: (
            a.type == b.type and _same_parties(a, b, False) and 1.0 + _same_parties(a, b, True)))
        self._count(MENTION, true, said, lambda a, b: near.same_type(a, b) and near.same_type(a, b) + _share(_parties(a), _parties(b)))
        for a, b in self._count(PARTIES, true, said, lambda a, b: _same_parties(a, b, False) and near.same_type(a, b)):
            self._add_attributes(a, b)
        self._count(DOMESTIC, [e for e in gold.events if not _interstate(e)], [e for e in got.events if not _interstate(e)], near.same_type)

    def _add_attributes(self, gold: Event, got: Event) -> None:
        same = {
            "modality": gold.modality == got.modality,
            "mode": gold.mode == got.mode if gold.mode else None,
            "date": _same_days(gold.date, got.date) if gold.date else None,
            "country": gold.country == got.country if gold.country else None,
            "attribution": _code(gold.attribution) == _code(got.attribution),
            "sectors": {(a.code, a.sector) for a in gold.actors} == {(a.code, a.sector) for a in got.actors},
        }
        for name, right in same.items():
            if right is not None:
                self.counts[name].add(int(right), 1, 1)


def match(gold: Sequence[Record], got: Sequence[Record], alike: Alike[Record]) -> list[tuple[Record, Record]]:
    """Pairs of records that are alike (above 0), each used once, the most alike first, later ones first where equal."""
    ranked = sorted(((alike(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(got)), reverse=True)
    used_gold: set[int] = set()
    used_got: set[int] = set()
    pairs = []
    for likeness, i, j in ranked:
        if likeness and i not in used_gold and j not in used_got:
            pairs.append((gold[i], got[j]))
            used_gold.add(i)
            used_got.add(j)
    return pairs


class Nearness:
    """Whether two events of a report are told in the same sentence, and how much their evidence overlaps."""

    def __init__(self, doc: Document) -> None:
        ends = re.escape(load_lexicon(doc.language or "").orthography.sentence_end)
        cuts = [0, *(found.end() for found in re.finditer(rf"(?<=[{ends}])\s+|\n+", doc.content)), len(doc.content) + 1]
        self.sentences = [Span(start, end) for start, end in pairwise(cuts) if end > start]

    def same_type(self, gold: Event, got: Event) -> float:
        """Above 0 if the two are of one type and share a sentence."""
        shared = gold.type == got.type and any(s.overlaps(gold.evidence) and s.overlaps(got.evidence) for s in self.sentences)
        return overlap(gold.evidence, got.evidence) + 0.01 if shared else 0.0


def overlap(one: Span, other: Span) -> float:
    """Intersection over union of two stretches."""
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (max(one.end, other.end) - min(one.start, other.start) or 1)


def find_codes(actors: Iterable[Actor]) -> frozenset[str]:
    """The codes of actors."""
    return frozenset(actor.code for actor in actors)


def name_deed(kind: str, actors: frozenset[str], recipients: frozenset[str]) -> Key:
    """What makes two deeds of a report one: type and parties, of types that are done together without their roles."""
    return (kind, actors | recipients, frozenset()) if kind in SYMMETRIC else (kind, actors, recipients)


def is_interstate(codes: frozenset[str]) -> bool:
    """Whether the parties of a deed have two known codes at least."""
    return len(codes - {"UNK"}) >= 2


def _parties(event: Event) -> frozenset[str]:
    return find_codes(event.actors) | find_codes(event.recipients)


def _interstate(event: Event) -> bool:
    return is_interstate(_parties(event))


def _key(event: Event) -> Key:
    return name_deed(event.type, find_codes(event.actors), find_codes(event.recipients))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard index of two sets of codes, the unknown left out."""
    one, other = one - {"UNK"}, other - {"UNK"}
    return len(one & other) / len(one | other) if one | other else 1.0


def _same_parties(gold: Event, got: Event, exact: bool) -> bool:
    (_, actors, recipients), (_, got_actors, got_recipients) = _key(gold), _key(got)
    if exact:
        return actors - {"UNK"} == got_actors - {"UNK"} and recipients - {"UNK"} == got_recipients - {"UNK"}
    return _share(actors, got_actors) >= 0.5 and (_share(recipients, got_recipients) >= 0.5 or not recipients - {"UNK"})


def _same_statement(gold: Statement, got: Statement) -> float:
    likeness = overlap(gold.text, got.text)
    return likeness if gold.speaker.code == got.speaker.code and likeness >= SAID_OVERLAP else 0.0


def _same_figure(gold: Figure, got: Figure) -> float:
    """The same value, unit and subject; rather with the same measure."""
    close = abs(gold.value - got.value) <= 1e-6 * max(1.0, abs(gold.value))
    return 1.0 + (gold.measure == got.measure) if close and (gold.unit, gold.subject.code) == (got.unit, got.subject.code) else 0.0


def _same_tie(gold: Tie, got: Tie) -> float:
    return float((gold.relation, gold.subject.code, gold.object.code) == (got.relation, got.subject.code, got.object.code))


def _same_person(gold: Reading, got: Reading, one: Person, other: Person) -> float:
    """The same country and a word of the name in common."""
    return float(one.code == other.code and not set(gold.surface(one.name).split()).isdisjoint(got.surface(other.name).split()))


def _same_days(gold: DateRange | None, got: DateRange | None) -> bool:
    """First and last days at most one day apart."""
    return gold is not None and got is not None and _near(gold.start, got.start) and _near(gold.end, got.end)


def _near(one: date, other: date) -> bool:
    return abs((one - other).days) <= 1


def _code(actor: Actor | None) -> str | None:
    return actor.code if actor else None
