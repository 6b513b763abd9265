"""A pair: where it stands, its temperature and phases, last and next, its deeds by phase, what each side says, figures, contradictions."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

import msgspec
from fastapi import Query

from rawabit.ledger.ledger import Ledger
from rawabit.model import LedgerError
from rawabit.relation.contacts import Contact, find_met
from rawabit.relation.deeds import read_between
from rawabit.relation.pair import make_relation
from rawabit.relation.phases import History, Phase
from rawabit.relation.series import Day
from rawabit.relation.sides import find_sides
from rawabit.web.asked import Asked
from rawabit.web.plot import Act, Plot, Turning, make_plot
from rawabit.web.views.rows import Code, Number, Rows, check_code, find_page_day, read_rows

SHORTEST = 14
"""Days that a chart shows at least."""
DEEDS, SAID, LISTED, MET = 40, 8, 20, 8
"""Lines of a part: deeds, what a side says, all others, meetings and calls."""
OPENERS = 3
"""Deeds that a phase is told with."""
CLASHES = ("denied", "date", "parties")
"""What tellings of one deed contradict each other in; kinds and places are often only told more or less exactly."""


class PhaseRow(msgspec.Struct, frozen=True):
    """A phase with the ids of the deeds that opened and closed it, the heaviest first. Sayings: (day, report, sentence)."""

    name: str
    start: date
    end: date | None
    known: date
    basis: str
    confidence: float
    heat: float
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    sayings: tuple[tuple[date, str, str], ...]


class ContactRow(msgspec.Struct, frozen=True):
    """Last or next: see `relation.contacts.Contact`. `deed`: its id."""

    kind: str
    rank: str | None
    named: bool
    days: int
    via: str | None
    deed: str
    exact: bool
    misread: bool
    perhaps: tuple[str, ...]


class Stretch(msgspec.Struct, frozen=True):
    """The ids of the deeds of a phase, the newest first; the phase's number."""

    phase: int
    deeds: tuple[str, ...]


class Side(msgspec.Struct, frozen=True):
    """What one side says of the other: quoted words first, then the newest first; how many there are."""

    code: str
    statements: Rows
    count: int


class PairPage(msgspec.Struct, frozen=True):
    """`deeds`: rows by id of all deeds that are named. `met`: the last meetings and calls, the newest first. `days`, `acts`: what the chart
    shows. `first`, `last`: days of the whole series."""

    a: str
    b: str
    day: date
    first: date
    last: date
    since: date
    until: date
    count: int
    days: tuple[Day, ...]
    acts: tuple[Act, ...]
    phases: tuple[PhaseRow, ...]
    previous: tuple[ContactRow, ...]
    met: tuple[str, ...]
    next: tuple[ContactRow, ...]
    never_came: tuple[ContactRow, ...]
    undated: int
    timeline: tuple[Stretch, ...]
    page: int
    pages: int
    sides: tuple[Side, Side]
    said: int
    said_pages: int
    figures: Rows
    ties: Rows
    contradictions: tuple[str, ...]
    contradicting: int
    deeds: dict[str, dict[str, Any]]

    @property
    def plot(self) -> Plot:
        """The chart's drawing."""
        return make_plot(self.days, [self._turn(phase) for phase in self.phases], self.acts)

    def back(self, days: int) -> date:
        """The day from which the last days of the series run."""
        return max(self.first, self.last - timedelta(days))

    def _turn(self, phase: PhaseRow) -> Turning:
        deed = self.deeds[phase.opened[0]] if phase.opened and phase.basis in ("found", "met", "charged") else {}
        return Turning(phase.name, phase.start, phase.end or self.last, phase.heat, phase.basis != "faded", deed.get("type"),
                       deed.get("deed_id"))


Since = Annotated[date | None, Query(description="First day of the chart and of the deeds.")]
Until = Annotated[date | None, Query(description="Last day of the chart and of the deeds.")]


def view_pair(ledger: Ledger, asked: Asked, *, a: Code, b: Code, since: Since = None, until: Until = None, page: Number = 1,
              said: Number = 1) -> PairPage:
    """Where two states, bodies or regions stand with each other, and how they got there."""
    day, (a, b) = find_page_day(ledger, asked), sorted((check_code(ledger, a, asked.as_of), check_code(ledger, b, asked.as_of)))
    sides = find_sides(a, b, day.year)
    between = read_between(ledger, sides, day)
    relation = make_relation(ledger, sides, between, day)
    history, contacts = relation.history, relation.contacts
    met = tuple(deed.deed_id for deed in find_met(sides, between, day)[:-MET - 1:-1])
    days = cut_days(history, since, until)
    phases = tuple(make_phase(phase) for phase in history.phases)
    acts = make_acts(history, days[0].day if since else date.min, days[-1].day if until else date.max)
    previous, following, never = (tuple(map(make_contact, rows))
                                  for rows in (drop_general(contacts.last), contacts.next, contacts.never_came[:LISTED]))
    clashing = find_contradictions(ledger, a, b, day)
    shown = acts[::-1][(page - 1) * DEEDS:page * DEEDS]
    spoken = (read_side(ledger, a, b, day, said), read_side(ledger, b, a, day, said))
    named = [*(id for phase in phases for id in (*phase.opened, *phase.closed)), *(act.deed_id for act in shown), *clashing[:LISTED], *met,
             *(row.deed for row in (*previous, *following, *never))]
    return PairPage(
        a, b, day, history.series.days[0].day, history.series.days[-1].day, days[0].day, days[-1].day, len(history.series.deeds), days,
        acts, phases, previous, met, following, never, contacts.undated, group_deeds(shown, phases), page, count_pages(len(acts), DEEDS),
        spoken, said, count_pages(max(side.count for side in spoken), SAID),
        drop_spans(ledger.figures(between=(a, b), as_of=day).to_pylist())[-LISTED:],
        drop_spans(ledger.ties(between=(a, b), as_of=day).to_pylist())[-LISTED:], clashing[:LISTED], len(clashing),
        read_rows(ledger, named, day))


def cut_days(history: History, since: date | None, until: date | None) -> tuple[Day, ...]:
    """The days of a stretch, widened to `SHORTEST`. Raises LedgerError where the series has none of them."""
    days = history.series.days
    start, end = since or days[0].day, until or days[-1].day
    if start > end or start > days[-1].day or end < days[0].day:
        raise LedgerError(f"no day from {start} to {end}: the series runs from {days[0].day} to {days[-1].day}. Leave since and until out.")
    inside = [number for number, day in enumerate(days) if start <= day.day <= end]
    missing = max(0, SHORTEST - len(inside))
    first = max(0, inside[0] - (missing + 1) // 2)
    return days[first:max(inside[-1] + 1, first + SHORTEST)]


def make_acts(history: History, first: date, last: date) -> tuple[Act, ...]:
    """The deeds of some days, in order of day."""
    return tuple(Act(deed.deed_id, deed.day, round(deed.heat, 3), deed.type, deed.mode, deed.modality, deed.quad, tuple(deed.actors),
                     tuple(deed.recipients)) for deed in history.series.deeds if deed.day and first <= deed.day <= last)


def make_phase(phase: Phase) -> PhaseRow:
    """A phase as a page shows it."""
    opened, closed = (tuple(deed.deed_id for deed in deeds[:OPENERS]) for deeds in (phase.opened, phase.closed))
    return PhaseRow(phase.name, phase.start, phase.end, phase.known, phase.basis, phase.confidence, round(phase.heat, 2), opened, closed,
                    tuple((one.day, one.document_id, one.sentence) for one in phase.sayings[:OPENERS]))


def make_contact(contact: Contact) -> ContactRow:
    """A contact as a page shows it."""
    return ContactRow(contact.kind, contact.rank, contact.named, contact.days, contact.via, contact.deed.deed_id, contact.deed.exact,
                      contact.misread, contact.perhaps)


def drop_general(contacts: Sequence[Contact]) -> Iterator[Contact]:
    """Contacts without a meeting or call that is told again, by rank, with the next."""
    ranked = {(contact.deed.deed_id, contact.kind.split(" of ")[0]) for contact in contacts if " of " in contact.kind}
    yield from (contact for contact in contacts if (contact.deed.deed_id, contact.kind) not in ranked)


def group_deeds(acts: Iterable[Act], phases: Sequence[PhaseRow]) -> tuple[Stretch, ...]:
    """Deeds under the phases that their days lie in, in the order given."""
    out: list[tuple[int, list[str]]] = []
    for act in acts:
        number = max((n for n, phase in enumerate(phases) if phase.start <= act.day), default=0)
        if not out or out[-1][0] != number:
            out.append((number, []))
        out[-1][1].append(act.deed_id)
    return tuple(Stretch(number, tuple(ids)) for number, ids in out)


def find_contradictions(ledger: Ledger, a: str, b: str, as_of: date) -> tuple[str, ...]:
    """The deeds of the two whose tellings contradict each other, the most told first."""
    sql = ("SELECT deed_id FROM deeds WHERE list_has_any(differs, ?) AND deed_id IN (SELECT deed_id FROM dyads WHERE pair = ?) "
           "ORDER BY reports DESC, tellings DESC, deed_id")
    return tuple(ledger.query(sql, [list(CLASHES), f"{a}|{b}"], as_of)["deed_id"].to_pylist())


def read_side(ledger: Ledger, code: str, other: str, as_of: date, page: int) -> Side:
    """What one side says of the other."""
    sql = "FROM statements WHERE speaker_code = ? AND list_contains(about, ?)"
    count = ledger.query(f"SELECT count(*) AS n {sql}", [code, other], as_of)["n"][0].as_py()
    rows = ledger.query(f"SELECT * {sql} ORDER BY quoted DESC, published DESC NULLS LAST, statement_id LIMIT ? OFFSET ?",
                        [code, other, SAID, (page - 1) * SAID], as_of).to_pylist()
    return Side(code, drop_spans(rows), count)


def drop_spans(rows: Rows) -> Rows:
    """Rows without what only the machine needs."""
    return [{name: value for name, value in row.items() if not name.endswith(("_start", "_end", "recorded_at", "reading_id"))}
            for row in rows]


def count_pages(count: int, size: int) -> int:
    """Parts of a list."""
    return max(1, -(-count // size))

