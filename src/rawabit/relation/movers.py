"""Which pairs warmed or cooled most since a day, with the deeds that did it; and what is new about one pair since a day."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from rawabit.ledger.ledger import Ledger, Moment
from rawabit.relation.deeds import Deed, read_all_deeds
from rawabit.relation.phases import Phase, read_history
from rawabit.relation.series import MEMORY, find_day
from rawabit.relation.turns import is_firm

SHOWN = 2
"""Deeds that a mover is told with."""


class Mover(msgspec.Struct, frozen=True):
    """A pair, and the heat of its deeds in a stretch above or below what its long-run level would have brought; the deeds that
    did most of it."""

    pair: str
    change: float
    deeds: tuple[Deed, ...]


class News(msgspec.Struct, frozen=True):
    """What is new about a pair since a day: deeds first told since (happened, planned, denied), and phases that could be known since."""

    deeds: tuple[Deed, ...]
    planned: tuple[Deed, ...]
    denied: tuple[Deed, ...]
    phases: tuple[Phase, ...]
    now: Phase


def read_movers(ledger: Ledger, since: date, as_of: Moment | None = None, states_only: bool = True) -> list[Mover]:
    """All pairs that moved, the most moved first. `states_only` leaves out bodies and groups, whose codes have a hyphen."""
    until = find_day(ledger, as_of)
    return find_movers(read_all_deeds(ledger, as_of), since, until, states_only)


def find_movers(deeds: Iterable[Deed], since: date, until: date, states_only: bool = True) -> list[Mover]:
    """The same from deeds. A pair with no firm deed in the direction of its change is left out."""
    return rank_movers(group_pairs(deeds), since, until, states_only)


def rank_movers(pairs: Mapping[str, Sequence[Deed]], since: date, until: date, states_only: bool = True) -> list[Mover]:
    """The same from deeds that were put under their pairs before."""
    movers = [_move(pair, own, since, until) for pair, own in pairs.items() if not (states_only and "-" in pair)]
    return sorted((mover for mover in movers if mover.deeds), key=lambda mover: (-abs(mover.change), mover.pair))


def group_pairs(deeds: Iterable[Deed]) -> dict[str, list[Deed]]:
    """The deeds that have a day, by the pairs of codes that they join."""
    out: dict[str, list[Deed]] = {}
    for deed in deeds:
        for pair in deed.pairs if deed.day else ():
            out.setdefault(pair, []).append(deed)
    return out


def _move(pair: str, deeds: Sequence[Deed], since: date, until: date) -> Mover:
    happened = [deed for deed in deeds if deed.modality == "actual" and deed.own_day <= until]
    new = [deed for deed in happened if deed.own_day >= since]
    change = sum(deed.heat for deed in new) - find_level(happened, since) * ((until - since).days + 1)
    sign = 1 if change > 0 else -1
    causes = sorted((deed for deed in new if deed.score * sign > 0 and is_firm(deed)), key=lambda d: (-abs(d.heat), d.deed_id))
    return Mover(pair, change, tuple(causes[:SHOWN]))


def find_level(deeds: Iterable[Deed], day: date) -> float:
    """The long-run level of heat a day before a day: the sum that the walk over all days comes to."""
    slow: float = 0.5 ** (1 / MEMORY)
    yesterday = day - timedelta(1)
    return (1 - slow) * sum((deed.heat * math.pow(slow, (yesterday - deed.own_day).days) for deed in deeds if deed.own_day < day), 0.0)


def read_news(ledger: Ledger, one: str, other: str, since: date, as_of: Moment | None = None) -> News:
    """What is new about a pair since a day, that day included: what was first told since, and what was planned before and came."""
    history = read_history(ledger, one, other, as_of)
    new = [deed for deed in history.series.deeds
           if deed.first_told and (deed.first_told >= since or (deed.outcome == "happened" and deed.own_day >= since))]

    def told(modality: str) -> tuple[Deed, ...]:
        return tuple(deed for deed in new if deed.modality == modality)

    phases = tuple(phase for phase in history.phases if phase.known >= since)
    return News(told("actual"), told("future"), told("negated"), phases, history.phases[-1])
