"""What became of what was announced: `outcome` of deeds whose tellings are made here."""
from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from rawabit.ledger.meanings import VIEWS
from rawabit.ledger.views import find_sql

DAY = date(2018, 6, 12)
EARLY, BEFORE, AFTER, LATE = date(2018, 6, 1), date(2018, 6, 5), date(2018, 6, 13), date(2018, 6, 20)
Telling = tuple[str, date | None, date | None]
"""Modality, day of publication, day of the deed by words of the report."""


def find_deed(tellings: list[Telling], last: date | None) -> dict[str, Any]:
    """The deed that some tellings tell, in a ledger whose last report was published on a day (None: none says when)."""
    empty = {"deed_id": "d", "type": "CONSULT", "codes": ["PRK", "USA"], "actors": ["PRK", "USA"], "recipients": [], "contexts": []}
    rows = [{**empty, "event_id": str(n), "document_id": str(n), "modality": modality, "published": published, "start": day, "end": day,
             "dated": day is not None, "precision": day and "day"} for n, (modality, published, day) in enumerate(tellings)]
    connection = duckdb.connect()
    connection.register("given", pa.Table.from_pylist(rows, schema=pa.schema([(c.name, c.type) for c in VIEWS["tellings"].columns])))
    connection.execute("CREATE TABLE tellings AS SELECT * FROM given")
    connection.execute("CREATE TABLE documents AS SELECT ?::DATE AS published, ?::DATE AS known_from", [last, last or LATE])
    connection.execute(find_sql("deeds"))
    (deed,) = connection.sql("SELECT * FROM deeds").to_arrow_table().to_pylist()
    return deed  # type: ignore[no-any-return]


@pytest.mark.parametrize("last, outcome", [(BEFORE, "planned"), (DAY, "planned"), (AFTER, "not told to have happened"),
                                           (None, "not told to have happened")])
def test_a_day_that_no_report_reaches_has_not_passed(last: date | None, outcome: str) -> None:
    assert find_deed([("future", EARLY, DAY)], last)["outcome"] == outcome


@pytest.mark.parametrize("tellings, outcome, announced", [
    ([("future", EARLY, DAY), ("actual", AFTER, DAY)], "happened", EARLY),
    ([("future", DAY, DAY), ("actual", AFTER, DAY)], "happened", DAY),
    ([("future", EARLY, None), ("actual", AFTER, DAY)], "happened", EARLY),
    ([("future", EARLY, date(2018, 6, 10)), ("actual", AFTER, DAY)], "moved", EARLY),
    ([("future", EARLY, date(2018, 6, 10)), ("future", BEFORE, DAY), ("actual", AFTER, DAY)], "happened", EARLY),
    ([("future", EARLY, DAY), ("hypothetical", BEFORE, date(2018, 6, 10)), ("actual", AFTER, DAY)], "happened", EARLY),
    ([("future", EARLY, None), ("actual", AFTER, DAY), ("future", LATE, date(2018, 6, 25))], "happened", EARLY),
    ([("actual", AFTER, DAY), ("future", LATE, date(2018, 6, 25))], None, None),
    ([("future", AFTER, date(2018, 6, 15)), ("actual", LATE, DAY)], None, None),
    ([("future", EARLY, DAY), ("negated", BEFORE, DAY)], "cancelled", EARLY),
    ([("actual", AFTER, DAY)], None, None)])
def test_a_plan_is_told_before_its_deed(tellings: list[Telling], outcome: str | None, announced: date | None) -> None:
    deed = find_deed(tellings, LATE)
    assert (deed["outcome"], deed["announced"]) == (outcome, announced)


def test_the_day_of_a_deed_is_the_one_that_most_tellings_give() -> None:
    tellings: list[Telling] = [("actual", EARLY, EARLY), ("actual", AFTER, DAY), ("actual", LATE, DAY)]
    assert find_deed(tellings, LATE)["start"] == DAY
    assert find_deed(tellings[:2], LATE)["start"] == EARLY, "the first told, where as many give one day as the other"
