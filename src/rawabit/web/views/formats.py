"""Formats: which there are, and of one its members, chairs and meetings by year."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from fastapi import Path
from starlette.exceptions import HTTPException

from rawabit.ledger.ledger import Ledger
from rawabit.lexicon.schema import Member
from rawabit.lexicon.world import load_world
from rawabit.relation.formats import Chair, Gathering, Meeting, Occasion, find_gatherings
from rawabit.web.asked import Asked
from rawabit.web.views.rows import find_page_day, read_rows

FormatCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{2,50}$", description="Of a format (IGO-CIS), or its id (central-asia-leaders).")]


class MeetingRow(Occasion, frozen=True):
    """A meeting with the ids of its deeds, whose rows stand once on the page."""

    deeds: tuple[str, ...]

    @property
    def year_key(self) -> int:
        """The year of its first day; 0 for none."""
        return self.start.year if self.start else 0

    @property
    def with_precision(self) -> dict[str, Any]:
        """Its days as templates write them: by month or year where no more is told."""
        days = (self.end - self.start).days if self.start and self.end else 0
        return {"start": self.start, "end": self.end, "precision": "day" if self.exact else "year" if days > 100 else "month"}


class FormatRow(msgspec.Struct, frozen=True):
    """A format in the list: how many meetings were held, the last and the next."""

    id: str
    code: str | None
    name: str
    states: tuple[str, ...]
    held: int
    last: MeetingRow | None
    next: MeetingRow | None


class FormatsPage(msgspec.Struct, frozen=True):
    """Formats of which something is told; `nameless`: gatherings that no format fits."""

    day: date
    formats: tuple[FormatRow, ...]
    nameless: tuple[FormatRow, ...]


class Membership(msgspec.Struct, frozen=True):
    """A member: from and to which year; None where it always was, or is one."""

    code: str
    since: int | None
    until: int | None


class FormatPage(msgspec.Struct, frozen=True):
    """A format. `meetings`: by year, the newest first; `deeds`: their rows by id."""

    id: str
    code: str | None
    name: str
    day: date
    founded: int | None
    members: tuple[Membership, ...]
    guests: tuple[str, ...]
    reported: tuple[str, ...]
    chairs: tuple[Chair, ...]
    meetings: tuple[MeetingRow, ...]
    deeds: dict[str, dict[str, Any]]


def view_formats(ledger: Ledger, asked: Asked) -> FormatsPage:
    """The formats of which something is told: members, last meeting and next."""
    day = find_page_day(ledger, asked)
    found = find_gatherings(ledger, day)
    rows = [make_row(one, day) for one in found]
    return FormatsPage(day, tuple(row for row, one in zip(rows, found, strict=True) if one.members or one.code),
                       tuple(row for row, one in zip(rows, found, strict=True) if not (one.members or one.code)))


def view_format(ledger: Ledger, asked: Asked, *, code: FormatCode) -> FormatPage:
    """One format: members, chairs, meetings held and planned, who came."""
    day = find_page_day(ledger, asked)
    row = next((row for row in load_world().formats if code in (row.id, row.actor)), None)
    if row is None:
        raise HTTPException(404, f"no format has the code {code}. The page of formats lists those that the ledger tells of.")
    one = find_gatherings(ledger, day, code)[0]
    meetings = make_meetings(one.meetings)
    return FormatPage(one.id, one.code, one.name, day, row.founded, find_members(row.members, day.year), one.guests, one.reported,
                      one.chairs, meetings, read_rows(ledger, (id for meeting in meetings for id in meeting.deeds), day))


def find_members(members: Sequence[str | Member], year: int) -> tuple[Membership, ...]:
    """Founders first, then those who came later, by year; those that joined after the year are left out."""
    rows = [member if isinstance(member, Member) else Member(member) for member in members]
    kept = [Membership(row.code, row.since, row.until) for row in rows if (row.since or 0) <= year]
    return tuple(sorted(kept, key=lambda row: (row.since or 0, row.code)))


def make_row(one: Gathering, day: date) -> FormatRow:
    """A line of the list."""
    meetings = make_meetings(one.meetings)
    held = [meeting for meeting in meetings if meeting.state == "held"]
    ahead = [meeting for meeting in reversed(meetings) if meeting.state in ("planned", "moved") and meeting.end and meeting.end >= day]
    states = one.members or tuple(sorted({code for meeting in meetings for code in meeting.came}))
    return FormatRow(one.id, one.code, one.name, states, len(held), held[0] if held else None, ahead[0] if ahead else None)


def make_meetings(meetings: Iterable[Meeting]) -> tuple[MeetingRow, ...]:
    """Meetings, the newest first."""
    rows = [MeetingRow(m.start, m.end, m.exact, m.state, m.place, m.came, m.absent, m.not_told, tuple(deed.deed_id for deed in m.deeds))
            for m in meetings]
    return tuple(sorted(rows, key=lambda row: (row.start or date.min, row.deeds), reverse=True))
