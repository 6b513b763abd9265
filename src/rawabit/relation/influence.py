"""The rivals' shares of a target's relations, each share traceable to records.

For each day asked: what could be known that day, in the window that ends on it and the window before. The target may be a state or a group:
what is done with the group is done with each of its states. Refuses to mix units, to convert currencies, or to fill in what no report
tells: a cell without records is empty, not zero influence. Order of work: records of each rival, weights, shares, concentration, change.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger
from rawabit.relation.deeds import Deed, read_deeds, read_roles
from rawabit.relation.measures import DIMENSIONS, Dimension
from rawabit.relation.parties import find_codes, find_groups, find_states, rank_person, read_party

RETOLD = timedelta(14)
"""A deed that no words of its report date (the day of publication stands in) may be one of the two weeks before: the summit of 6 November
2025 in Washington stands in a dispatch of the 12th as if of that day."""
SOURCES = ("figures", "ties")
FIGURE_YEARS = 5
"""Years after which a figure that was told before the window no longer stands for the present."""


class Record(msgspec.Struct, frozen=True):
    """What a share rests on: a deed, figure, tie or indicator, its weight in the cell, and its words. `unit` is that of the weight."""

    record_id: str
    kind: str
    day: date | None
    weight: float
    unit: str
    what: str
    evidence: str
    outlet: str | None
    document_id: str | None


class Cell(msgspec.Struct, frozen=True):
    """A rival's part of a dimension. `share`: of all rivals' weight, 0 to 1; `before`: in the window before; None where none has any."""

    rival: str
    weight: float
    share: float | None
    before: float | None
    records: tuple[Record, ...]


class Row(msgspec.Struct, frozen=True):
    """A dimension. `concentration`: Herfindahl index of the shares, 0 to 1; `left_out`: records in another unit than the row's."""

    dimension: str
    unit: str
    concentration: float | None
    cells: tuple[Cell, ...]
    left_out: tuple[Record, ...] = ()


class Rivals(msgspec.Struct, frozen=True):
    """The table of one day."""

    target: str
    states: tuple[str, ...]
    as_of: date
    window: int
    rows: tuple[Row, ...]


class Target(msgspec.Struct, frozen=True):
    """Whose relations are shared out: its code, its states, and all codes that stand for some of these."""

    code: str
    states: frozenset[str]
    codes: frozenset[str]


def make_target(code: str, year: int) -> Target:
    """A state or group with its states in a year. For a state, deeds of a small region that it belongs to are deeds with it."""
    states = find_states(code, year)
    return Target(code, states, states | {code} | (find_groups(code) if states == {code} else frozenset()))


def find_rivals(ledger: Ledger, code: str, rivals: Sequence[str], as_of: date, window: int) -> Rivals:
    """The table as known on a day. `window`: days, the last of which is that day."""
    target = make_target(code, as_of.year)
    span, past = _spans(as_of, window)
    deeds = _deeds_with(ledger, target, rivals, as_of)
    told, told_before = _read_told(ledger, target, as_of), _read_told(ledger, target, past[1])
    rows = []
    for dimension in DIMENSIONS:
        now = {rival: list(_records(told, dimension, target, rival, deeds[rival], span)) for rival in rivals}
        before = {rival: list(_records(told_before, dimension, target, rival, deeds[rival], past)) for rival in rivals}
        rows.append(make_row(dimension, now, before))
    return Rivals(code, tuple(sorted(target.states)), as_of, window, tuple(rows))


Span = tuple[date, date]
"""First and last day."""


def _spans(as_of: date, window: int) -> tuple[Span, Span]:
    """The window that ends on a day, and the one before it."""
    first = as_of - timedelta(window - 1)
    return (first, as_of), (first - timedelta(window), first - timedelta(1))


class Between(msgspec.Struct, frozen=True):
    """A deed between a rival and a target: whether it is of high level, and whether those who act for a state do it on both sides."""

    deed: Deed
    high: bool
    official: bool


def _deeds_with(ledger: Ledger, target: Target, rivals: Sequence[str], as_of: date) -> dict[str, list[Between]]:
    """The deeds that happened between each rival and a target: read once for all rivals."""
    deeds = [deed for deed in read_deeds(ledger, [rivals, target.codes], as_of) if deed.modality == "actual"]
    roles = read_roles(ledger, deeds, as_of)
    return {rival: [Between(deed, _is_high(deed, target, rival, roles), deed.joins(frozenset({rival}), target.codes, official=True))
                    for deed in deeds if deed.joins(frozenset({rival}), target.codes)] for rival in rivals}


def _is_high(deed: Deed, target: Target, rival: str, roles: Mapping[tuple[str, str], Iterable[str]]) -> bool:
    """Whether a leader or minister of either side is named, or a group of states or a body met as one (a summit)."""
    sides = target.codes | {rival}
    parties = [party for party in map(read_party, deed.parties) if party.code in sides]
    named = (rank_person(party, deed.start or date.min, roles) for party in parties)
    group = any(party.code.startswith("REG-") for party in parties)
    return group or any(rank in ("leader", "minister") for rank in named)


def _records(told: Told, dimension: Dimension, target: Target, rival: str, deeds: list[Between], span: Span) -> Iterator[Record]:
    """What a rival has of a dimension in a span."""
    if dimension.source == "deeds":
        fit = [one.deed for one in deeds if dimension.fits and dimension.fits(one.deed) and _in_span(one.deed, span)
               and (one.high or not dimension.high) and (one.official or not dimension.official)
               and (not dimension.giver or rival in find_codes(one.deed.actors))]
        yield from _weigh(fit, target, dimension.unit)
    elif dimension.source == "figures":
        yield from _figures(told, dimension, target, rival)
    else:
        yield from _ties(told, dimension.kinds, target, rival, span)


def _in_span(deed: Deed, span: Span) -> bool:
    """Whether a deed lies in a span with all its days: one that is known by the year alone is in no shorter window."""
    return bool(deed.start and deed.end and span[0] <= deed.start and deed.end <= span[1])


def _weigh(deeds: list[Deed], target: Target, unit: str) -> Iterator[Record]:
    """Deeds with their weights. In state-days: each state of the target once a day, so that a deed that is told twice and was not joined
    counts once, and a summit with five states counts five; deeds that are known to the day come first."""
    taken: set[tuple[str, date]] = set()
    for deed in sorted(deeds, key=lambda deed: (not deed.exact, not deed.dated, deed.start or date.max, deed.deed_id)):
        states = {state for code in find_codes(deed.parties) & target.codes for state in _share(code, target, deed)}
        assert deed.start is not None
        fresh = {(state, deed.start) for state in states if not _covered(state, deed, taken)}
        taken |= fresh
        weight = float(len(fresh)) if unit == "state-days" else 1.0
        yield Record(deed.deed_id, "deed", deed.start, weight, unit, deed.summary, deed.evidence, deed.outlet, deed.document_id)


def _covered(state: str, deed: Deed, taken: set[tuple[str, date]]) -> bool:
    """Whether a counted day of a state may be a deed's: the same, one of its month or year, or one before a day of publication."""
    assert deed.start is not None and deed.end is not None
    first = deed.start if deed.dated else deed.start - RETOLD
    last = deed.start if deed.exact else deed.end
    return any(other == state and first <= day <= last for other, day in taken)


def _share(code: str, target: Target, deed: Deed) -> frozenset[str]:
    """The states of a target that a code stands for in a deed."""
    return find_states(code, deed.start.year if deed.start else date.max.year) & target.states or frozenset({code})


class Told(msgspec.Struct, frozen=True):
    """What could be known on a day of a target's figures and ties of all dimensions: read once, since a table asks for each cell."""

    figures: list[dict[str, Any]]
    ties: list[dict[str, Any]]


def _read_told(ledger: Ledger, target: Target, known: date) -> Told:
    codes = sorted(target.codes)
    kinds = {source: [kind for dimension in DIMENSIONS if dimension.source == source for kind in dimension.kinds] for source in SOURCES}
    since = known.replace(year=known.year - FIGURE_YEARS, day=min(known.day, 28))
    figures = ("SELECT figure_id, measure, subject_code, subject, partner, value, unit, bound, period, published, outlet, document_id, "
               "evidence FROM figures WHERE list_contains(?, measure) AND (list_contains(?, subject_code) OR list_contains(?, partner)) "
               "AND published >= ? ORDER BY period NULLS FIRST, published, figure_id")
    ties = ("SELECT * FROM ties WHERE list_contains(?, relation) AND modality = 'actual' "
            "AND (list_contains(?, subject_code) OR list_contains(?, object_code)) ORDER BY published, tie_id")
    return Told(ledger.query(figures, [kinds["figures"], codes, codes, since], as_of=known).to_pylist(),
                ledger.query(ties, [kinds["ties"], codes, codes], as_of=known).to_pylist())


def _figures(told: Told, dimension: Dimension, target: Target, rival: str) -> Iterator[Record]:
    """The newest figure between a rival and a target: of the group as a whole where there is one, else of each of its states."""
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for row in told.figures:
        subject, partner = row["subject_code"], row["partner"]
        fits = row["measure"] in dimension.kinds and (subject == rival or not dimension.giver)
        if fits and ((subject == rival and partner in target.codes) or (partner == rival and subject in target.codes)):
            newest[partner if subject == rival else subject, row["measure"]] = row
    whole = {measure for code, measure in newest if code == target.code}
    for (code, measure), row in newest.items():
        if code == target.code or measure not in whole:
            period = f" ({row['period']})" if row["period"] else ""
            value = f"{row['bound'].replace('=', '')}{row['value']:,.0f} {row['unit']}"
            what = f"{measure} {row['subject']} – {row['partner']}: {value}{period}"
            yield Record(row["figure_id"], "figure", row["published"], row["value"], row["unit"], what, row["evidence"], row["outlet"],
                         row["document_id"])


def _ties(told: Told, relations: tuple[str, ...], target: Target, rival: str, span: Span) -> Iterator[Record]:
    """The standing ties between a rival and a target, each once: the newest report of it that could be known."""
    newest: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in told.ties:
        subject, other = row["subject_code"], row["object_code"]
        stands = (row["end"] is None or row["end"] >= span[0]) and (row["start"] is None or row["start"] <= span[1])
        between = (subject == rival and other in target.codes) or (other == rival and subject in target.codes)
        if row["relation"] in relations and stands and between:
            newest[row["relation"], *sorted((subject, other))] = row
    for row in newest.values():
        yield Record(row["tie_id"], "tie", row["published"], 1.0, "ties", f"{row['subject']} {row['relation']} {row['object']}",
                     row["evidence"], row["outlet"], row["document_id"])


def make_row(dimension: Dimension, now: dict[str, list[Record]], before: dict[str, list[Record]]) -> Row:
    """A dimension's cells. Only records of one unit are shared out: that of the most rivals, then of the most records."""
    unit = _main_unit(now) or dimension.unit
    shares, past = find_shares(now, unit), find_shares(before, unit)
    if dimension.source == "figures" and _with_weight(shares) != _with_weight(past):
        past = {}  # a rival of which a figure is told for the first time did not begin to trade then
    cells = tuple(Cell(rival, sum(r.weight for r in rows if r.unit == unit), shares.get(rival), past.get(rival),
                       tuple(r for r in rows if r.unit == unit)) for rival, rows in now.items())
    concentration = sum(share**2 for share in shares.values()) if shares else None
    return Row(dimension.name, unit, concentration, cells, tuple(r for rows in now.values() for r in rows if r.unit != unit))


def _with_weight(shares: dict[str, float]) -> set[str]:
    return {rival for rival, share in shares.items() if share}


def _main_unit(now: dict[str, list[Record]]) -> str | None:
    found: dict[str, list[str]] = {}
    for rival, rows in now.items():
        for record in rows:
            found.setdefault(record.unit, []).append(rival)
    return max(sorted(found), key=lambda unit: (len(set(found[unit])), len(found[unit])), default=None)


def find_shares(cells: dict[str, list[Record]], unit: str) -> dict[str, float]:
    """Each rival's share of the weight in a unit; nothing where there is no weight."""
    weights = {rival: sum(r.weight for r in rows if r.unit == unit) for rival, rows in cells.items()}
    total = sum(weights.values())
    return {rival: weight / total for rival, weight in weights.items()} if total else {}
