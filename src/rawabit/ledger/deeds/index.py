"""Tellings that are known, and which deed each belongs to; a new telling is joined to the deed that it tells again.

A telling is held against those of its time that share a telling word or its type and parties with it: the `CANDIDATES` that share most
are weighed. It joins the deed whose tellings are likeliest to be of the same deed, where two of them agree: the likest of those it was
weighed against, and of some from its first day to its last. Where a deed is begun twice, the telling that fits both brings them
together: where their tellings agree, they are one from now on, and the merge is recorded. Days speak against: deeds that tellings put on
other days are two, unless one telling alone, which may be misread, stands against several that agree with it well; where no words give a
day and they are told far apart, more agreement is asked. The result depends on the tellings known of that time and on nothing else: not on
their order in memory, nor on what else was read in the run.
"""
from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import chain, islice
from math import fsum

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
FIRM, SPREAD = 2, 14
"""Tellings that must give a deed its day (within a day of each other) before it is held to lie there and nowhere else; and days from which
on those that give no day are told far from it: without that, the shootings of a year become one."""
CONTRARY, APART = 0.85, 0.62
"""Agreement asked where one telling alone puts two deeds on other days, which it may have been misread to do, and several agree on the
day of the other; and where they are told more than `SPREAD` days apart. Looked at on the 50 largest deeds of 2018."""
LOOSE = 4
"""Tellings beyond which a day that one of them gives is held to be misread."""
ASKED, LIKEST = 5, 2
"""Tellings of a deed that a new one is held against, beside its candidates; and those of them whose mean counts: one alone makes chains of
neighbours, all of them lose a deed of many sides. F1 of judged pairs in a ledger, weights learned from other pairs, threshold 0.45: the
mean of 2 of them 0.79, of 3 0.78, of 3 and of all, halved, 0.76."""


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


Weighed = tuple[float, Telling]
"""A telling that a new one was held against, with the probability that both tell one deed."""


class DeedIndex:
    """Known tellings by time and words."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._tellings: list[Telling] = []
        self._ids: list[str] = []
        self._by_key: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
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
        number = len(self._tellings)
        self._tellings.append(telling)
        self._ids.append(telling.event_id)
        slots = find_slots(telling, 0)
        for key in find_keys(telling):
            by_slot = self._by_key[key]
            for slot in slots:
                by_slot[slot].append(number)

    def merge(self, merged_from: str, deed_id: str) -> None:
        """Makes all tellings of one deed those of another."""
        gone = self._deeds.pop(merged_from, None)
        for telling in gone.tellings if gone else ():
            self._deed[telling.event_id] = deed_id
            self._deeds[deed_id].add(telling)

    def join(self, telling: Telling) -> tuple[Link, list[Merge]]:
        """Joins a new telling to its deed, and makes it known."""
        weighed = sorted(((self._judge.weigh(telling, other), other) for other in self._find_candidates(telling)),
                         key=lambda found: (-found[0], found[1].event_id))
        beside: dict[str, list[Weighed]] = defaultdict(list)
        for found in weighed:
            beside[self._deed[found[1].event_id]].append(found)
        near = {name: found for name, found in beside.items() if found[0][0] >= self._judge.threshold}
        deed_id = next((name for name, found in near.items() if self._fits(telling, name, found)), None)
        if deed_id is None:
            link = Link(make_id("deed", telling.event_id), telling.event_id, None, 1.0, ())
            self.add(telling, link.deed_id)
            return link, []
        self.add(telling, deed_id)
        score, other = near[deed_id][0]
        reasons = self._judge.explain(telling, other)
        merges: list[Merge] = []
        for name in [name for name in near if name != deed_id]:
            merge = self._merge_alike(deed_id, name, near)
            if merge is not None:
                deed_id = merge.deed_id
                merges.append(merge)
        return Link(deed_id, telling.event_id, other.event_id, round(score, 4), tuple(reasons)), merges

    def _find_candidates(self, telling: Telling) -> list[Telling]:
        """Tellings of the same time and kind that share most with this one, and a code or most of their words."""
        shared: dict[int, float] = {}
        keys = find_keys(telling)
        slots = find_slots(telling, 1)
        for key, weight in keys.items():
            by_slot = self._by_key.get(key)
            if by_slot:
                lists = [found for slot in slots if len(found := by_slot.get(slot, ())) <= CROWDED]
                fresh = dict.fromkeys(chain(*lists), weight)
                for number in shared.keys() & fresh.keys():
                    fresh[number] += shared[number]
                shared.update(fresh)
        enough = sum(keys.values()) / 2
        best = ((shared[number], self._tellings[number]) for number in self._find_best(shared))
        return [other for weight, other in best if weight >= enough or not telling.codes.isdisjoint(other.codes)][:CANDIDATES]

    def _find_best(self, shared: Mapping[int, float]) -> list[int]:
        """The tellings that share most, twice as many as are weighed; of those that share as much the lesser ids."""
        name = self._ids.__getitem__
        least = sorted(shared.values(), reverse=True)[: 2 * CANDIDATES][-1:]
        best = sorted([(-weight, name(number), number) for number, weight in shared.items() if weight > least[0]])
        even = sorted([number for number, weight in shared.items() if weight == least[0]], key=name)
        return [*[number for _, _, number in best], *even][: 2 * CANDIDATES]

    def _fits(self, telling: Telling, name: str, found: list[Weighed]) -> bool:
        """Whether a telling is of a deed. `found`: tellings of the deed that it was weighed against already."""
        deed, alone = self._deeds[name], KnownDeed()
        if deed.is_done_before(telling):
            return False
        alone.add(telling)
        scores = {other.event_id: score for score, other in found}
        for other in deed.sample():
            if other.event_id not in scores:
                scores[other.event_id] = self._judge.weigh(telling, other)
        return make_agreement(scores.values()) >= deed.ask(alone, self._judge.threshold)

    def _merge_alike(self, deed_id: str, name: str, near: Mapping[str, list[Weighed]]) -> Merge | None:
        """Makes one of the deed that a telling joined and another near it, where the tellings of the smaller agree with the larger. The
        lesser id stays, whichever was joined: of two writers at once neither then undoes the other's merge by its opposite."""
        deed, gone = self._deeds[deed_id], self._deeds[name]
        asked = deed.ask(gone, self._judge.threshold)
        if asked > 1:
            return None
        small, large, close = (deed, gone, near[name]) if len(deed.tellings) < len(gone.tellings) else (gone, deed, near[deed_id])
        known = {t.event_id: t for t in (*large.sample(), *(other for _, other in close))}
        agreed = self._agree(small.sample(), list(known.values()), asked)
        if agreed is None:
            return None
        reasons = self._judge.explain(gone.sample()[0], deed.sample()[0])
        kept, merged = sorted((deed_id, name))
        self.merge(merged, kept)
        return Merge(kept, merged, round(agreed, 4), tuple(reasons))

    def _agree(self, tellings: list[Telling], others: list[Telling], asked: float) -> float | None:
        """How far some tellings agree with others in the mean; None where that is less than is asked, which the first may show."""
        agreed: list[float] = []
        for number, telling in enumerate(tellings, 1):
            agreed.append(make_agreement([self._judge.weigh(telling, other) for other in others]))
            if sum(agreed) + len(tellings) - number < asked * len(tellings):
                return None
        return fsum(agreed) / len(agreed)


class KnownDeed:
    """The tellings of one deed in order of their days, and the day that most of those put it on whose words give a day."""

    __slots__ = ("_days", "_first", "_last", "_pin", "tellings")

    def __init__(self) -> None:
        self.tellings: list[Telling] = []
        self._days: Counter[date] = Counter()
        self._pin: tuple[date | None, int] | None = None
        self._first, self._last = date.max, date.min

    def add(self, telling: Telling) -> None:
        """One more telling."""
        insort(self.tellings, telling, key=lambda t: (t.day or date.min, t.event_id))
        if (pinned := find_pinned_day(telling)) is not None:
            self._days[pinned] += 1
            self._pin = None
        day = telling.day or date.min
        self._first, self._last = min(self._first, day), max(self._last, day)

    def pin(self) -> tuple[date | None, int]:
        """The day of the deed, and how many tellings put it there or on the day beside; None and 0 where none gives one, or but one
        of many."""
        if self._pin is None:
            self._pin = _find_pin(self._days) if self._days else (None, 0)
        return (None, 0) if self._pin[1] < FIRM and len(self.tellings) > LOOSE else self._pin

    def is_done_before(self, plan: Telling) -> bool:
        """Whether the deed was done before a plan was told: what is still to come by words that name a later day is another deed."""
        day = self.pin()[0]
        if plan.modality != "future" or not plan.dated or plan.start is None or plan.published is None or day is None:
            return False
        return (min(plan.start, plan.published) - day).days > SLIP

    def ask(self, other: KnownDeed, threshold: float) -> float:
        """The agreement that two deeds must reach to be one, by their days; above 1 where none is enough. `threshold`: where their
        days do not speak against it."""
        (own, ours), (its, theirs) = self.pin(), other.pin()
        if own is not None and its is not None:
            if abs((its - own).days) <= SLIP:
                return threshold
            return CONTRARY if min(ours, theirs) < FIRM <= max(ours, theirs) else 2.0
        if max(ours, theirs) >= FIRM:
            day, loose = (own, other) if ours >= theirs else (its, self)
            return APART if day is not None and loose.lies_far(day) else threshold
        far = (max(self._last, other._last) - min(self._first, other._first)).days > SPREAD
        return APART if far else threshold

    def lies_far(self, day: date) -> bool:
        """Whether all tellings lie more than `SPREAD` days from a day."""
        return (self._first - day).days > SPREAD or (day - self._last).days > SPREAD

    def sample(self) -> list[Telling]:
        """Tellings from the first day to the last, so that no chain of neighbours makes one deed of many."""
        last = len(self.tellings) - 1
        return self.tellings[:] if last < ASKED else [self.tellings[n * last // (ASKED - 1)] for n in range(ASKED)]


def make_agreement(scores: Iterable[float]) -> float:
    """How far the tellings of a deed agree that another is one of them: the mean of the likest. `scores`: not empty."""
    likest = sorted(scores, reverse=True)[:LIKEST]
    return fsum(likest) / len(likest)


def _find_pin(days: Counter[date]) -> tuple[date | None, int]:
    """The day that most tellings name, with those that name the day beside it; and how many these are."""
    support = {day: sum(days[day + timedelta(days=n)] for n in (-1, 0, 1)) for day in days}
    best = min(days, key=lambda day: (-support[day], -days[day], day))
    return best, support[best]


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
    """The slots of time that a telling lies in and that of its report, and `around` more on each side; a long stretch has one slot, its
    year's. The slot of the report finds what is told at the same time by whom its day was misread, or known by a year alone."""
    if telling.first is None or telling.last is None:
        return [0]
    long = telling.last - telling.first >= LONG
    own = [-date.fromordinal(telling.first).year] if long else _slots_between(telling.first, telling.last, around)
    return sorted({*own, *(() if telling.told is None else _slots_between(telling.told, telling.told, around))})


def _slots_between(first: int, last: int, around: int) -> range:
    return range(first // SLOT - around, last // SLOT + around + 1)
