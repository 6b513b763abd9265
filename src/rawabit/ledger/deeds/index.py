"""Tellings that are known, and which deed each belongs to; a new telling is joined to the deed that it tells again.

A telling is held against those of its time that share a telling word or its type and parties with it: the `CANDIDATES` that share most
are weighed. It joins the deed whose tellings are likeliest to be of the same deed, as long as most of that deed's tellings agree;
where two deeds are both likely and agree with each other, they are one from now on, and the merge is recorded. Tellings that name
different days are of different deeds. The result depends on the tellings known of that time and on nothing else: not on their order in
memory, nor on what else was read in the run.
"""
from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice

import msgspec

from rawabit.ledger.deeds.judge import Judge
from rawabit.ledger.deeds.telling import Telling
from rawabit.ledger.ids import make_id

SLOT = 32
"""Days in a slot of the index; tellings more than two slots apart are never compared, unless a year is all that dates them."""
LONG = 62
"""Days from which on a stretch is known by its year alone."""
RARE = 8
"""Words of a telling that it is looked up by."""
CROWDED = 500
"""Tellings beyond which a word, in one slot, is no help in looking up."""
CANDIDATES = 14
SLIP = 2
"""Days by which the days that two tellings give to one deed may differ: time zones, the eve, the morning after."""
PINS, SPREAD = 2, 14
"""Tellings that must give a deed its day before others, without a day, may join it from more than so many days away: else the shootings of
a year become one (looked at on the 50 largest deeds of 2018)."""
ASKED = 5
"""Tellings of a deed that a new one is held against."""


class Link(msgspec.Struct, frozen=True):
    """A telling joined to a deed. `beside` is the telling that it was joined by; None for the first of a deed."""

    deed_id: str
    event_id: str
    beside: str | None
    score: float
    reasons: tuple[str, ...]


class Merge(msgspec.Struct, frozen=True):
    """A deed that turned out to be another: from now on it is that one."""

    deed_id: str
    merged_from: str
    score: float
    reasons: tuple[str, ...]


class DeedIndex:
    """Known tellings by time and words."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._by_word: dict[tuple[int, tuple[str, str]], list[Telling]] = defaultdict(list)
        self._deed: dict[str, str] = {}
        self._deeds: dict[str, KnownDeed] = defaultdict(KnownDeed)

    def knows(self, event_id: str) -> bool:
        """Whether a telling is known."""
        return event_id in self._deed

    def add(self, telling: Telling, deed_id: str) -> None:
        """Makes a telling known as one of a deed."""
        if telling.event_id in self._deed:
            return
        self._deed[telling.event_id] = deed_id
        self._deeds[deed_id].add(telling)
        keys = find_keys(telling)
        for slot in find_slots(telling, 0):
            for key in keys:
                self._by_word[slot, key].append(telling)

    def merge(self, merged_from: str, deed_id: str) -> None:
        """Makes all tellings of one deed those of another."""
        gone = self._deeds.pop(merged_from, None)
        for telling in gone.tellings if gone else ():
            self._deed[telling.event_id] = deed_id
            self._deeds[deed_id].add(telling)

    def join(self, telling: Telling) -> tuple[Link, list[Merge]]:
        """Joins a new telling to its deed, and makes it known."""
        weighed = {other.event_id: (*self._judge.weigh(telling, other), other) for other in self._find_candidates(telling)}
        near = sorted((w for w in weighed.values() if w[0] >= self._judge.threshold), key=lambda w: (-w[0], w[2].event_id))
        deeds: dict[str, tuple[float, list[str], Telling]] = {}
        for found in near:
            deeds.setdefault(self._deed[found[2].event_id], found)
        scores = {event: found[0] for event, found in weighed.items()}
        alone = KnownDeed()
        alone.add(telling)
        agreed = [(name, *found) for name, found in deeds.items()
                  if (deed := self._deeds[name]).meets(alone) and self._agrees(telling, deed, scores)]
        if not agreed:
            link = Link(make_id("deed", telling.event_id), telling.event_id, None, 1.0, ())
            self.add(telling, link.deed_id)
            return link, []
        deed_id, score, reasons, other = agreed[0]
        merges = self._find_merges(deed_id, [deed for deed, *_ in agreed[1:]])
        self.add(telling, deed_id)
        return Link(deed_id, telling.event_id, other.event_id, round(score, 4), tuple(reasons)), merges

    def _find_candidates(self, telling: Telling) -> list[Telling]:
        """Tellings of the same time and kind that share most with this one, and a code or most of their words."""
        shared: dict[str, float] = defaultdict(float)
        known: dict[str, Telling] = {}
        keys = find_keys(telling)
        for slot in find_slots(telling, 1):
            for key, weight in keys.items():
                found = self._by_word.get((slot, key), ())
                if len(found) <= CROWDED:
                    for other in found:
                        shared[other.event_id] += weight
                        known[other.event_id] = other
        best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[: 2 * CANDIDATES]
        enough = sum(keys.values()) / 2
        fit = [known[event] for event, weight in best if weight >= enough or not telling.codes.isdisjoint(known[event].codes)]
        return fit[:CANDIDATES]

    def _agrees(self, telling: Telling, deed: KnownDeed, known: Mapping[str, float]) -> bool:
        """Whether the tellings of a deed, taken together, are likely to be of the same deed as this one. `known`: weighed before."""
        if deed.is_done_before(telling):
            return False
        asked = deed.sample()
        scores = [known[t.event_id] if t.event_id in known else self._judge.weigh(telling, t)[0] for t in asked]
        return sum(scores) >= self._judge.threshold * len(asked)

    def _find_merges(self, deed_id: str, others: Iterable[str]) -> list[Merge]:
        """Merges the other deeds that a telling fits into the one that it fits best, where they lie on one day and most tellings agree."""
        merges = []
        for other in others:
            deed, gone = self._deeds[deed_id], self._deeds[other]
            asked = gone.sample()
            if deed.meets(gone) and sum(self._agrees(telling, deed, {}) for telling in asked) * 2 > len(asked):
                score, reasons = self._judge.weigh(asked[0], deed.sample()[0])
                self.merge(other, deed_id)
                merges.append(Merge(deed_id, other, round(score, 4), tuple(reasons)))
        return merges


class KnownDeed:
    """The tellings of one deed in order of their days, and the day that most of those put it on whose words give a day."""

    __slots__ = ("_days", "_first", "_last", "tellings")

    def __init__(self) -> None:
        self.tellings: list[Telling] = []
        self._days: Counter[date] = Counter()
        self._first, self._last = date.max, date.min

    def add(self, telling: Telling) -> None:
        """One more telling."""
        insort(self.tellings, telling, key=lambda t: (t.day or date.min, t.event_id))
        if (pinned := find_pinned_day(telling)) is not None:
            self._days[pinned] += 1
        day = telling.day or date.min
        self._first, self._last = min(self._first, day), max(self._last, day)

    def day(self) -> date | None:
        """The day of the deed; None where no telling gives one."""
        return min(self._days, key=lambda day: (-self._days[day], day)) if self._days else None

    def is_done_before(self, plan: Telling) -> bool:
        """Whether the deed was done before a plan was told: what is still to come by words that name a later day is another deed."""
        day = self.day()
        if plan.modality != "future" or not plan.dated or plan.start is None or plan.published is None or day is None:
            return False
        return (min(plan.start, plan.published) - day).days > SLIP

    def meets(self, other: KnownDeed) -> bool:
        """Whether two deeds may be one by their days: near each other where both are pinned to a day, else told in one short time, unless
        several tellings pin one of them, as they do a deed that is remembered for long."""
        own, its = self.day(), other.day()
        if own is not None and its is not None:
            return abs((its - own).days) <= SLIP
        pins = max(self._days.total(), other._days.total())
        return pins >= PINS or (max(self._last, other._last) - min(self._first, other._first)).days <= SPREAD

    def sample(self) -> list[Telling]:
        """Tellings from the first day to the last, so that no chain of neighbours makes one deed of many."""
        last = len(self.tellings) - 1
        return self.tellings[:] if last < ASKED else [self.tellings[n * last // (ASKED - 1)] for n in range(ASKED)]


def find_pinned_day(telling: Telling) -> date | None:
    """The day that the words of a telling give to a deed that happened; None where they give none, or a stretch, or a plan."""
    return telling.start if telling.dated and telling.start == telling.end and telling.modality in ("actual", "negated") else None


def find_keys(telling: Telling) -> dict[tuple[str, str], float]:
    """What a telling is looked up by, with the weight of each: its most telling words, and its type with its parties."""
    keys = {(telling.kind, word): telling.words[word] for word in islice(telling.words, RARE)}
    if telling.codes:
        keys[telling.type, " ".join(sorted(telling.codes))] = 6.0
    return keys


def find_slots(telling: Telling, around: int) -> list[int]:
    """The slots of time that a telling lies in, and `around` more on each side; a long stretch has one slot, its year's."""
    if telling.stretch is None:
        return [0]
    first, last = telling.stretch
    if (last - first).days >= LONG:
        return [-first.year]
    return [*range(_slot(first) - around, _slot(last) + around + 1)]


def _slot(day: date) -> int:
    return day.toordinal() // SLOT
