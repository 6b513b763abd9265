"""Dates with their precision: a date in a report is a stretch of days and the words that it rests on."""
from __future__ import annotations

import calendar
from datetime import date
from enum import StrEnum

import msgspec

from rawabit.model.document import Span


class Precision(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"


class DateRange(msgspec.Struct, frozen=True):
    """First and last day (both included), how precise the words are, and where they stand in the content."""

    start: date
    end: date
    precision: Precision
    span: Span | None = None


def month_range(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month of the Gregorian calendar."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
