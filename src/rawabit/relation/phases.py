"""The phases of a pair: calm, tension, crisis, thaw, rapprochement, alliance; each with its dates, its deeds and a confidence.

Order of work: turns found in the series (`turns`), what reports say (`told`), and meetings in good words, all by the day on
which they could be
known; then one walk through them. A phase is opened by deeds and closed by those that opened the next; where it only died down, by its own
last deed. As of a day nothing later is used.
"""
from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger, Moment
from rawabit.relation.deeds import Deed, keep_direct, read_between
from rawabit.relation.parties import find_codes, rank_side
from rawabit.relation.series import Series, find_day, make_series
from rawabit.relation.sides import Sides, find_sides
from rawabit.relation.told import Saying, read_meetings, read_sayings
from rawabit.relation.turns import RULES, Rules, Turn, find_turns, is_fresh

NAMES = ("crisis", "tension", "calm", "thaw", "rapprochement", "alliance")
OPEN = frozenset({"calm", "rapprochement"})
"""Phases that reports which speak of a crisis end."""
COLD, WARM = frozenset({"crisis", "tension"}), frozenset({"thaw", "rapprochement", "alliance"})
SEVERE = 20.0
"""Heat of a window from which a cooling that is mostly material is a crisis."""
STANDING = {"tension": -1.0, "alliance": 2.0}
"""Long-run levels (heat a day) below or above which the pair falls back to these, not to calm."""
LASTS = 90
"""Days for which a phase holds where nothing more bears it out: a crisis between states does not end when reports turn to other things.
A warming this long after a cold phase is a thaw. Reports that speak of the crisis of Russia and Azerbaijan in 2025 lie 65 days apart."""
BEARS = 4.0
"""Score, either way, from which a deed between organs of states bears out the phase that it goes with."""
REACH = 7
"""Days before a report within which the deeds lie that opened what it speaks of."""


class Phase(msgspec.Struct, frozen=True):
    """A stretch of a pair's history. `end`: its last day; None for the one that lasts. `known`: the day on which it could be known.
    `opened`, `closed`: the deeds, the weightiest first. `sayings`: sentences of reports that say so. `basis`: found (in the series), told
    (by reports), met (a meeting in good words), charged (a leader's charge over force), or faded. `confidence`: 0 to 1, a rule of thumb
    and no frequency."""

    name: str
    start: date
    end: date | None
    known: date
    direction: int
    basis: str
    opened: tuple[Deed, ...]
    closed: tuple[Deed, ...]
    sayings: tuple[Saying, ...]
    confidence: float
    heat: float = 0.0


class History(msgspec.Struct, frozen=True):
    """A pair's series and its phases, the oldest first."""

    series: Series
    phases: tuple[Phase, ...]


def read_history(ledger: Ledger, one: str, other: str, as_of: Moment | None = None, since: date | None = None) -> History:
    """Series and phases of two sides as of a day. Phases are found over all days; `since` cuts the series alone."""
    until = find_day(ledger, as_of)
    sides = find_sides(one, other, until.year)
    return make_history(ledger, sides, read_between(ledger, sides, as_of), until, as_of, since)


def make_history(ledger: Ledger, sides: Sides, deeds: Iterable[Deed], until: date, as_of: Moment | None = None,
                 since: date | None = None) -> History:
    """The same from deeds between the sides that were read before (`read_between`)."""
    series = make_series((sides[0].code, sides[1].code), keep_direct(deeds, sides), None, until)
    sayings = read_sayings(ledger, sides, until, as_of)
    meetings = read_meetings(ledger, sides, series.deeds, until, as_of)
    phases = make_phases(series, sayings, meetings)
    days = tuple(day for day in series.days if since is None or day.day >= since)
    return History(msgspec.structs.replace(series, days=days), phases)


def make_phases(series: Series, sayings: Iterable[Saying] = (), meetings: Iterable[tuple[date, Deed]] = (),
                rules: Rules = RULES) -> tuple[Phase, ...]:
    """The phases of a series up to its last day."""
    walk = _Walk(series, rules)
    steps: list[tuple[date, int, Any]] = [(turn.known, 0, turn) for turn in find_turns(series, rules)]
    steps += [(saying.day, 1, saying) for saying in sayings]
    steps += [(day, 2, meeting) for day, meeting in meetings]
    steps += [(day, 3, charge) for day, charge in find_charges(series)]
    for day, kind, step in sorted(steps, key=lambda item: (item[0], item[1])):
        walk.lapse(day)
        (walk.turn, walk.say, walk.meet, walk.charge)[kind](day, step)
    walk.lapse(series.days[-1].day)
    return _close(walk.phases)


def find_charges(series: Series) -> Iterator[tuple[date, Deed]]:
    """The charges that a leader by name made against the other state while force between the two was told of the days before, each by the
    day on which it was known: where reports are few, nothing else may tell that a relation went bad."""
    force = [deed for deed in series.deeds if deed.type == "ASSAULT" and deed.modality == "actual" and deed.official and is_fresh(deed)
             and deed.trust == 1.0]
    for deed in series.deeds:
        if deed.type == "ACCUSE" and deed.mode == "allege" and deed.modality == "actual" and deed.official and is_fresh(deed):
            day = max(deed.own_day, deed.first_told or deed.own_day)
            near = [other for other in force if timedelta(0) <= deed.own_day - other.own_day <= timedelta(REACH)
                    and (other.first_told or other.own_day) <= day]
            if near and is_led(deed):
                yield day, deed


def is_led(deed: Deed) -> bool:
    """Whether a leader by name does it."""
    return rank_side(deed.actors, find_codes(deed.actors), deed.own_day, {}) == "leader"


class _Walk:
    """The phases so far, and what the next step makes of them."""

    def __init__(self, series: Series, rules: Rules) -> None:
        first = series.days[0].day
        self._series, self._rules = series, rules
        self._levels = {day.day: day.level for day in series.days}
        self._temperatures = {day.day: day.temperature for day in series.days}
        self._told = first
        self._lapsed = False
        self._deeds = [deed for deed in series.deeds if deed.modality == "actual" and deed.official and abs(deed.score) >= BEARS]
        self.phases = [Phase("calm", first, None, first, 0, "faded", (), (), (), 0.5)]

    def turn(self, day: date, turn: Turn) -> None:
        """A turn found in the series."""
        if turn.direction:
            self._open(Phase(self._name(turn), turn.day, None, turn.told, turn.direction, "found", turn.deeds, (), (),
                             rate_turn(turn, self._rules), turn.heat))
        else:
            self._lapsed = True

    def say(self, day: date, saying: Saying) -> None:
        """What a report says: it bears out the phase, deepens it, or opens one where the series was silent."""
        now, cold = self._now, saying.phase in COLD
        if saying.phase == now.name or (cold and now.name in COLD):
            name = "crisis" if saying.phase == "crisis" else now.name
            self.phases[-1] = bear_out(msgspec.structs.replace(now, name=name), saying)
            self._told = day
        elif (cold and now.name in OPEN) or (saying.shift and now.name in COLD):
            sign = -1 if cold else 1
            opened = self._find_openers(day, sign)
            self._open(Phase(saying.phase, day, None, day, sign, "told", opened, (), (saying,), 0.5))
            self._told = day

    def meet(self, day: date, meeting: Deed) -> None:
        """A meeting in good words: it turns a cold phase."""
        faded = self._temperatures.get(day, 0.0) > -self._rules.floor * self._rules.lapse
        if faded and self._now.name in COLD and meeting.own_day >= self._now.start:
            self._open(Phase("thaw", meeting.own_day, None, day, 1, "met", (meeting,), (), (), 0.6))
            self._told = day

    def charge(self, day: date, charge: Deed) -> None:
        """A charge by a leader over force: where all was calm or warm it opens a tension."""
        if self._now.name not in COLD and self._now.start <= charge.own_day:
            self._open(Phase("tension", charge.own_day, None, day, -1, "charged", (charge,), (), (), 0.5))
            self._told = day

    def lapse(self, day: date) -> None:
        """A phase holds for `LASTS` days after what bore it out last; one found in the series until its temperature has gone, too."""
        if self._now.basis == "faded" or (self._now.basis == "found" and not self._lapsed):
            return
        end = max(self._told, self._last_deed(day)) + timedelta(LASTS)
        if day > end:
            self._fade(end)

    def _last_deed(self, day: date) -> date:
        """The last day up to another on which a deed bore the phase out: found or told by then, in its direction."""
        now = self._now
        return max((deed.own_day for deed in self._deeds if now.start <= deed.own_day <= day and deed.score * now.direction > 0
                    and (deed.first_told or deed.own_day) <= day), default=now.start)

    @property
    def _now(self) -> Phase:
        return self.phases[-1]

    def _open(self, phase: Phase) -> None:
        while len(self.phases) > 1 and self._now.start >= phase.start and self._now.basis != "found":
            self.phases.pop()
        self._lapsed = False
        self.phases.append(msgspec.structs.replace(phase, start=max(phase.start, self._now.start)))

    def _fade(self, day: date) -> None:
        level = self._levels.get(day, 0.0)
        name = "tension" if level <= STANDING["tension"] else "alliance" if level >= STANDING["alliance"] else "calm"
        self._open(Phase(name, day, None, day, 0, "faded", (), (), (), 0.5))

    def _name(self, turn: Turn) -> str:
        if turn.direction < 0:
            severe = turn.material >= 0.5 and abs(turn.heat) >= SEVERE
            return "crisis" if severe or self._now.name == "crisis" else "tension"
        last = next((phase for phase in reversed(self.phases) if phase.name in COLD), None)
        ended = last is not None and (last is self._now or self._after(last) + timedelta(LASTS) >= turn.day)
        return "thaw" if ended else "rapprochement"

    def _after(self, phase: Phase) -> date:
        return self.phases[self.phases.index(phase) + 1].start

    def _find_openers(self, day: date, sign: int) -> tuple[Deed, ...]:
        near = [deed for deed in self._series.deeds if deed.modality == "actual" and deed.score * sign > 0
                and day - timedelta(REACH) <= deed.own_day <= day]
        return tuple(sorted(near, key=lambda deed: (-deed.weight, -abs(deed.score), deed.own_day, deed.deed_id)))


def rate_turn(turn: Turn, rules: Rules = RULES) -> float:
    """Confidence in a turn: 0.5 where it just stands out, more by how far it does and by who tells its opening deed, at most 0.95."""
    over = abs(turn.heat) / max(rules.floor, rules.ratio * turn.usual)
    return round(min(0.95, 0.5 + 0.15 * math.log2(max(1.0, over)) + 0.05 * (turn.deeds[0].outlets - 1)), 2)


def bear_out(phase: Phase, saying: Saying) -> Phase:
    """The phase with one more report that says so."""
    confidence = round(min(0.95, phase.confidence + 0.1), 2)
    return msgspec.structs.replace(phase, sayings=(*phase.sayings, saying), confidence=confidence)


def _close(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """Each phase with its last day and the deeds that closed it; a phase that the next one cut off on its first day is left out."""
    kept = [phase for phase, after in pairwise(phases) if after.start > phase.start] + [phases[-1]]
    merged: list[Phase] = []
    for phase in kept:
        if merged and merged[-1].name == phase.name and phase.basis == "faded":
            continue
        merged.append(phase)
    ended = [msgspec.structs.replace(phase, end=after.start - timedelta(1), closed=after.opened) for phase, after in pairwise(merged)]
    return (*ended, merged[-1])
