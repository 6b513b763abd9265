"""Formats: gatherings of states, standing or named, with members, chairs, meetings held and planned, who came and who did not.

What a format is and who belongs to it comes from the lexicon (`shared/formats.yml`); its meetings come from deeds of meeting in which its
code takes part or whose states are most of its members; its chairs and members as reported come from ties. Refuses to say that somebody
stayed away because no report names him: `absent` are those of whom it is told. Order of work: deeds, the format of each, meetings of deeds
that lie within days of each other.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger
from rawabit.lexicon.schema import Format
from rawabit.lexicon.world import load_world
from rawabit.model import LedgerError
from rawabit.relation.deeds import Deed, make_deeds
from rawabit.relation.parties import find_codes, find_states, members_in

ALIKE = 0.6
"""Overlap (Jaccard) of a deed's states with a format's members from which the deed is taken for its meeting."""
APART = timedelta(3)
"""Deeds of a format that lie no further apart are one meeting."""
SMALL = 4
"""A format of no more members meets when all of them do: three of the E3 and Iran are another meeting."""
SMALLEST = 3
"""States of a meeting that no format fits, to be listed under its states; of two it is a bilateral meeting."""


class Chair(msgspec.Struct, frozen=True):
    """Who chairs a format, as a report says it; `modality`: actual or future."""

    code: str
    start: date | None
    end: date | None
    modality: str
    tie_id: str
    evidence: str


class Occasion(msgspec.Struct, frozen=True):
    """When and where, in which state (held, planned, cancelled, or planned and not told to have happened), and who came. `came`: states
    that reports name there, singly or as their group; `absent`: told not to have come; `not_told`: members of whom nothing is told.
    `exact`: whether its day is known."""

    start: date | None
    end: date | None
    exact: bool
    state: str
    place: str | None
    came: tuple[str, ...]
    absent: tuple[str, ...]
    not_told: tuple[str, ...]


class Meeting(Occasion, frozen=True):
    """The meeting of a format (by id and name), from deeds."""

    format: str
    name: str
    deeds: tuple[Deed, ...]


class Gathering(msgspec.Struct, frozen=True):
    """A format with what is known of it on a day. `reported`: members by ties that the lexicon does not list."""

    id: str
    code: str | None
    name: str
    members: tuple[str, ...]
    guests: tuple[str, ...]
    reported: tuple[str, ...]
    chairs: tuple[Chair, ...]
    meetings: tuple[Meeting, ...]


def find_gatherings(ledger: Ledger, as_of: date, code: str | None = None) -> list[Gathering]:
    """The formats of which something is known on a day, or the one of a code or id. Raises LedgerError for one that nobody knows."""
    rows = [row for row in load_world().formats if code is None or code in (row.id, row.actor)]
    if not rows:
        known = ", ".join(row.id for row in load_world().formats)
        raise LedgerError(f"no format {code!r}. Choose one of {known}, or its code.")
    placed = _place(_read_meetings(ledger, as_of), as_of)
    sql = "SELECT * FROM ties WHERE relation IN ('chairs', 'member_of') ORDER BY published, tie_id"
    ties = ledger.query(sql, (), as_of=as_of).to_pylist()
    made = [_make_gathering(row, placed.get(row.id, []), ties, as_of) for row in rows]
    found = [one for one in made if code is not None or one.meetings or one.chairs]
    return found if code is not None else [*found, *_make_nameless(placed.get("", []), as_of)]


def _read_meetings(ledger: Ledger, as_of: date) -> list[Deed]:
    """The deeds of meeting known on a day that are no phone calls."""
    sql = ("SELECT *, hash(deeds) AS hash FROM deeds "
           "WHERE type = 'CONSULT' AND modality IN ('actual', 'future', 'negated') AND mode IS DISTINCT FROM 'phone'")
    return [deed for deed in make_deeds(ledger.query(sql, (), as_of=as_of)) if deed.start or deed.modality != "actual"]


def _place(deeds: Iterable[Deed], as_of: date) -> dict[str, list[Deed]]:
    """The deeds of each format; under the empty id those of several states that no format fits."""
    out: dict[str, list[Deed]] = {}
    for deed in deeds:
        row = match_format(deed, as_of)
        if row is not None or (len(_attending(deed)) >= SMALLEST and deed.mode == "multilateral"):
            out.setdefault(row.id if row else "", []).append(deed)
    return out


def _attending(deed: Deed) -> frozenset[str]:
    """The states and bodies that a deed names: a region stands for its states, a body for itself."""
    year = (deed.start or deed.first_told or date.max).year
    codes = find_codes(deed.parties) - {"UNK"}
    return frozenset(state for code in codes for state in (find_states(code, year) if code.startswith("REG-") else {code}))


def match_format(deed: Deed, as_of: date) -> Format | None:
    """The format that met: the one most of whose members met, with few others; else the one whose code takes part with two or more."""
    year = (deed.start or as_of).year
    present = _attending(deed)
    codes = find_codes(deed.parties)
    named = [row for row in load_world().formats if row.actor in codes and len(present - {row.actor}) > 1]
    if len(present) >= SMALLEST:
        fits = [(_overlap(row, present, year), row) for row in load_world().formats if row.founded <= year]
        best = max(fits, key=lambda pair: pair[0], default=(0.0, None))
        if best[0] >= ALIKE:
            return best[1]
    return named[0] if len(named) == 1 else None


def _overlap(row: Format, present: frozenset[str], year: int) -> float:
    """Jaccard's index of those present and the members; guests count neither for nor against."""
    members, seen = members_in(row, year), present - set(row.guests) - {row.actor}
    if len(members) <= SMALL and not members <= seen:
        return 0.0
    return len(members & seen) / len(members | seen) if len(members) > 1 else 0.0


def _make_gathering(row: Format, deeds: list[Deed], ties: list[dict[str, Any]], as_of: date) -> Gathering:
    mine = [tie for tie in ties if row.actor and tie["object_code"] == row.actor and tie["modality"] in ("actual", "future")]
    members = members_in(row, as_of.year)
    reported = {tie["subject_code"] for tie in mine if tie["relation"] == "member_of" and tie["modality"] == "actual"} - members
    return Gathering(row.id, row.actor, row.english, tuple(sorted(members)), tuple(row.guests), tuple(sorted(reported)),
                     tuple(_make_chairs(mine)), tuple(make_meetings(row.id, row.english, members, deeds)))


def _make_chairs(ties: list[dict[str, Any]]) -> Iterator[Chair]:
    """Each chair and term once, as last told, in order of terms."""
    rows = {(tie["subject_code"], tie["start"]): tie for tie in ties if tie["relation"] == "chairs"}
    for tie in sorted(rows.values(), key=lambda tie: (tie["start"] or date.min, tie["tie_id"])):
        yield Chair(tie["subject_code"], tie["start"], tie["end"], tie["modality"], tie["tie_id"], tie["evidence"])


def _make_nameless(deeds: list[Deed], as_of: date) -> Iterator[Gathering]:
    """Gatherings that no format fits, one for each set of states."""
    by_states: dict[tuple[str, ...], list[Deed]] = {}
    for deed in deeds:
        by_states.setdefault(tuple(sorted(_attending(deed))), []).append(deed)
    for states, rows in sorted(by_states.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        name = " ".join(states)
        yield Gathering(f"({name})", None, name, (), (), (), (), tuple(make_meetings("", name, frozenset(), rows)))


def make_meetings(format_id: str, name: str, members: frozenset[str], deeds: Iterable[Deed]) -> Iterator[Meeting]:
    """Deeds of a format as meetings: those within days of each other are one; one that is known by month or year alone joins a meeting that
    lies in it."""
    ordered = sorted(deeds, key=lambda deed: (not deed.exact, deed.start or date.max, deed.deed_id))
    groups: list[list[Deed]] = []
    for deed in ordered:
        group = next((group for group in groups if _together(deed, group)), None)
        if group is None:
            groups.append([deed])
        else:
            group.append(deed)
    made = [_make_meeting(format_id, name, members, group) for group in groups]
    yield from sorted(made, key=lambda meeting: (meeting.start or date.max, meeting.deeds[0].deed_id))


def _together(deed: Deed, group: list[Deed]) -> bool:
    first = group[0]
    if not (deed.start and deed.end and first.start and first.end):
        return False
    return deed.start - APART <= first.end and first.start <= deed.end + APART


def _make_meeting(format_id: str, name: str, members: frozenset[str], group: list[Deed]) -> Meeting:
    held = [deed for deed in group if deed.modality == "actual"]
    told = held or group
    came = {code for deed in held for code in _attending(deed)}
    absent = {code for deed in group if deed.modality == "negated" for code in _attending(deed)} - came
    exact = [deed for deed in told if deed.exact] or told[:1]
    places = Counter(deed.place for deed in told if deed.place)
    first, last = min((d.start for d in exact if d.start), default=None), max((d.end for d in exact if d.end), default=None)
    return Meeting(first, last, exact[0].exact, "held" if held else _plan(group), places.most_common(1)[0][0] if places else None,
                   tuple(sorted(came)), tuple(sorted(absent)), tuple(sorted(members - came - absent)) if held else (), format_id, name,
                   tuple(group))


def _plan(group: list[Deed]) -> str:
    """What became of a meeting that nobody tells to have been held."""
    if all(deed.modality == "negated" for deed in group):
        return "denied"
    return next((deed.outcome for deed in group if deed.outcome), "planned")
