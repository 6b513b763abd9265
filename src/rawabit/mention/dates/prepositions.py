"""What stands before a date and makes it a stretch: «in», «since», «ago», «until», «from … to», «between … and»; and vague times."""
from __future__ import annotations

from collections.abc import Callable

from rawabit.lexicon.time_rows import Form
from rawabit.mention.dates.lengths import find_day_away, read_duration, round_day
from rawabit.mention.dates.line import Found, Line
from rawabit.mention.dates.numbers import read_years
from rawabit.mention.dates.stretches import find_latest, join_stretches, make_range, move_stretch
from rawabit.model.time import Precision


def read_preposition(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: a preposition and what it governs."""
    if j >= len(line.words) or line.barred(i, form):
        return None
    norm = line.words[j].norm
    if norm not in line.table.starts and norm not in line.table.durations and not norm[:1].isdecimal():
        return None
    return GOVERNORS[str(form.entry.value)](line, i, j)


def _read_in(line: Line, i: int, j: int) -> Found | None:
    body = line.plain(j) or read_years(line, j, False)
    if body:
        return body
    length = read_duration(line, j)
    return Found(i, length[0], None) if length and (length[1].several or length[1].vague) else None


def _read_since(line: Line, i: int, j: int) -> Found | None:
    body = line.plain(j) or read_years(line, j, False)
    if body:
        start = find_latest(body.stretch, line.published) if body.stretch else None
        ahead = start is not None and line.published is not None and start.start > line.published
        return Found(i, body.end, start if ahead else make_range(start.start if start else None, line.published))
    length = read_duration(line, j)
    if length is None:
        return None
    day = None if length[1].vague and not length[1].hours else find_day_away(line.published, length[1], -1)
    return Found(i, length[0], make_range(day, line.published))


def _read_ago(line: Line, i: int, j: int) -> Found | None:
    length = read_duration(line, j)
    if length is None:
        body = line.plain(j) or read_years(line, j, False)
        return Found(i, body.end, None) if body else None
    end, duration = length
    anchored = line.take(end, "anchor") and not line.take(end, "now")
    day = None if anchored or (duration.vague and not duration.hours) else find_day_away(line.published, duration, -1)
    return Found(i, end, round_day(day, duration) if day else None)


def _read_after(line: Line, i: int, j: int) -> Found | None:
    """Recognised, never dated: in 4 of 5 uses in the dev corpus the words count from another event."""
    length = read_duration(line, j)
    body = None if length else line.plain(j) or read_years(line, j, False)
    end = length[0] if length else body.end if body else None
    return Found(i, end, None) if end else None


def _read_until(line: Line, i: int, j: int) -> Found | None:
    body = line.plain(j) or read_years(line, j, False)
    if body is None:
        return None
    end = body.stretch
    if end and end.repeat and line.published:
        end = move_stretch(end, 1) if end.end < line.published else end
    ahead = end is not None and line.published is not None and end.end >= line.published
    return Found(i, body.end, make_range(line.published, end.end) if end and ahead else None)


def _read_from(line: Line, i: int, j: int) -> Found | None:
    first = line.plain(j)
    start = first or read_years(line, j, True)
    if start is None:
        return None
    pair = _read_second(line, start, "to")
    if pair:
        return Found(i, pair.end, pair.stretch)
    return first or (start if start.stretch and start.stretch.precision is Precision.RANGE else None)


def _read_between(line: Line, i: int, j: int) -> Found | None:
    start = line.plain(j) or read_years(line, j, True)
    if start is None:
        return None
    if start.stretch and start.stretch.precision is Precision.RANGE:
        return Found(i, start.end, start.stretch)
    pair = _read_second(line, start, "and")
    return Found(i, pair.end, pair.stretch) if pair else None


def _read_second(line: Line, start: Found, link: str) -> Found | None:
    """The other end of a range, and the range. A conjunction may be written onto its first word."""
    j = start.end
    hit = line.take(j, "link")
    if hit and (hit[1].entry.value == link or link == "to"):
        end = line.plain(hit[0]) or read_years(line, hit[0], True)
    elif link == "and" and line.joined(j):
        end = line.plain(j)
    else:
        return None
    return Found(start.first, end.end, join_stretches(start.stretch, end.stretch)) if end else None


GOVERNORS: dict[str, Callable[[Line, int, int], Found | None]] = {
    "in": _read_in, "by": _read_in, "since": _read_since, "ago": _read_ago, "after": _read_after, "until": _read_until,
    "from": _read_from, "between": _read_between,
}
"""How each preposition of `time.yml` is read: (line, its token, the token after it)."""


def read_sometime(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «at an earlier time», which has the day that follows it, or none."""
    body = line.plain(line.skip(j, "of"))
    return Found(i, body.end, body.stretch) if body else Found(i, j, None)


def read_vague(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «recently», «the next day», never dated."""
    return Found(i, j, None) if form.tail or not line.take(j, "of") else None


def read_every(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «every Friday», never dated."""
    hit = line.take(line.skip(j, "leader"), "weekday")
    return Found(i, hit[0], None) if hit else None
