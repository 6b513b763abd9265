"""The series of a pair: day by day what two sides did with, for and against each other, as of a day.

Order of work: deeds from the ledger (one query), then one value a day. A deed counts once, on its own day, by its PLOVER score; how much it
was told (`attention`) is kept apart, and so is what was planned or denied. A deed of the future of `as_of` has not happened, whatever its
report says. Nothing here looks past the last day asked for.
"""
from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger, Moment
from rawabit.model import LedgerError
from rawabit.relation.sides import Sides, find_pairs, find_sides

HALF_LIFE = 6.0
"""Days in which the temperature goes half the way back to the pair's own level. Swept 3 to 21 days: docs/relations.md."""
MEMORY = 120.0
"""Half-life in days of the long-run level. Swept 30 to 240 days: see docs/relations.md."""
SINGLE = 0.25
"""Weight of a deed that one report tells; each doubling of its reports adds 1. Half of the deeds that one report tells are misread."""
PRIVATE = 0.5
"""What is left of the weight where one side is no organ of a state."""
ORGANS = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})
"""PLOVER sectors of a state's organs."""
LOOK_BACK = 7
"""Days before the first telling with which a series begins: what it first tells happened then."""
MOST_IDS = 4000
"""Deeds that are asked for by name; beyond it all are read, which is faster."""


def is_official(parties: Iterable[str]) -> bool:
    """Whether a state, or an organ of one, is among the parties."""
    return any(("/" not in head or head.split("/")[1] in ORGANS) for head in (party.split(":")[0] for party in parties))


class Deed(msgspec.Struct, frozen=True):
    """A deed between two codes (`pair`: `AZE|RUS`), on its own day. `parties`: how many codes take part in it."""

    pair: str
    deed_id: str
    day: date
    type: str
    mode: str | None
    modality: str
    quad: int
    score: float
    reports: int
    outlets: int
    first_told: date | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    evidence: str
    parties: int = 2

    @property
    def weight(self) -> float:
        """How far the deed is trusted to bear on the pair: by the logarithm of its reports; half where one side is no organ of a state (a
        suspect, a firm, a crowd); shared out among all who take part."""
        official = is_official(self.actors) and is_official(self.recipients or self.actors)
        return (SINGLE + math.log2(max(1, self.reports))) * (1.0 if official else PRIVATE) / max(1, self.parties - 1)

    @property
    def heat(self) -> float:
        """Score times weight: above 0 warms, below 0 cools."""
        return self.score * self.weight


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
    return make_series((one, other), read_deeds(ledger, find_sides(one, other), as_of), since, last)


def read_deeds(ledger: Ledger, sides: Sides | None = None, as_of: Moment | None = None) -> list[Deed]:
    """The deeds between any member of one side and any of the other, or between any two codes; each once for each pair, by pair and day."""
    text = _find_sql("deeds_between")
    if sides is None:
        return _make_deeds(ledger, text.replace("$where", "true"), (), as_of)
    pairs = find_pairs(sides)
    marks = ", ".join("?" * len(pairs))
    found = ledger.query(f"SELECT DISTINCT deed_id FROM dyads WHERE pair IN ({marks})", pairs, as_of)["deed_id"].to_pylist()
    if not found:
        return []
    some = len(found) <= MOST_IDS
    where = f"deed_id IN ({', '.join('?' * len(found))})" if some else "true"
    wanted = set(pairs)
    return [deed for deed in _make_deeds(ledger, text.replace("$where", where), found if some else (), as_of) if deed.pair in wanted]


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
    once = {deed.deed_id: deed for deed in deeds}
    kept = sorted(once.values(), key=lambda deed: (deed.day, deed.deed_id))
    happened = [deed for deed in kept if deed.modality == "actual" and deed.day <= until]
    first = _find_first(kept, until)
    days = tuple(_make_days(kept, happened, first, until))
    return Series(pair, tuple(kept), tuple(day for day in days if since is None or day.day >= since))


def _find_first(deeds: Sequence[Deed], until: date) -> date:
    """`LOOK_BACK` days before the first telling; for want of one the last day."""
    return min((min(deed.first_told, until) - timedelta(LOOK_BACK) for deed in deeds if deed.first_told), default=until)


def _make_days(deeds: Sequence[Deed], happened: Sequence[Deed], first: date, until: date) -> Iterator[Day]:
    by_day: dict[date, list[Deed]] = {}
    for deed in deeds:
        by_day.setdefault(deed.day, []).append(deed)
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


def _make_deeds(ledger: Ledger, sql: str, values: Sequence[Any], as_of: Moment | None) -> list[Deed]:
    rows = ledger.query(sql, values, as_of).to_pylist()
    return [Deed(**{**row, "actors": tuple(row["actors"]), "recipients": tuple(row["recipients"])}) for row in rows]


@cache
def _find_sql(name: str) -> str:
    return resources.files("rawabit.relation").joinpath("sql").joinpath(f"{name}.sql").read_text("utf-8")
