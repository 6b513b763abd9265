"""Stretches of days: how they are made, divided, joined and moved along the calendar. Knows nothing of words."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import msgspec

from rawabit.mention.dates.calendars import HIJRI_YEARS, add_months, from_hijri, make_day, month_days, to_hijri
from rawabit.model.time import Precision, month_range

YEAR_PARTS = {"start": (1, 1), "early": (1, 3), "middle": (6, 7), "late": (10, 12), "end": (12, 12)}
MONTH_PARTS = {"start": (1, 10), "early": (1, 10), "middle": (11, 20), "late": (21, 31), "end": (31, 31)}
DECADE_PARTS = {"start": (0, 3), "early": (0, 3), "middle": (4, 6), "late": (7, 9), "end": (9, 9)}
FAR = 3660
"""Days; a date without direction is not carried back further than this to meet the other end of a range."""

Repeat = Literal["", "week", "year", "hijri"]
Direction = int | str | None
"""Units from publication; `other` where the text counts from something else; None where it does not say."""


class Stretch(msgspec.Struct, frozen=True):
    """Days before they get a place in the text. `repeat`: how often such days recur, where the words give no direction."""

    start: date
    end: date
    precision: Precision
    repeat: Repeat = ""


def make_days(year: int, month: int, days: tuple[int, int], hijri: bool, repeat: Repeat) -> Stretch | None:
    """Days of one month, or None where the month has no such day."""
    start, end = make_day(year, month, days[0], hijri), make_day(year, month, days[1], hijri)
    if start is None or end is None:
        return None
    return Stretch(start, end, Precision.DAY if start == end else Precision.RANGE, repeat)


def make_years(first: int, last: int, era: str) -> Stretch | None:
    """Whole years. `era`: `gregorian`, `hijri` or, where the text does not say, empty; None where the calendar cannot be told."""
    hijri = era == "hijri"
    if not hijri and not era and (first in HIJRI_YEARS or last in HIJRI_YEARS):
        return None
    start, end = month_days(first, 1, hijri), month_days(last, 12, hijri)
    if start is None or end is None:
        return None
    return Stretch(start[0], end[1], Precision.YEAR if first == last else Precision.RANGE)


def _make_period(published: date, unit: str, n: int) -> Stretch | None:
    """Raises ValueError or OverflowError beyond the calendar."""
    if unit == "day":
        day = published + timedelta(days=n)
        return Stretch(day, day, Precision.DAY)
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=n)
        return Stretch(monday, monday + timedelta(days=6), Precision.WEEK)
    if unit == "month":
        first = add_months(published.replace(day=1), n)
        return Stretch(*month_range(first.year, first.month), Precision.MONTH)
    if unit == "year":
        return Stretch(date(published.year + n, 1, 1), date(published.year + n, 12, 31), Precision.YEAR)
    if unit == "century":
        last = ((published.year + 99) // 100 + n) * 100
        return make_years(last - 99, last, "")
    return None


def find_period(published: date | None, unit: str, direction: Direction) -> Stretch | None:
    """The week, month, year or century that lies so many units from publication's own."""
    if published is None or not isinstance(direction, int):
        return None
    try:
        return _make_period(published, unit, direction)
    except (ValueError, OverflowError):  # beyond the calendar's first or last year
        return None


def make_season(month: int, year: int) -> Stretch | None:
    """Three whole months; winter is that which ends in the year."""
    start, end = month_days(year - (month == 12), month, False), month_days(year, (month + 1) % 12 + 1, False)
    return Stretch(start[0], end[1], Precision.SEASON) if start and end else None


def find_part(stretch: Stretch, part: str) -> Stretch | None:
    """The beginning, middle or end of a month, year or ten years; a week stays whole."""
    start = stretch.start
    if stretch.precision is Precision.MONTH:
        length = (stretch.end - start).days + 1
        first, last = (min(n, length) for n in MONTH_PARTS[part])
        precision = Precision.DAY if first == last else Precision.RANGE
        return Stretch(start + timedelta(days=first - 1), start + timedelta(days=last - 1), precision, stretch.repeat)
    if stretch.precision is Precision.YEAR and start.day == start.month == 1:
        first, last = YEAR_PARTS[part]
        precision = Precision.MONTH if first == last else Precision.RANGE
        return Stretch(date(start.year, first, 1), month_range(start.year, last)[1], precision)
    if stretch.end.year - start.year == 9:
        first, last = DECADE_PARTS[part]
        return make_years(start.year + first, start.year + last, "gregorian")
    return stretch if stretch.precision is Precision.WEEK else None


def find_fraction(stretch: Stretch, parts: int, number: int) -> Stretch | None:
    """A half, third or quarter of a year; a half of a month."""
    start = stretch.start
    if stretch.precision is Precision.YEAR and start.day == start.month == 1:
        months = 12 // parts
        last = month_range(start.year, months * number)[1]
        return Stretch(date(start.year, months * (number - 1) + 1, 1), last, Precision.RANGE)
    if stretch.precision is Precision.MONTH and parts == 2:
        middle = start + timedelta(days=14)
        first, last = (start, middle) if number == 1 else (middle + timedelta(days=1), stretch.end)
        return Stretch(first, last, Precision.RANGE)
    return None


def make_range(start: date | None, end: date | None) -> Stretch | None:
    """From one day to another; None where one is unknown or they stand in the wrong order."""
    if start is None or end is None or start > end:
        return None
    return Stretch(start, end, Precision.DAY if start == end else Precision.RANGE)


def join_stretches(start: Stretch | None, end: Stretch | None) -> Stretch | None:
    """From the start of one stretch to the end of another; a start that recurs is the latest before that end."""
    if start is None or end is None:
        return None
    before = find_latest(start, end.end)
    if before is None or before.start > end.end:
        return None
    return Stretch(before.start, end.end, Precision.RANGE, end.repeat if start.repeat else "")


def move_stretch(stretch: Stretch, times: int) -> Stretch | None:
    """The same weekday, day or month so many weeks or years on; None where that year has no such day."""
    try:
        if stretch.repeat == "week":
            by = timedelta(weeks=times)
            return msgspec.structs.replace(stretch, start=stretch.start + by, end=stretch.end + by)
        if stretch.repeat == "year":
            start, end = add_months(stretch.start, 12 * times), add_months(stretch.end, 12 * times)
            if stretch.precision is Precision.MONTH or (stretch.end + timedelta(days=1)).day == 1:
                end = month_range(end.year, end.month)[1]
            return msgspec.structs.replace(stretch, start=start, end=end)
        year, month, day = to_hijri(stretch.start)
        shift = from_hijri(year + times, month, day) - stretch.start
        return msgspec.structs.replace(stretch, start=stretch.start + shift, end=stretch.end + shift)
    except (ValueError, OverflowError):  # beyond the calendar's first or last year
        return None


def find_latest(stretch: Stretch, day: date | None) -> Stretch | None:
    """Of days that recur, those that start latest but not after `day`; other days as they are."""
    if stretch.repeat and day and (stretch.start - day).days > FAR:
        return None
    while stretch.repeat and day and stretch.start > day:
        earlier = move_stretch(stretch, -1)
        if earlier is None:
            return None
        stretch = earlier
    return stretch
