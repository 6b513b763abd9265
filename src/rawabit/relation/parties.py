"""Who takes part: actors as their parts, groups as their states, people as the rank of the office that they held on a day.

Abstains (None) where nobody is named or the office is not known.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache

import msgspec

from rawabit.lexicon.schema import Format, Member
from rawabit.lexicon.world import Held, load_world

RANKS = ("leader", "minister", "official")
"""From the highest."""
ORGANS = frozenset({"GOV", "LEG", "MIL", "SPY", "JUD", "COP"})
"""Sectors that act for a state. Rebels, crowds, firms and reporters have its code, but their meetings are not its own."""
LEAVES = timedelta(days=30)
"""How long one who has left office still counts as its holder: an envoy sent home is told of as one."""
LARGEST = 12
"""A region of more states is no side that meets as one (Africa, Europe): its deeds are not counted as those of a member."""


class Party(msgspec.Struct, frozen=True):
    """An actor as its parts: CODE[/SECTOR][:Name]."""

    code: str
    sector: str | None
    name: str | None


@cache
def read_party(text: str) -> Party:
    """The parts of an actor."""
    head, _, name = text.partition(":")
    code, _, sector = head.partition("/")
    return Party(code, sector or None, name or None)


def find_codes(parties: Iterable[str]) -> frozenset[str]:
    """The codes of some actors."""
    return frozenset(read_party(text).code for text in parties)


def acts_for_state(party: str, day: date | None = None) -> bool:
    """Whether a party is a state or body itself, or an organ of one; who had left office by the day is none."""
    parts = read_party(party)
    return parts.sector in (None, *ORGANS) and not (day and is_former(parts, day))


def is_former(party: Party, day: date) -> bool:
    """Whether a person had left office `LEAVES` before a day, and held none since that the lexicon knows. Of whom it knows none, that is
    open."""
    offices = _offices().get((party.code, party.name), ()) if party.name else ()
    days = (day - LEAVES, day)
    return any(_ended(office, days[0]) for office in offices) and not any(_holds(office, held) for office in offices for held in days)


def is_official(parties: Iterable[str], day: date | None = None) -> bool:
    """Whether any of the parties acts for a state."""
    return any(acts_for_state(party, day) for party in parties)


def members_in(row: Format, year: int) -> frozenset[str]:
    """Who belonged to a gathering in a year."""
    rows = [m if isinstance(m, Member) else Member(m) for m in row.members]
    return frozenset(m.code for m in rows if (m.since or 0) <= year <= (m.until or 9999))


def find_states(code: str, year: int) -> frozenset[str]:
    """The states that a code stands for: those of a region, the members of a body in a year (today's, where the lexicon does not say since
    when), else the code alone."""
    world = load_world()
    body = next((row for row in world.formats if row.actor == code), None)
    found = world.groups.get(code) or (members_in(body, year) if body else None) or world.bodies.get(code) or (code,)
    return frozenset(found)


def find_groups(code: str) -> frozenset[str]:
    """The small regions that a state belongs to: a deed of one of them is a deed of the state, too."""
    return frozenset(name for name, states in load_world().groups.items() if code in states and len(states) <= LARGEST)


@cache
def rank_role(role: str) -> str | None:
    """The rank of an office by its English role; None for one that no row knows."""
    return next((row.rank for row in load_world().ranks if re.fullmatch(row.role, role, re.IGNORECASE)), None)


@cache
def _offices() -> Mapping[tuple[str, str], tuple[Held, ...]]:
    out: dict[tuple[str, str], list[Held]] = {}
    for office in load_world().offices:
        out.setdefault((office.code, office.name), []).append(office)
    return {key: tuple(rows) for key, rows in out.items()}


def rank_person(party: Party, day: date, told: Mapping[tuple[str, str], Iterable[str]]) -> str | None:
    """The rank of the highest office that a named person held on a day; where the lexicon knows none, of the roles that reports tell."""
    if party.name is None:
        return None
    key = (party.code, party.name)
    held = [office.role for office in _offices().get(key, ()) if _holds(office, day)]
    ranks = {rank_role(role) for role in held or told.get(key, ())}
    return next((rank for rank in RANKS if rank in ranks), None)


def _holds(office: Held, day: date) -> bool:
    """Whether an office was held on a day; years and days compare by their digits."""
    written = day.isoformat()
    since, until = office.since or "", office.until or "9"
    return written[: len(since)] >= since and written[: len(until)] <= until


def _ended(office: Held, day: date) -> bool:
    """Whether an office was left before a day."""
    return office.until is not None and office.until < day.isoformat()[: len(office.until)]


def rank_side(parties: Iterable[str], side: frozenset[str], day: date, told: Mapping[tuple[str, str], Iterable[str]]) -> str | None:
    """The highest rank among the named people of a side."""
    ranks = {rank_person(read_party(text), day, told) for text in parties if read_party(text).code in side}
    return next((rank for rank in RANKS if rank in ranks), None)
