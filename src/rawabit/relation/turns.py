"""Turning points of a pair, found online: a day is judged by what was before it and by itself.

Order of work: what a few days brought in heat above or below the pair's own level is held against what such days brought before; where it
stands out, and deeds that can be relied on carry it, the pair has turned. A turn is dated by the deed that opened it: the most told one in
its direction within `NEAR` days. Nothing is learned from later days: a day that is added may let the last turn grow, and changes
no turn before it.
"""
from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from rawabit.relation.deeds import Deed
from rawabit.relation.series import Series


class Rules(msgspec.Struct, frozen=True):
    """What makes a turn. Values swept in docs/relations.md.

    `window`: days taken together. `floor`: least heat of a window. `ratio`: how many times the pair's usual window it must be.
    `memory`: half-life in days of what is usual. `again`: how many times the highest heat of the phase so far, which halves in `fade`
    days, a turn further in the same direction needs. `lapse`: share of `floor` below which the temperature has gone back to the pair's
    level. `likely`: least pull of an opening deed. `reports`, `alone`: see `is_firm`. `outlets`: how many must tell a deed that opens a
    turn in fewer reports, since it founds or breaks a relation or leaders meet at it. `against`: share of what one report alone
    tells against the direction of a window that still counts. `grave`, `loud`: least score and reports of a deed that is a further turn
    in the same direction by itself, however hot the pair was.
    """

    window: int = 3
    floor: float = 11.0
    outlets: int = 2
    ratio: float = 1.5
    memory: float = 45.0
    again: float = 1.5
    fade: float = 7.0
    lapse: float = 0.75
    likely: float = 2.0
    reports: int = 3
    alone: int = 8
    against: float = 0.5
    grave: float = 4.0
    loud: int = 10


RULES = Rules()
LATE = timedelta(14)
"""A deed that is first told longer after its day opens no turn: it is background, or its day is misread (a year too early)."""
NEAR = 3
"""Days around the alarm within which the opening deed lies."""


class Turn(msgspec.Struct, frozen=True):
    """A turning point. `day`: that of the deed that opened it. `known`: the day on which it stood out. `told`:
    the day on which that could be known: the same, or that of the first telling where it was told later. `direction`: 1 warmer,
    -1 colder, 0 back
    to the pair's own level (no deed). `heat`: what the window brought. `usual`: what a window had brought before. `deeds`: those that made
    it, the opening deed first. `material`: share of its heat that is material."""

    day: date
    known: date
    told: date
    direction: int
    heat: float
    usual: float
    deeds: tuple[Deed, ...]
    material: float


def find_turns(series: Series, rules: Rules = RULES) -> list[Turn]:
    """The turns of a series, in order of the days on which they stood out."""
    turns: list[Turn] = []
    for turn in _Watch(series, rules).turns():
        last = turns[-1] if turns else None
        if last and turn.direction and turn.direction == last.direction and (turn.day - last.day).days <= NEAR:
            most = max(turn, last, key=lambda one: one.deeds[0].weight)
            turns[-1] = msgspec.structs.replace(most, known=last.known, usual=last.usual)
        else:
            turns.append(turn)
    return turns


class _Watch:
    """Walks through the days of one series."""

    def __init__(self, series: Series, rules: Rules) -> None:
        self._series, self._rules = series, rules
        self._by_day: dict[date, list[Deed]] = {}
        for deed in series.deeds:
            if deed.modality == "actual":
                self._by_day.setdefault(deed.own_day, []).append(deed)
        self._heats = {day: _sum_heat(deeds) for day, deeds in self._by_day.items()}
        self._direction, self._peak, self._openers = 0, 0.0, set[str]()

    def turns(self) -> Iterator[Turn]:
        """Every turn, as it stands out."""
        usual, keep, fade = 0.0, 0.5 ** (1 / self._rules.memory), 0.5 ** (1 / self._rules.fade)
        for day in self._series.days:
            heat = self._heat(day.day) - day.level * self._rules.window
            turn = self._judge(day.day, heat, day.temperature, math.sqrt(usual))
            if turn:
                yield turn
            self._peak = max(self._peak * fade, heat * self._direction)
            usual = usual * keep + heat * heat * (1 - keep)

    def _window(self, day: date) -> list[Deed]:
        return [deed for n in range(self._rules.window) for deed in self._by_day.get(day - timedelta(n), ())]

    def _heat(self, day: date) -> float:
        """The heat of the window in the direction that prevails in it. What a single report tells against that counts in part: half of
        it is misread, while the deeds that carry a turn are borne out by others."""
        days = [self._heats[other] for n in range(self._rules.window) if (other := day - timedelta(n)) in self._heats]
        heat = sum(total for total, _, _ in days)
        against = sum(cool if heat > 0 else warm for _, warm, cool in days)
        return heat - (1.0 - self._rules.against) * against

    def _judge(self, day: date, heat: float, temperature: float, usual: float) -> Turn | None:
        sign = 1 if heat > 0 else -1
        if abs(heat) >= max(self._rules.floor, self._rules.ratio * usual):
            deeds = (self._find_carriers(day, sign) if self._is_new(sign, abs(heat)) else ()) or self._find_openers(day, sign)
            if deeds:
                self._direction, self._peak = sign, abs(heat)
                self._openers.add(deeds[0].deed_id)
                return Turn(deeds[0].own_day, day, max(day, deeds[0].first_told or day), sign, heat, usual, deeds, _find_material(deeds))
        if self._direction and temperature * self._direction < self._rules.floor * self._rules.lapse:
            self._direction, self._peak = 0, 0.0
            return Turn(day, day, day, 0, heat, usual, (), 0.0)
        return None

    def _is_new(self, sign: int, heat: float) -> bool:
        return sign != self._direction or heat >= self._rules.again * self._peak

    def _find_carriers(self, day: date, sign: int) -> tuple[Deed, ...]:
        """The deeds of the window in the direction, the most told first and a firm one before all; none where none is firm."""
        deeds = self._find_direction(day, sign)
        firm = [deed for deed in deeds if is_firm(deed, self._rules)]
        return tuple(firm[:1] + [deed for deed in deeds if deed not in firm[:1]]) if firm else ()

    def _find_openers(self, day: date, sign: int) -> tuple[Deed, ...]:
        """The same where none is firm or the heat is not new: to the other side one that founds or breaks a relation or at which leaders
        meet, further in the same direction a grave one that many reports tell (strikes, expulsions in the middle of a crisis). Both are
        told by two outlets."""
        deeds = self._find_direction(day, sign)
        able = self._is_loud if sign == self._direction else _is_founding
        found = [deed for deed in deeds if deed.outlets >= self._rules.outlets and deed.deed_id not in self._openers and deed.official
                 and is_fresh(deed) and able(deed)]
        return tuple(found[:1] + [deed for deed in deeds if deed not in found[:1]]) if found else ()

    def _is_loud(self, deed: Deed) -> bool:
        return deed.reports >= self._rules.loud and abs(deed.score) >= self._rules.grave

    def _find_direction(self, day: date, sign: int) -> list[Deed]:
        """The deeds of the window in the direction, the most told first."""
        deeds = [deed for deed in self._window(day) if deed.pull * sign >= self._rules.likely]
        return sorted(deeds, key=lambda deed: (-deed.weight, -abs(deed.score), deed.own_day, deed.deed_id))


def _sum_heat(deeds: Sequence[Deed]) -> tuple[float, float, float]:
    """The heat of a day's deeds: of all, of the warm ones that a single report tells, of the cool ones."""
    lone = [deed.heat for deed in deeds if deed.reports == 1]
    return sum(deed.heat for deed in deeds), sum(heat for heat in lone if heat > 0), sum(heat for heat in lone if heat < 0)


def is_firm(deed: Deed, rules: Rules = RULES) -> bool:
    """Whether a deed can be relied on to open a turn: organs of states on both sides, and told by two outlets in `reports` reports, or by
    one in `alone`."""
    borne = deed.reports >= rules.alone or (deed.reports >= rules.reports and deed.outlets >= 2)
    return borne and deed.official and is_fresh(deed)


def _is_founding(deed: Deed) -> bool:
    return deed.founding or deed.summit


def is_fresh(deed: Deed) -> bool:
    """Whether a deed was told soon after its day."""
    return deed.first_told is None or deed.first_told - deed.own_day <= LATE


def _find_material(deeds: Sequence[Deed]) -> float:
    total = sum(abs(deed.heat) for deed in deeds)
    return sum(abs(deed.heat) for deed in deeds if deed.quad in (2, 4)) / total if total else 0.0


__all__ = ["RULES", "Rules", "Turn", "find_turns", "is_firm"]
