"""Days by name: weekdays, «today», «yesterday evening», and the date that may stand beside them.

The words of a day's name come in many orders; they are read one by one into a `Day`, which is then placed on the calendar.
"""
from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from rawabit.lexicon.time_rows import Form
from rawabit.mention.dates.line import CLOSE, OPEN, SLASHES, Found, Line
from rawabit.mention.dates.month_days import read_dated
from rawabit.mention.dates.stretches import Direction, Stretch, move_stretch
from rawabit.model.time import Precision


class Day:
    """What has been read of a day named by weekday or by its distance from today."""

    __slots__ = ("daypart", "direction", "first", "last", "leader", "offset", "weak")

    def __init__(self) -> None:
        self.offset: int | None = None
        self.first: int | None = None
        self.last: int | None = None
        self.leader: int | None = None
        self.direction: Direction = None
        self.daypart = self.weak = False


Step = Callable[[Line, int, int, tuple[int, Form], Day], int | None]
"""(line, first token, token at hand, the calendar word there, what is read so far): the index after the word if it belongs to the name."""


def read_day(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: a day by name, with the date beside it."""
    day, j = Day(), i
    while (step := _day_step(line, i, j, day)) is not None:
        j = step
    if day.first is None and day.offset is None:
        dated = read_dated(line, j) if j > i else None
        return Found(i, dated.end, dated.stretch) if dated else None
    if line.take(j, "epithet") or (day.offset == 0 and line.take(j, "ordinal")):
        return None
    if day.offset == 0 and (hit := line.take(j, "direction")) and hit[1].entry.value == "other":
        return Found(i, hit[0], None)
    if day.weak and day.first is None and not day.daypart and day.leader is None:
        return None
    if day.offset is None and day.leader == 0 and day.last is None:
        return Found(i, j, None)
    dated = _read_apposition(line, j)
    if dated and dated.stretch:
        return Found(i, dated.end, _agreed(line.published, dated.stretch, day))
    return Found(i, j, _resolve_day(line.published, day))


def _day_step(line: Line, i: int, j: int, day: Day) -> int | None:
    """Reads one more word of a day's name; the index after it, None at the end."""
    if day.direction is not None:
        return None
    hit = line.take(j, "relative-day")
    if hit and _fits_offset(line, i, j, hit, day):
        day.offset, day.weak = hit[1].entry.number, hit[1].entry.weak
        return hit[0]
    for kind, step in STEPS:
        hit = line.take(j, kind)
        end = step(line, i, j, hit, day) if hit else None
        if end:
            return end
    return _after_day(line, j, day)


def _fits_offset(line: Line, i: int, j: int, hit: tuple[int, Form], day: Day) -> bool:
    if day.offset is not None or (j > i and (hit[1].conj or hit[1].prep)):
        return False
    return not line.barred(j, hit[1]) or line.take(hit[0], "weekday") is not None


def _weekday_step(line: Line, i: int, j: int, hit: tuple[int, Form], day: Day) -> int | None:
    end, form = hit
    if j > i and form.prep:
        return None
    if day.first is None and (j == i or not form.conj) and (j > i or not line.barred(j, form)):
        day.first = form.entry.number
    elif day.first is not None and day.offset is None and (form.conj or (day.daypart and day.last is None)):
        day.last = form.entry.number
    else:
        return None
    return end


def _daypart_step(line: Line, i: int, j: int, hit: tuple[int, Form], day: Day) -> int | None:
    end, form = hit
    if j > i and (form.conj or form.prep):
        return None
    suffix = day.first is not None or day.offset is not None
    if suffix and (form.det or day.daypart or (day.first is not None and _names_day(line, end))):
        return None
    day.daypart = day.daypart or not suffix
    return end


def _names_day(line: Line, j: int) -> bool:
    return any(line.take(j, kind) for kind in ("weekday", "relative-day", "leader"))


def _leader_step(line: Line, i: int, j: int, hit: tuple[int, Form], day: Day) -> int | None:
    end, form = hit
    if day.first is not None or (j > i and (form.conj or form.prep)):
        return None
    if day.offset is not None and not line.take(end, "weekday"):
        return None
    day.leader = form.entry.number
    return end


def _after_day(line: Line, j: int, day: Day) -> int | None:
    """A direction after a weekday; a comma between «yesterday» and its weekday; a dash between two weekdays."""
    if day.first is None:
        comma = line.take(j, "comma") if day.offset is not None else None
        hit = line.take(comma[0], "weekday") if comma else None
        if comma and hit and not hit[1].conj and not hit[1].prep:
            return comma[0]
        return None
    hit = line.take(j, "direction") if day.offset is None else None
    if hit:
        day.direction = hit[1].entry.value
        return hit[0]
    if day.daypart and day.last is None and j < len(line.words) and line.words[j].norm in SLASHES:
        hit = line.take(j + 1, "weekday")
        return j + 1 if hit else None
    return None


STEPS: tuple[tuple[str, Step], ...] = (("weekday", _weekday_step), ("daypart", _daypart_step), ("leader", _leader_step))
"""What else may be read at a word of a day's name, by the word's kind, in this order."""


def _read_apposition(line: Line, j: int) -> Found | None:
    """The date that follows a day's name: plain, after a comma, in brackets, or after «corresponding to»."""
    k = line.skip(line.skip(j, "comma"), "corresponding")
    opened = k < len(line.words) and line.words[k].norm == OPEN
    dated = read_dated(line, k + opened)
    if dated is None or (opened and not line.at(dated.end, CLOSE)):
        return None
    return Found(j, dated.end + opened, dated.stretch)


def _agreed(published: date | None, stretch: Stretch, day: Day) -> Stretch:
    """Of the years that a date may lie in, the nearest in which it falls on the weekday named."""
    if day.first is None or stretch.repeat != "year" or published is None:
        return stretch
    near = [s for n in (-1, 0, 1, 2) if (s := move_stretch(stretch, n)) and s.start.isoweekday() == day.first]
    best = min(near, key=lambda s: abs((s.start - published).days), default=None)
    return msgspec.structs.replace(best, repeat="") if best else stretch


def _resolve_day(published: date | None, day: Day) -> Stretch | None:
    if published is None:
        return None
    try:
        if day.offset is not None:
            found = _near_weekday(published + timedelta(days=day.offset), day.first)
            return Stretch(found, found, Precision.DAY)
        return _weekdays(published, day)
    except OverflowError:  # beyond the calendar's first or last year
        return None


def _near_weekday(day: date, weekday: int | None) -> date:
    """The day, or one at most two days off where that is the weekday named: a report's date may be that of its posting."""
    for shift in (0, -1, 1, -2, 2) if weekday else ():
        if (day + timedelta(days=shift)).isoweekday() == weekday:
            return day + timedelta(days=shift)
    return day


def _weekdays(published: date, day: Day) -> Stretch | None:
    last = day.last if day.last is not None else day.first
    if last is None or day.first is None or day.direction == "other":
        return None
    back = (published.isoweekday() - last) % 7
    way = day.direction if isinstance(day.direction, int) else None
    if way is None or way == 0:
        end = published - timedelta(days=back)
    elif way < 0:
        end = published - timedelta(days=(back or 7) + 7 * (-way - 1))
    else:
        end = published + timedelta(days=7 - back + 7 * (way - 1))
    start = end - timedelta(days=(last - day.first) % 7)
    return Stretch(start, end, Precision.DAY if start == end else Precision.RANGE, "week" if way is None else "")
