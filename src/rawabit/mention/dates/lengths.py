"""Lengths of time («two years», «about 3 months») and the days that lie so long before or after publication."""
from __future__ import annotations

from datetime import date, timedelta

import msgspec

from rawabit.mention.dates.calendars import add_months
from rawabit.mention.dates.line import Line
from rawabit.mention.dates.numbers import read_figure
from rawabit.mention.dates.stretches import Stretch, make_range
from rawabit.model.time import Precision, month_range

MONTHS_PER = {"month": 1, "year": 12, "decade": 120, "century": 1200}
DAYS_PER = {"day": 1, "week": 7}
HOURS_PER = {"hour": 1.0, "minute": 1 / 60}


class Duration(msgspec.Struct, frozen=True):
    """A length of time. `vague`: an uncounted plural; `several`: more than one unit; `about`: the text says that it is rounded."""

    months: int = 0
    days: int = 0
    hours: float = 0.0
    vague: bool = False
    several: bool = False
    about: bool = False

    def __add__(self, other: Duration) -> Duration:
        return Duration(self.months + other.months, self.days + other.days, self.hours + other.hours, self.vague or other.vague, True)

    def from_day(self, day: date, sign: int) -> date:
        """The day that lies this long before (-1) or after (1) another."""
        return add_months(day, sign * self.months) + timedelta(days=sign * (self.days + round(self.hours / 24)))


def make_length(unit: str, count: int, half: bool = False) -> Duration:
    """So many units, with half a unit more or not; a count of 0 is an uncounted plural."""
    many = count + 0.5 * half
    if unit in HOURS_PER:
        return Duration(hours=HOURS_PER[unit] * many or 0.01, vague=not count, several=count != 1)
    if unit in DAYS_PER:
        return Duration(days=round(DAYS_PER[unit] * many), vague=not count, several=count != 1)
    months = MONTHS_PER[unit]
    return Duration(months * count + months * half // 2, 15 * (half and months == 1), vague=not count, several=count != 1)


def round_day(day: date, duration: Duration) -> Stretch:
    """The day, or where the length is said to be rounded the month or (from two years on) the year that it falls in."""
    if not duration.about or duration.months == 0:
        return Stretch(day, day, Precision.DAY)
    if duration.months < 24:
        return Stretch(*month_range(day.year, day.month), Precision.MONTH)
    return Stretch(date(day.year, 1, 1), date(day.year, 12, 31), Precision.YEAR)


def find_day_away(published: date | None, duration: Duration, sign: int) -> date | None:
    """The day so long before (-1) or after (1) publication, or None where that is unknown or beyond the calendar."""
    try:
        return duration.from_day(published, sign) if published else None
    except (ValueError, OverflowError):  # beyond the calendar's first or last year
        return None


def find_last_units(published: date | None, unit: str, count: int, direction: int) -> Stretch | None:
    """The days from so many units ago until publication, or from publication until so many units on."""
    day = find_day_away(published, make_length(unit, count), 1 if direction > 0 else -1) if direction else None
    return make_range(day, published) if direction < 0 else make_range(published, day)


def read_duration(line: Line, i: int) -> tuple[int, Duration] | None:
    """«two years», «about 3 months», «a year and a half», «days»: (index after it, length)."""
    k, bound = i, False
    while hit := line.take(k, "approx"):
        k, bound = hit[0], bound or hit[1].entry.value == "bound"
    about = k > i and not bound
    several = line.take(k, "several")
    piece = _read_piece(line, several[0] if several else k)
    if piece is None:
        return None
    end, total = piece
    while (joined := line.take(end, "link")) or line.joined(end):
        piece = _read_piece(line, joined[0] if joined else end)
        if piece is None or (joined and joined[1].entry.value != "and"):
            break
        end, total = piece[0], total + piece[1]
    if bound or several:
        total = msgspec.structs.replace(total, vague=True, hours=0.0)
    after = line.skip(end, "approx")
    return after, msgspec.structs.replace(total, about=True) if about or after > end else total


def _read_piece(line: Line, i: int) -> tuple[int, Duration] | None:
    figure = read_figure(line, i)
    hit = line.take(figure[0] if figure else i, "unit")
    if hit is None or hit[1].det or hit[1].prep:
        return None
    end, unit, count = hit[0], str(hit[1].entry.value), hit[1].entry.count
    one = line.take(end, "number") if count == 1 and not figure else None
    if one and one[1].entry.value == 1 and not one[1].conj:
        end = one[0]
    half = line.take(end, "half")
    many = figure[1] if figure else count
    length = make_length(unit, many, bool(half and half[1].conj))
    if half and half[1].conj:
        again = line.take(half[0], "unit")
        end = again[0] if again and again[1].entry.value == unit else half[0]
    return end, length
