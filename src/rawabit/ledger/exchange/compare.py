"""Two sources side by side: on how many dyad-days they agree, how much of each the other has, whether they rank dyads alike.

Dyads are unordered pairs of two different states. Both are cut to the days that both cover, unless the days are given. Judges neither: two
sources that agree may both be wrong.
"""
from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import msgspec

from rawabit.ledger.exchange.sides import Side
from rawabit.ledger.views import find_sql
from rawabit.model import InputError

QUADS = ("all", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
DYADS = """
WITH counts AS (SELECT pair, sum(n) FILTER (side = 'a') AS a, sum(n) FILTER (side = 'b') AS b
                FROM (SELECT 'a' AS side, * FROM side_a UNION ALL SELECT 'b', * FROM side_b)
                WHERE day BETWEEN $since AND $until GROUP BY pair)
SELECT pair, coalesce(a, 0)::BIGINT AS a, coalesce(b, 0)::BIGINT AS b,
       coalesce(a, 0) / greatest(1, sum(a) OVER ()) - coalesce(b, 0) / greatest(1, sum(b) OVER ()) AS difference
FROM counts QUALIFY difference <> 0 ORDER BY abs(difference) DESC, pair LIMIT $top
"""
ONLY = """
SELECT day, pair, sum(n)::BIGINT AS n FROM $here h WHERE day BETWEEN $since AND $until
AND NOT EXISTS (SELECT 1 FROM $there t WHERE t.day = h.day AND t.pair = h.pair) GROUP BY ALL ORDER BY n DESC, day, pair LIMIT $top
"""


class Agreement(msgspec.Struct, frozen=True):
    """One quad class. `recall_a`: the share of A's dyad-days that B has too; `recall_b` the other way round.

    `spearman` ranks all dyads that either has, `spearman_both` those that both have. None where there is nothing to divide or to rank.
    """

    quad: str
    dyads: int
    events_a: int
    events_b: int
    days_a: int
    days_b: int
    both: int
    jaccard: float | None
    recall_a: float | None
    recall_b: float | None
    spearman: float | None
    dyads_both: int
    spearman_both: float | None


class Difference(msgspec.Struct, frozen=True):
    """A dyad with its events in A and in B. `difference`: its share of A's events less its share of B's."""

    pair: str
    a: int
    b: int
    difference: float


class DyadDay(msgspec.Struct, frozen=True):
    """A dyad-day that one source has and the other lacks, with its events."""

    day: date
    pair: str
    n: int


class Comparison(msgspec.Struct, frozen=True):
    """What came of a comparison. `passed_a` and `passed_b`: what of each side was left out, of all days, by reason."""

    a: str
    b: str
    since: date
    until: date
    agreement: tuple[Agreement, ...]
    differences: tuple[Difference, ...]
    only_a: tuple[DyadDay, ...]
    only_b: tuple[DyadDay, ...]
    passed_a: dict[str, int]
    passed_b: dict[str, int]


def compare(a: Side, b: Side, since: date | None = None, until: date | None = None, pairs: tuple[str, ...] = (),
            top: int = 10) -> Comparison:
    """Holds A against B. `pairs`: only these dyads, each `AZE|RUS`. Raises InputError where the two have no days in common."""
    connection = duckdb.connect()
    for name, side in (("side_a", a), ("side_b", b)):
        connection.register(f"{name}_rows", side.rows)
        asked = f" WHERE pair IN ({', '.join(repr(pair) for pair in pairs)})" if pairs else ""
        connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {name}_rows{asked}")
    first, last = _find_days(connection, a, b, since, until)

    def rows(sql: str, **more: object) -> list[dict[str, Any]]:
        for key, value in {"since": f"DATE '{first}'", "until": f"DATE '{last}'", "top": top, **more}.items():
            sql = sql.replace(f"${key}", str(value))
        found: list[dict[str, Any]] = connection.sql(sql).to_arrow_table().to_pylist()
        return found

    def only(here: str, there: str) -> tuple[DyadDay, ...]:
        return tuple(DyadDay(**row) for row in rows(ONLY, here=here, there=there))

    by_quad = {row["quad"]: row for row in rows(find_sql("compare"))}
    return Comparison(
        a.name, b.name, first, last, tuple(_make_agreement(name, by_quad.get(quad)) for quad, name in enumerate(QUADS)),
        tuple(Difference(**row) for row in rows(DYADS)),
        only("side_a", "side_b"), only("side_b", "side_a"), a.passed, b.passed)


def _find_days(connection: duckdb.DuckDBPyConnection, a: Side, b: Side, since: date | None, until: date | None) -> tuple[date, date]:
    """The days asked for; where they are open, those that both sides cover."""
    spans = [connection.execute(f"SELECT min(day), max(day) FROM {name}").fetchall()[0] for name in ("side_a", "side_b")]
    for side, span in zip((a, b), spans, strict=True):
        if span[0] is None:
            raise InputError(f"{side.name} has no event between two states. Check the source, and --pairs if you gave any.")
    first = since or max(span[0] for span in spans)
    last = until or min(span[1] for span in spans)
    if first > last:
        raise InputError(f"{a.name} and {b.name} have no days in common. Import events of the same time, or give --since and --until.")
    return first, last


def _make_agreement(quad: str, row: dict[str, Any] | None) -> Agreement:
    if row is None:
        return Agreement(quad, 0, 0, 0, 0, 0, 0, None, None, None, None, 0, None)
    both, size_a, size_b = row["in_both"], row["days_a"], row["days_b"]
    return Agreement(quad, row["dyads"], row["events_a"], row["events_b"], size_a, size_b, both, _share(both, row["in_either"]),
                     _share(both, size_a), _share(both, size_b), row["spearman"], row["dyads_both"], row["spearman_both"])


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
