"""The series of a pair: day by day what two sides did with, for and against each other, as of a day.

Order of work: deeds from the ledger (`deeds`), then one value a day. A deed counts once, on its own day, by its PLOVER score; how much it
was told (`attention`) is kept apart, and so is what was planned or denied. A deed of the future of `as_of` has not happened, whatever its
report says. Nothing here looks past the last day asked for.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

import msgspec

from rawabit.ledger.ledger import Ledger, Moment
from rawabit.model import LedgerError
from rawabit.relation.deeds import Deed, keep_direct, read_between
from rawabit.relation.sides import find_sides

HALF_LIFE = 6.0
"""Days in which the temperature goes half the way back to the pair's own level. Swept 3 to 21 days: docs/relations.md."""
MEMORY = 120.0
"""Half-life in days of the long-run level. Swept 30 to 240 days: see docs/relations.md."""
LOOK_BACK = 7
"""Days before the first telling with which a series begins: what it first tells happened then."""


class Day(msgspec.Struct, frozen=True):
    """One day (or the week that begins with it). The four sums are of PLOVER scores, each deed once: cooperation is 0 or above,
    conflict 0 or
    below, verbal and material apart. `planned`, `denied`: deeds told as such. `deeds`: deeds that happened. `attention`: outlets that told
    these, summed. `temperature`: heat above or below the pair's long-run `level`, at the end of the day."""

    day: date
    cooperation_verbal: float = 0.0
    cooperation_material: float = 0.0
    conflict_verbal: float = 0.0
    conflict_material: float = 0.0
    planned: int = 0
    denied: int = 0
    deeds: int = 0
    attention: int = 0
    temperature: float = 0.0
    level: float = 0.0


class Series(msgspec.Struct, frozen=True):
    """A pair of sides, its deeds in order of day, and one `Day` for each day from the first to the last."""

    pair: tuple[str, str]
    deeds: tuple[Deed, ...]
    days: tuple[Day, ...]

    def weeks(self) -> tuple[Day, ...]:
        """The days summed up by ISO week, named by its Monday; temperature and level are those of its last day."""
        return tuple(_sum_week(week) for week in _split_weeks(self.days))


def read_series(ledger: Ledger, one: str, other: str, as_of: Moment | None = None, since: date | None = None,
                until: date | None = None) -> Series:
    """The series of two states, bodies or groups. Raises LedgerError where the two sides share a member."""
    last = until or find_day(ledger, as_of)
    sides = find_sides(one, other, last.year)
    return make_series((one, other), keep_direct(read_between(ledger, sides, as_of), sides), since, last)


def find_day(ledger: Ledger, as_of: Moment | None = None) -> date:
    """The day asked for; else the last day of publication in the ledger. Raises LedgerError for an empty ledger."""
    asked = as_of or ledger.as_of
    if asked is not None:
        return date(asked.year, asked.month, asked.day)
    found: date | None = ledger.query("SELECT max(published) AS day FROM documents")["day"][0].as_py()
    if found is None:
        raise LedgerError(f"the ledger at {ledger.location} holds no dated report. Add some with `rawabit add`.")
    return found


def make_series(pair: tuple[str, str], deeds: Iterable[Deed], since: date | None, until: date) -> Series:
    """The series up to a day, from deeds in any order. It begins with the first day that a report could tell of, so that what reports look
    back on (`background` of years ago) makes no empty years; `since` cuts it further."""
    once = {deed.deed_id: deed for deed in deeds if deed.day}
    kept = sorted(once.values(), key=lambda deed: (deed.own_day, deed.deed_id))
    days = tuple(_make_days(kept, _find_first(kept, until), until))
    return Series(pair, tuple(kept), tuple(day for day in days if since is None or day.day >= since))


def _find_first(deeds: Sequence[Deed], until: date) -> date:
    """`LOOK_BACK` days before the first telling; for want of one the last day."""
    return min((min(deed.first_told, until) - timedelta(LOOK_BACK) for deed in deeds if deed.first_told), default=until)


def _make_days(deeds: Sequence[Deed], first: date, until: date) -> Iterator[Day]:
    by_day: dict[date, list[Deed]] = {}
    for deed in deeds:
        by_day.setdefault(deed.own_day, []).append(deed)
    days = [first + timedelta(n) for n in range((until - first).days + 1)]
    heats = [sum(deed.heat for deed in by_day.get(day, ()) if deed.modality == "actual") for day in days]
    for day, (temperature, level) in zip(days, find_temperatures(heats), strict=True):
        yield _make_day(day, by_day.get(day, []), temperature, level)


def find_temperatures(heats: Sequence[float]) -> list[tuple[float, float]]:
    """(temperature, level) at the end of each day, from the heat of each day. The level is the mean heat of the days before, the
    older the less;
    the temperature sums up what each day's heat was above or below it, and halves in `HALF_LIFE` days: with nothing new it falls to 0."""
    fast, slow = 0.5 ** (1 / HALF_LIFE), 0.5 ** (1 / MEMORY)

    def step(state: tuple[float, float], heat: float) -> tuple[float, float]:
        temperature, level = state
        return temperature * fast + heat - level, level * slow + heat * (1 - slow)

    return list(accumulate(heats, step, initial=(0.0, 0.0)))[1:]


def _make_day(day: date, deeds: Sequence[Deed], temperature: float, level: float) -> Day:
    if not deeds:  # nine days of ten
        return Day(day, temperature=temperature, level=level)
    happened = [deed for deed in deeds if deed.modality == "actual"]

    def total(quads: tuple[int, ...], sign: int) -> float:
        return sum((deed.score for deed in happened if deed.quad in quads and deed.score * sign > 0), 0.0)

    return Day(day, total((1, 3), 1), total((2, 4), 1), total((1, 3), -1), total((2, 4), -1),
               sum(deed.modality == "future" for deed in deeds), sum(deed.modality == "negated" for deed in deeds), len(happened),
               sum(deed.outlets for deed in happened), temperature, level)


def _split_weeks(days: Iterable[Day]) -> Iterator[list[Day]]:
    weeks: dict[date, list[Day]] = {}
    for day in days:
        weeks.setdefault(day.day - timedelta(day.day.weekday()), []).append(day)
    return iter(weeks.values())


SUMMED = tuple(name for name in Day.__struct_fields__ if name not in ("day", "temperature", "level"))


def _sum_week(week: Sequence[Day]) -> Day:
    first, last = week[0].day, week[-1]
    sums = {name: sum(getattr(day, name) for day in week) for name in SUMMED}
    return Day(day=first - timedelta(first.weekday()), temperature=last.temperature, level=last.level, **sums)
