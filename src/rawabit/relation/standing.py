"""Where all pairs of a state stand, or all pairs of a ledger, from one reading of their deeds: for lists and tables of many pairs.

What is told of one pair alone is in `series` and `phases`; here the same is asked of many at once, since reading each by itself takes a
tenth of a second. A test holds both to the same answers.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger, Moment
from rawabit.relation.deeds import NOBODY, Deed, read_all_deeds, read_deeds
from rawabit.relation.movers import group_pairs
from rawabit.relation.phases import Phase, make_phases
from rawabit.relation.series import HALF_LIFE, LOOK_BACK, MEMORY, find_day, make_series
from rawabit.relation.sides import Sides, find_pairs, make_side
from rawabit.relation.told import MAIN, PART, Saying, find_meetings, find_sayings

Pairs = Mapping[str, Sequence[Deed]]
"""Deeds by pair of codes (`AZE|RUS`)."""


class Standing(msgspec.Struct, frozen=True):
    """Where a code stands with another on a day. `count`: deeds that happened; `last`: day of the newest; `phase`: None where it was not
    asked for; `deeds`: all between the two."""

    pair: tuple[str, str]
    count: int
    last: date | None
    temperature: float
    phase: Phase | None
    deeds: tuple[Deed, ...]


def read_pairs(ledger: Ledger, as_of: Moment | None = None) -> dict[str, list[Deed]]:
    """The deeds of all pairs of codes that have a day."""
    return group_pairs(read_all_deeds(ledger, as_of))


def keep_pairs(ledger: Ledger, as_of: Moment | None = None) -> dict[str, list[Deed]]:
    """The same, read once by a ledger that holds its views. Not to be changed."""
    return ledger.keep("pairs", lambda: read_pairs(ledger, as_of), as_of)


def try_sides(one: str, other: str, year: int) -> Sides | None:
    """The members of both; None for a state and its own region or body, which are no two sides."""
    sides = make_side(one, year), make_side(other, year)
    return None if sides[0].codes & sides[1].codes else sides


def join_deeds(pairs: Pairs, sides: Sides) -> tuple[Deed, ...]:
    """The deeds between the members of two sides, each once."""
    return tuple({deed.deed_id: deed for pair in find_pairs(sides) for deed in pairs.get(pair, ())}.values())


def find_temperature(deeds: Sequence[Deed], until: date) -> float:
    """The temperature of a pair at the end of a day: the sum that `series.find_temperatures`, walking over all days, comes to. Of a deed's
    heat there is left after n days what halved, less what the level that it raised took off each day since."""
    first = min((min(deed.first_told, until) for deed in deeds if deed.first_told), default=until) - timedelta(LOOK_BACK)
    fast, slow = 0.5 ** (1 / HALF_LIFE), 0.5 ** (1 / MEMORY)
    days = [(deed.heat, (until - deed.own_day).days) for deed in deeds if deed.modality == "actual" and first <= deed.own_day <= until]
    return sum((heat * (fast**n - (1 - slow) * (slow**n - fast**n) / (slow - fast)) for heat, n in days), 0.0)


def read_standings(ledger: Ledger, code: str, as_of: Moment | None = None) -> list[Standing]:
    """Where a code, or the members of a group, stand with all others, the most active first; without phases."""
    until = find_day(ledger, as_of)
    own = make_side(code, until.year).codes
    pairs = group_pairs(read_deeds(ledger, [own], as_of))
    others = sorted({one for pair in pairs for one in pair.split("|")} - own - {NOBODY})
    sides = [(other, found) for other in others if (found := try_sides(code, other, until.year))]
    made = [_stand((code, other), join_deeds(pairs, one), until) for other, one in sides]
    return sorted((one for one in made if one.deeds), key=lambda one: (-one.count, one.pair))


def _stand(pair: tuple[str, str], deeds: tuple[Deed, ...], until: date) -> Standing:
    happened = [deed.own_day for deed in deeds if deed.modality == "actual" and deed.own_day <= until]
    return Standing(pair, len(happened), max(happened, default=None), find_temperature(deeds, until), None, deeds)


def find_phases(ledger: Ledger, standings: Sequence[Standing], as_of: Moment | None = None) -> list[Standing]:
    """The same with the phase that each pair is in; all of one code."""
    until = find_day(ledger, as_of)
    sides = {one.pair: found for one in standings if (found := try_sides(*one.pair, until.year))}
    sayings, praise = _read_sayings(ledger, sides, until, as_of), _read_praise(ledger, until, as_of) if sides else []
    return [msgspec.structs.replace(one, phase=_find_phase(one, sides[one.pair], sayings.get(one.pair, []), praise, until))
            for one in standings]


def _find_phase(one: Standing, sides: Sides, sayings: Sequence[Saying], praise: Sequence[dict[str, Any]], until: date) -> Phase:
    series = make_series(one.pair, one.deeds, None, until)
    first, second = ({row["day"] for row in praise if row["speaker_code"] in mine and not theirs.isdisjoint(row["about"])}
                     for mine, theirs in ((sides[0].codes, sides[1].codes), (sides[1].codes, sides[0].codes)))
    return make_phases(series, sayings, find_meetings(series.deeds, first, second))[-1]


def _read_praise(ledger: Ledger, until: date, as_of: Moment | None) -> list[dict[str, Any]]:
    """Good words of anybody: one in forty statements."""
    sql = "SELECT published AS day, speaker_code, about FROM statements WHERE stance = 'positive' AND published <= ?"
    rows: list[dict[str, Any]] = ledger.query(sql, [until], as_of).to_pylist()
    return rows


def _read_sayings(ledger: Ledger, sides: Mapping[tuple[str, str], Sides], until: date,
                  as_of: Moment | None) -> dict[tuple[str, str], list[Saying]]:
    """By pair of codes: as `told.read_sayings`."""
    own = {pair: set(find_pairs(both)) for pair, both in sides.items()}
    about = _find_reports(ledger, own, as_of)
    texts = ("SELECT reading_id, document_id, published, language, title || chr(10) || text AS content FROM documents "
             "WHERE reading_id IN (SELECT unnest(?::VARCHAR[])) AND published <= ? ORDER BY published, document_id")
    out: dict[tuple[str, str], list[Saying]] = {}
    for row in ledger.query(texts, [list(about), until], as_of).to_pylist() if about else ():
        for pair, main in about[row["reading_id"]].items():
            told = find_sayings(row["document_id"], row["published"], row["language"], row["content"], sides[pair], main)
            out.setdefault(pair, []).extend(told)
    return out


def _find_reports(ledger: Ledger, own: Mapping[tuple[str, str], set[str]], as_of: Moment | None) -> dict[str, dict[tuple[str, str], bool]]:
    """By reading the pairs that a part of its deeds are of, and whether most are."""
    keys = list(own)
    asked = [(number, pair) for number, key in enumerate(keys) for pair in sorted(own[key])]
    rows = ledger.query(SHARES, [[number for number, _ in asked], [pair for _, pair in asked], PART], as_of).to_pylist()
    found: dict[str, dict[tuple[str, str], bool]] = {}
    for row in rows:
        found.setdefault(row["reading_id"], {})[keys[row["key"]]] = row["share"] >= MAIN
    return found


SHARES = """
WITH asked AS (SELECT unnest(?::INTEGER[]) AS key, unnest(?::VARCHAR[]) AS pair),
own AS (SELECT reading_id, key, count(DISTINCT event_id) AS n FROM dyads JOIN asked USING (pair) GROUP BY ALL),
whole AS (SELECT reading_id, count(DISTINCT event_id) AS n FROM dyads SEMI JOIN own USING (reading_id) GROUP BY ALL)
SELECT reading_id, key, own.n / whole.n AS share FROM own JOIN whole USING (reading_id) WHERE share >= ? ORDER BY ALL
"""
"""By reading and pair asked for, the share of the reading's deeds that is of the pair."""
