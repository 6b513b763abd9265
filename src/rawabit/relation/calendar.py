"""Meetings as an iCalendar file (RFC 5545): what is held and planned, each a whole-day entry with a stable id.

Leaves out meetings whose day is not known: a calendar has no place for «some time in 2026».
"""
from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import icalendar

from rawabit.ledger.ids import make_id
from rawabit.relation.formats import Meeting

PRODUCT = "-//Rawabit//formats//EN"
STATUS = {"held": "CONFIRMED", "planned": "TENTATIVE"}


def make_calendar(meetings: Iterable[Meeting], as_of: date) -> bytes:
    """The file. The same meetings and day give the same bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for meeting in meetings:
        if meeting.exact and meeting.start and meeting.end:
            calendar.add_component(_make_entry(meeting, as_of))
    return bytes(calendar.to_ical())


def _make_entry(meeting: Meeting, as_of: date) -> icalendar.Event:
    assert meeting.start is not None and meeting.end is not None
    entry = icalendar.Event()
    entry.add("uid", f"{make_id('meeting', meeting.format, meeting.deeds[0].deed_id)}@rawabit")
    entry.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    entry.add("dtstart", meeting.start)
    entry.add("dtend", meeting.end + timedelta(1))
    entry.add("summary", f"{meeting.name}{'' if meeting.state == 'held' else f' ({meeting.state})'}")
    entry.add("status", STATUS.get(meeting.state, "CANCELLED" if meeting.state == "cancelled" else "TENTATIVE"))
    if meeting.place:
        entry.add("location", meeting.place)
    entry.add("description", "\n".join(f"{deed.evidence} (deed {deed.deed_id})" for deed in meeting.deeds))
    return entry
