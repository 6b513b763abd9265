"""Where the marks of a pair's chart stand, for a template that draws them: the browser shapes the letters, and links and hints work in it.

Refuses words: phases, kinds and days are codes and dates, which the template writes in the reader's language.
"""
from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from rawabit.relation.series import Day

WIDTH, HEIGHT, TOP, LEFT, BARS = 1000, 400, 84, 44, 70
"""Of the drawing in units of its own; `TOP` is left to labels, `BARS` at the foot to the scores of deeds."""
FOOT = 24
COLUMNS = 366
"""Stretches at most that a reader may point at; more days than that are taken together."""
LABELS, ROWS = 12, 4
"""Turning points that are labelled, and rows of labels."""
NOTE = 190
"""Width that a label takes: a phase, what opened it, and a day."""
LISTED = 4
"""Deeds that a hint lists."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Act(msgspec.Struct, frozen=True):
    """A deed on its day, as far as a hint tells it. `heat`: score times weight."""

    deed_id: str
    day: date
    heat: float
    type: str
    mode: str | None
    modality: str
    quad: int
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


class Turning(msgspec.Struct, frozen=True):
    """The beginning of a phase. `deed`: that opened it; None where reports alone say so."""

    phase: str
    day: date
    end: date
    heat: float
    labelled: bool
    type: str | None
    deed: str | None


class Band(msgspec.Struct, frozen=True):
    """A phase as a stretch of the drawing."""

    x: float
    width: float
    phase: str
    start: date


class Mark(msgspec.Struct, frozen=True):
    """A turning point's rule and the place of its label."""

    x: float
    y: float
    before: bool
    turning: Turning


class Column(msgspec.Struct, frozen=True):
    """A stretch of days to point at: its days, temperature at its end, the sums of heat that warm and cool as heights, its deeds."""

    x: float
    width: float
    first: date
    last: date
    temperature: float
    up: float
    down: float
    acts: tuple[Act, ...]
    more: int


class Tick(msgspec.Struct, frozen=True):
    """A day or a temperature on an axis."""

    at: float
    value: float = 0.0
    day: date | None = None
    form: str = "day"
    before: bool = False


class Plot(msgspec.Struct, frozen=True):
    """All that is drawn, in units of the drawing."""

    width: int
    height: int
    top: int
    floor: float
    left: int
    zero: float
    middle: float
    first: date
    last: date
    path: str
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    columns: tuple[Column, ...]
    days: tuple[Tick, ...]
    degrees: tuple[Tick, ...]


class _Scale:
    """Days and temperatures to units."""

    def __init__(self, days: Sequence[Day]) -> None:
        self.first, self.count = days[0].day, len(days)
        values = [day.temperature for day in days]
        self.low, self.high = min(*values, -5.0), max(*values, 5.0)
        self.floor = HEIGHT - FOOT - BARS

    def x(self, day: date) -> float:
        return round(LEFT + (WIDTH - LEFT) * (day - self.first).days / self.count, 1)

    def y(self, temperature: float) -> float:
        return round(TOP + (self.floor - TOP) * (self.high - temperature) / (self.high - self.low), 1)


def make_plot(days: Sequence[Day], turnings: Sequence[Turning], acts: Iterable[Act]) -> Plot:
    """The drawing of some days, one at least."""
    scale = _Scale(days)
    half = timedelta(hours=12)
    points = (f"{scale.x(day.day + half) + (WIDTH - LEFT) / scale.count / 2:.1f},{scale.y(day.temperature)}" for day in days)
    return Plot(WIDTH, HEIGHT, TOP, scale.floor, LEFT, scale.y(0), HEIGHT - FOOT - BARS / 2, days[0].day, days[-1].day,
                "M" + "L".join(points), tuple(_bands(scale, turnings, days[-1].day)), tuple(_marks(scale, turnings, days[-1].day)),
                tuple(_columns(scale, days, acts)), tuple(_day_ticks(scale, days)), tuple(_degree_ticks(scale)))


def _bands(scale: _Scale, turnings: Sequence[Turning], last: date) -> Iterator[Band]:
    for turning in turnings:
        start, end = max(turning.day, scale.first), min(turning.end, last) + timedelta(1)
        if start < end:
            x = scale.x(start)
            yield Band(x, round(scale.x(end) - x, 1), turning.phase, turning.day)


def _marks(scale: _Scale, turnings: Sequence[Turning], last: date) -> Iterator[Mark]:
    """On rows one above the other, so that no label covers another; to the left of its rule where the drawing ends. The hottest
    come first: one for whose label no row has room is told in the table of phases alone."""
    found = [turning for turning in turnings if turning.labelled and scale.first <= turning.day <= last]
    taken: list[list[tuple[float, float]]] = [[] for _ in range(ROWS)]
    marks = []
    for turning in sorted(found, key=lambda turning: -abs(turning.heat))[:LABELS]:
        x = scale.x(turning.day)
        before = x > WIDTH * 0.75
        start, end = (x - NOTE, x) if before else (x, x + NOTE)
        row = next((n for n, row in enumerate(taken) if all(end <= a or b <= start for a, b in row)), None)
        if row is not None:
            taken[row].append((start, end))
            marks.append(Mark(x, 16 + 18 * row, before, turning))
    yield from sorted(marks, key=lambda mark: mark.x)


def _columns(scale: _Scale, days: Sequence[Day], acts: Iterable[Act]) -> Iterator[Column]:
    by_day: dict[date, list[Act]] = {}
    for act in acts:
        by_day.setdefault(act.day, []).append(act)
    step = math.ceil(len(days) / COLUMNS)
    stretches = [days[n:n + step] for n in range(0, len(days), step)]
    found = [[act for day in stretch for act in by_day.get(day.day, ())] for stretch in stretches]
    sums = [(_sum(acts, 1), _sum(acts, -1)) for acts in found]
    most = max((max(up, down) for up, down in sums), default=0.0) or 1.0
    for stretch, own, (up, down) in zip(stretches, found, sums, strict=True):
        x, last = scale.x(stretch[0].day), stretch[-1].day
        heaviest = sorted(own, key=lambda act: (-abs(act.heat), act.deed_id))
        width = max(round(scale.x(last + timedelta(1)) - x, 1), 1.0)
        yield Column(x, width, stretch[0].day, last, stretch[-1].temperature, _height(up, most), _height(down, most),
                     tuple(heaviest[:LISTED]), max(0, len(own) - LISTED))


def _sum(acts: Iterable[Act], sign: int) -> float:
    return sum((act.heat * sign for act in acts if act.modality == "actual" and act.heat * sign > 0), 0.0)


def _height(value: float, most: float) -> float:
    """By the square root: one day of war must not flatten all others."""
    return round((BARS / 2 - 4) * math.sqrt(value / most), 1)


LABEL = 100
"""Width that a month and its year take: nearer to the edge, «September 2025» stands to the left of its line."""


def _day_ticks(scale: _Scale, days: Sequence[Day]) -> Iterator[Tick]:
    """Eight at most: first days of years or months where the days are many, else days; none whose label would lie on the one before."""
    months = [day.day for day in days if day.day.day == 1]
    firsts, form = ([day for day in months if day.month == 1], "year") if len(months) > 40 else (months, "month")
    if len(firsts) < 3:
        firsts, form = [day.day for day in days], "short"
    step = math.ceil(len(firsts) / 8)
    free = -math.inf
    for day in firsts[::step]:
        at = scale.x(day)
        before = at > WIDTH - LABEL
        if at - LABEL * before >= free:
            yield Tick(at, day=day, form=form, before=before)
            free = at if before else at + (LABEL if form == "month" else 0)


def _degree_ticks(scale: _Scale) -> Iterator[Tick]:
    step = next((step for step in STEPS if (scale.high - scale.low) / step <= 5), STEPS[-1])
    for number in range(math.ceil(scale.low / step), math.floor(scale.high / step) + 1):
        yield Tick(scale.y(number * step), float(number * step))
