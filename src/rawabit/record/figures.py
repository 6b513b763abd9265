"""Figures: numbers with what they measure, of whom, towards whom, for which period.

Order of work: compose the number, read its unit or the noun it counts, find the measure by the words near it, then subject, partner,
bound and period. Refuses numbers that count nothing the codebook measures.
"""
from __future__ import annotations

import msgspec

from rawabit.lexicon.load import Lexicon
from rawabit.mention.item import ACTOR, DATE, NUMBER, TRIGGER, Item
from rawabit.mention.resolve import Discourse
from rawabit.model import Actor, Figure, Span
from rawabit.model.reading import UNKNOWN, Bound
from rawabit.record.statements import Report
from rawabit.text.segment import Sentence

NEAR_BEFORE, NEAR_AFTER = 12, 10
"""Words before and after a number that may say what it measures."""
MONEY_UNITS = 3
"""Letters of an ISO 4217 code."""


class MeasureRow(msgspec.Struct, frozen=True):
    """One row of measures.yml, compiled."""

    measure: str
    unit: str
    nouns: frozenset[str]
    any_of: str
    near: frozenset[str]


class Quantity:
    """A number in place: its value and the items it covers."""

    __slots__ = ("end", "start", "value")

    def __init__(self, value: float, start: int, end: int) -> None:
        self.value, self.start, self.end = value, start, end


class FigureReader:
    """Finds figures by one language's rows."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rows = [_row(r.measure, r.unit, r.data) for r in lexicon.table("measure")]
        self.bounds = [(b.kind, [w.split() for w in b.data["words"]]) for b in lexicon.table("bound")]

    def find(self, sentence: Sentence, items: list[Item], discourse: Discourse, reports: list[Report], source: Actor | None) -> list[Figure]:
        """The figures of one sentence."""
        out = []
        for quantity in [*_quantities(items), *_implicit(items)]:
            figure = self._figure(sentence, items, quantity, discourse, reports, source)
            if figure is not None:
                out.append(figure)
        return out

    def _figure(self, sentence: Sentence, items: list[Item], q: Quantity, discourse: Discourse, reports: list[Report],
                source: Actor | None) -> Figure | None:
        unit, after = _unit(items, q.end)
        counted = items[q.end] if not unit and q.end < len(items) else None
        row = self._row(sentence, items, q, unit, counted)
        if row is None:
            return None
        name = unit if row.unit == "money" else row.unit
        subject = _subject(items, q, counted, discourse, row)
        first = sentence.starts[items[_evidence_start(items, q)].i]
        last_item = items[min(len(items), max(after, q.end + (counted is not None))) - 1]
        speaker = next((r.speakers[0] for r in reversed(reports) if r.start <= q.start < r.end), source)
        return Figure(row.measure, subject, _partner(items, q, subject), _plain(q.value), name, self._bound(sentence, items, q),
                      _period(items, q), speaker, Span(first, sentence.ends[last_item.j - 1]))

    def _row(self, sentence: Sentence, items: list[Item], q: Quantity, unit: str, counted: Item | None) -> MeasureRow | None:
        near = _near(sentence, items, q)
        stems = counted.word.stems if counted is not None else frozenset()
        people = counted is not None and _is_people(counted)
        national = counted is not None and counted.mention is not None and counted.mention.form == "nat"
        for row in self.rows:
            if unit:
                if row.unit != ("percent" if unit == "percent" else "money") or row.nouns or row.any_of:
                    continue
            elif row.any_of:
                if not (people if row.any_of == "$people" else national):
                    continue
            elif not row.nouns or row.nouns.isdisjoint(stems):
                continue
            if row.near and row.near.isdisjoint(near):
                continue
            return row
        return None

    def _bound(self, sentence: Sentence, items: list[Item], q: Quantity) -> Bound:
        """How exact the number is said to be, by the words right before or after it."""
        first, last = items[q.start].i, items[q.end - 1].j
        words = sentence.words
        for bound, phrases in self.bounds:
            for phrase in phrases:
                size = len(phrase)
                for start in (first - size, first - size - 1, last, last + 1):
                    if 0 <= start and [w.norm for w in words[start : start + size]] == phrase:
                        return bound  # type: ignore[return-value]
                    if 0 <= start < len(words) and size == 1 and phrase[0] in words[start].stems and start < first:
                        return bound  # type: ignore[return-value]
        return "="


def _row(measure: str, unit: str, data: dict[str, object]) -> MeasureRow:
    nouns, near = data["nouns"], data["near"]
    assert isinstance(near, list)
    if isinstance(nouns, str):
        return MeasureRow(measure, unit, frozenset(), nouns, frozenset(near))
    assert isinstance(nouns, list)
    return MeasureRow(measure, unit, frozenset(nouns), "", frozenset(near))


def _quantities(items: list[Item]) -> list[Quantity]:
    """Runs of number items, composed: «one million and two hundred thousand»."""
    out, k = [], 0
    while k < len(items):
        if items[k].kind != NUMBER:
            k += 1
            continue
        start, total, current, last_scale = k, 0.0, 0.0, False
        while k < len(items) and items[k].kind == NUMBER and (k == start or items[k].conj or last_scale is False):
            item = items[k]
            value = item.payload.value if item.payload is not None else item.word.number or 0.0
            if item.payload is not None and item.payload.kind == "scale":
                total += (current or 1.0) * value
                current = 0.0
            elif k > start and item.payload is None and items[k - 1].payload is None:
                break
            else:
                current += value
            k += 1
        out.append(Quantity(total + current, start, k))
    return out


def _implicit(items: list[Item]) -> list[Quantity]:
    """A noun that counts without a number: a dual counts two, a singular right after a word of death, injury or arrest counts one."""
    out = []
    for k, item in enumerate(items):
        mention = item.mention
        if item.kind != ACTOR or mention is None or mention.form not in ("group", "nat", "office") or item.det or item.encl or k == 0:
            continue
        before = items[k - 1]
        if before.kind != TRIGGER or before.lemma is None or not any(f.gen == "obj" and f.type in ("ASSAULT", "COERCE") for f in before.lemma.frames):
            continue
        if mention.dual or not mention.plural:
            out.append(Quantity(2.0 if mention.dual else 1.0, k, k))
    return out


def _unit(items: list[Item], k: int) -> tuple[str, int]:
    """The unit that stands at item k, or before the number, and the item after it."""
    for m in (k, k + 1):
        if m < len(items) and items[m].payload is not None and items[m].payload.unit:  # type: ignore[union-attr]
            payload = items[m].payload
            assert payload is not None
            return payload.unit, m + 1
    return "", k


def _is_people(item: Item) -> bool:
    mention = item.mention
    return mention is not None and mention.form in ("group", "nat", "office", "person") and item.kind == ACTOR


def _near(sentence: Sentence, items: list[Item], q: Quantity) -> frozenset[str]:
    first, last = items[q.start].i, items[max(q.start, q.end - 1)].j
    out: set[str] = set()
    for word in sentence.words[max(0, first - NEAR_BEFORE) : min(len(sentence.words), last + NEAR_AFTER)]:
        out |= word.stems
    return frozenset(out)


def _subject(items: list[Item], q: Quantity, counted: Item | None, discourse: Discourse, row: MeasureRow) -> Actor:
    """Whose people, money or share it is: the counted noun's country, else the nearest party in the clause, else the state spoken of."""
    if counted is not None:
        for other in items[q.end : q.end + 3]:
            if other.mention is not None and other.mention.actors and other.mention.form not in ("place",):
                return other.mention.actors[0]
    order = [*range(q.end, min(len(items), q.end + 6)), *range(q.start - 1, max(-1, q.start - 10), -1)]
    for m in order:
        mention = items[m].mention
        if mention is not None and mention.actors and not mention.actors[0].code.startswith("NGO-"):
            return Actor(mention.actors[0].code, mention.actors[0].sector)
    code = discourse.country()
    return Actor(code) if code else UNKNOWN


def _partner(items: list[Item], q: Quantity, subject: Actor) -> str | None:
    for m in [*range(q.end, min(len(items), q.end + 8)), *range(q.start - 1, max(-1, q.start - 12), -1)]:
        mention = items[m].mention
        if mention is not None and mention.form != "place":
            for actor in mention.actors:
                if actor.code not in (subject.code, "UNK"):
                    return actor.code
    return None


def _period(items: list[Item], q: Quantity) -> str | None:
    """The year, or the date, that stands near the number."""
    best, distance = None, 14
    for m in range(max(0, q.start - 10), min(len(items), q.end + 10)):
        if items[m].kind == DATE and items[m].date is not None and abs(m - q.start) < distance:
            best, distance = items[m].date, abs(m - q.start)
    if best is None:
        return None
    if best.start.month == 1 and best.start.day == 1 and best.end.month == 12 and best.start.year == best.end.year:
        return str(best.start.year)
    return best.start.isoformat() if best.start == best.end else f"{best.start.isoformat()}/{best.end.isoformat()}"


def _evidence_start(items: list[Item], q: Quantity) -> int:
    k = q.start
    while k > 0 and q.start - k < 3 and items[k - 1].kind in (TRIGGER, "W", "F"):
        k -= 1
    return k


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value
