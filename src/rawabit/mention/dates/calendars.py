"""The Gregorian calendar and the Hijri: days, months and the way from one to the other.

Hijri dates go by the tabular (civil, 30-year) calendar, which may differ from a country's announced month by a day. A day that a calendar
does not have is None.
"""
from __future__ import annotations

from datetime import date, timedelta

from rawabit.model.time import month_range

SINCE_YEAR, TO_YEAR = 1900, 2100
"""A bare number within these may be a year where the words beside it allow."""
HIJRI_YEARS = range(1340, 1480)
"""Years of the Hijri calendar that news speaks of (1921 to 2058); without a mark of era such a year is not dated."""
EPOCH = date(1, 1, 1).toordinal() + 1_948_439 - 1_721_426
"""Ordinal of the day before 1 Muharram 1 (Friday 16 July 622, Julian) in the civil tabular calendar."""


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it has no such day. Raises ValueError beyond years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        raise ValueError(f"year {year} is beyond the calendar; give a nearer date.")
    return date(year, month, min(day.day, month_range(year, month)[1].day))


def from_hijri(year: int, month: int, day: int) -> date:
    """A Hijri day by the tabular calendar: months of 30 and 29 days in turn, leap years 2 5 7 10 13 16 18 21 24 26 29 of each 30."""
    return date.fromordinal(EPOCH + day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30)


def to_hijri(day: date) -> tuple[int, int, int]:
    """Year, month, day of the tabular Hijri calendar; years before 1 are counted as 1."""
    gone = max(day.toordinal() - EPOCH - 1, 0)
    year = (30 * gone + 10_646) // 10_631
    rest = gone - (year - 1) * 354 - (3 + 11 * year) // 30
    month = min((2 * rest + 60) // 59, 12)
    while month > 1 and rest < (59 * (month - 1) + 1) // 2:
        month -= 1
    return year, month, rest - (59 * (month - 1) + 1) // 2 + 1


def make_day(year: int, month: int, day: int, hijri: bool) -> date | None:
    """That day, or None where the calendar has none."""
    try:
        if not hijri:
            return date(year, month, day)
        found = from_hijri(year, month, day) if 1 <= month <= 12 else None
        return found if found and to_hijri(found) == (year, month, day) else None
    except (ValueError, OverflowError):  # no such day
        return None


def month_days(year: int, month: int, hijri: bool) -> tuple[date, date] | None:
    """First and last day of a month, or None beyond the calendar."""
    try:
        if not hijri:
            return month_range(year, month)
        following = from_hijri(year + month // 12, month % 12 + 1, 1)
        return from_hijri(year, month, 1), following - timedelta(days=1)
    except (ValueError, OverflowError):  # beyond the calendar's first or last year
        return None
