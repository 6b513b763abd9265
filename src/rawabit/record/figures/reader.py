"""Figures: numbers with what they measure, of whom, towards whom, for which period.

Order of work: compose the numbers, read the unit or the noun each counts, find the measure by the words near it, then subject, partner,
bound and period. Refuses numbers that count nothing the codebook measures.
"""
from __future__ import annotations

from collections import Counter
from functools import cache

import msgspec

from rawabit.lexicon.load import Lexicon
from rawabit.mention.item import Item
from rawabit.mention.resolve import Discourse
from rawabit.model import Actor, Figure, Span
from rawabit.model.reading import UNKNOWN
from rawabit.record.figures.counted import Count, Place
from rawabit.record.figures.describe import bound_of, partner_of, period_of, unit_of
from rawabit.record.figures.implicit import find_implicit
from rawabit.record.figures.quantity import SCALE, Composer, Quantity, find_parts
from rawabit.record.figures.rows import Rows
from rawabit.record.figures.subject import PROVISIONAL, Subjects
from rawabit.record.statements import Report
from rawabit.text.segment import Sentence

TOPICAL = frozenset({"state", "capital", "place", "nat", "thing", "group", "org", "office"})
"""Forms of mention that tell what a report is about."""


PAIRED = frozenset({"diplomats_expelled"})
"""Measures of which a report lists many of the same number, one for each partner."""

COUNT = "count"
"""The unit of persons and bodies counted together."""


@cache
def rows_of(lexicon: Lexicon) -> Rows:
    """The figure rows of a lexicon, made once."""
    return Rows(lexicon)


class FigureReader:
    """Finds the figures of one report by one language's rows: `add` each sentence, then `figures`."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.rows = lexicon, rows_of(lexicon)
        self._found: list[tuple[Figure, bool]] = []
        self._stateless = False
        self._last: dict[str, Actor] = {}

    def add(self, sentence: Sentence, items: list[Item], discourse: Discourse, reports: list[Report], source: Actor | None) -> None:
        """Reads the figures of one sentence."""
        words, rows = sentence.words, self.rows
        parts = find_parts(sentence, self.lexicon.orthography.list_comma, self.rows.roles["point"])
        if not parts and not any(map(rows.speaks.__getitem__, words)):
            return
        place = Place(rows, sentence, items, parts)
        quantities = Composer(words, parts, place.taken, rows.roles["join"]).find() if parts else []
        counts = self._counts(place, quantities)
        self._found.extend((f, sentence.title) for f in self._figures(place, counts, discourse, reports, source))

    def figures(self, discourse: Discourse) -> list[Figure]:
        """All figures of the report, each once: one value and unit of one side. A headline's number that the text repeats is the text's."""
        told = {(f.value, f.unit) for f, title in self._found if not title}
        topic = _topic(discourse)
        out: dict[tuple[float, str, str, str | None], Figure] = {}
        for figure, title in self._found:
            if title and (figure.value, figure.unit) in told:
                continue
            figure = self._settled(figure, topic)
            partner = figure.partner if figure.measure in PAIRED else None
            out.setdefault((figure.value, figure.unit, figure.subject.code, partner), figure)
        return list(out.values())

    def _settled(self, figure: Figure, topic: Actor) -> Figure:
        """The figure with a subject that only the whole report tells."""
        if figure.subject == PROVISIONAL:
            partner = None if figure.partner == topic.code else figure.partner
            return msgspec.structs.replace(figure, subject=topic, partner=partner)
        return figure

    def _counts(self, place: Place, quantities: list[Quantity]) -> list[Count]:
        """What each number counts, numbers said by a noun's form among them, in order."""
        out: list[Count] = []
        taken: set[int] = set()
        n = 0
        while n < len(quantities):
            ends = self._range(place, quantities[n : n + 2])
            for q in ends or [quantities[n]]:
                count = self._ranged(place, q, ends, out) if ends else place.count(q, out[-1] if out else None)
                if count is not None and place.measure(count) is not None:
                    out.append(count)
                    taken.update(range(q.start - (not q.conj), count.end))
            n += len(ends) or 1
        out.extend(count for count in find_implicit(place, taken, out) if place.measure(count) is not None)
        return sorted(out, key=lambda c: c.quantity.start)

    def _range(self, place: Place, pair: list[Quantity]) -> list[Quantity]:
        """«between A and B», «A to B»: two quantities, the least and the most; empty if the next two numbers are none."""
        if len(pair) < 2 or pair[1].value <= pair[0].value:
            return []
        first, second = pair
        unit, end = place.rows.unit_at(place.words, first.end)
        if unit:
            same = unit == place.rows.unit_at(place.words, second.end)[0] and place.role(first.start - 1, "between")
            if not same or second.start - end > 1 or not (second.conj or place.role(end, "to")):
                return []
            first.bound, second.bound = ">", "<"
            return pair
        if not place.role(second.start - 1, "to") or second.start - first.end > 1:
            return []
        if place.role(second.start - 1, "join") and not place.role(first.start - 1, "between", "partitive"):
            return []
        last = place.parts.get(second.end - 1)
        if last is not None and last.kind in ("scale", "many") and place.parts[first.start].digits and first.value < SCALE:
            first.value *= last.value
        first.bound, second.bound = ">", "<"
        return pair

    def _ranged(self, place: Place, one: Quantity, ends: list[Quantity], out: list[Count]) -> Count | None:
        """What an end of a range counts: what stands after its second number."""
        count = place.count(Quantity(ends[1].value, ends[0].start, ends[1].end), out[-1] if out else None)
        if count is not None:
            count.quantity = one
        return count

    def _figures(self, place: Place, counts: list[Count], discourse: Discourse, reports: list[Report],
                 source: Actor | None) -> list[Figure]:
        subjects = Subjects(self.lexicon, place, discourse)
        previous: tuple[Count, Actor] | None = None
        out = []
        for count in counts:
            subject = self._remembered(subjects, count, subjects.find(count, previous))
            previous = count, subject
            out.append(self._figure(place, count, subject, reports, source, discourse))
        return out

    def _remembered(self, subjects: Subjects, count: Count, subject: Actor) -> Actor:
        """The subject, or for diplomats without a nationality that of those told of before."""
        row = count.row
        assert row is not None
        if row.side in ("victim", "stateless"):
            self._stateless = self._stateless or subject == UNKNOWN
            if subject == PROVISIONAL and self._stateless:
                return UNKNOWN
        if row.measure != "diplomats_expelled":
            return subject
        if subjects.own or row.measure not in self._last:
            self._last[row.measure] = subject
        return self._last[row.measure]

    def _figure(self, place: Place, count: Count, subject: Actor, reports: list[Report], source: Actor | None,
                discourse: Discourse) -> Figure:
        row, q, sentence = count.row, count.quantity, place.sentence
        assert row is not None
        at = max(0, place.item_of[q.start])
        unit = unit_of(place, count, subject, discourse) if count.unit else COUNT if place.role(count.end, "bodies") else row.unit
        speaker = next((r.speakers[0] for r in reversed(reports) if r.start <= at < r.end and r.speakers), source)
        first = count.cue if 0 <= count.cue < q.start and q.start - count.cue <= 6 else min(q.start, count.first)
        last = max(q.end, count.end, q.start + 1) - 1
        value = int(q.value) if q.value == int(q.value) else q.value
        return Figure(row.measure, subject, partner_of(place.items, at, subject), value, unit, bound_of(place, count),
                      period_of(place.items, at), speaker, Span(sentence.starts[first], sentence.ends[last]))


def _topic(discourse: Discourse) -> Actor:
    """The state that the report names most often."""
    seen = Counter(actor.code for actor, mention in discourse.named if len(actor.code) == 3 and mention.form in TOPICAL)
    return Actor(seen.most_common(1)[0][0]) if seen else UNKNOWN
