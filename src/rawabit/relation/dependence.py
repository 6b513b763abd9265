"""On whom a state depends, by what is measured and what stands: each value with its year, its source and who says so.

Three kinds stand beside each other and are never added up: figures that reports tell, ties that reports assert, indicators that the user
imported. Contradictions stay: of two reports that give two shares for one year both are shown. Judges nothing, converts nothing.
"""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger

MEASURES = ("trade_share", "trade_value", "remittances_gdp_share", "migrant_workers", "loan_value", "aid_value", "investment_value",
            "arms_value", "troops", "tariff_rate", "companies")
"""What is told of one state and another that makes the one depend on the other."""
RELATIONS = ("hosts_base_of", "arms_supplier_of", "top_trade_partner_of", "member_of", "ally", "occupies")


class Dependence(msgspec.Struct, frozen=True):
    """A value or tie between a state and another. `kind`: figure, tie or indicator. `says`: whom the report credits."""

    kind: str
    measure: str
    other: str | None
    subject: str
    partner: str | None
    value: float | None
    unit: str | None
    bound: str | None
    period: str | None
    says: str | None
    source: str | None
    published: date | None
    record_id: str
    evidence: str | None


def find_dependence(ledger: Ledger, code: str, on: str | None, as_of: date) -> list[Dependence]:
    """What was known on a day: measure by measure, other by other, the newest period first."""
    found = [*_figures(ledger, code, as_of), *_indicators(ledger, code, as_of), *_ties(ledger, code, as_of)]
    return sorted((row for row in found if on is None or row.other == on), key=_order)


def _order(row: Dependence) -> tuple[Any, ...]:
    order = (*MEASURES, *RELATIONS)
    place = order.index(row.measure) if row.measure in order else len(order)
    newest = tuple(-int(part) for part in (row.period or "0").split("/")[0].split("-"))
    return place, row.measure, row.other or "", newest, row.published or date.min, row.record_id


def _figures(ledger: Ledger, code: str, as_of: date) -> Iterator[Dependence]:
    sql = "SELECT * FROM figures WHERE list_contains(?, measure) AND (subject_code = ? OR partner = ?)"
    for row in ledger.query(sql, [list(MEASURES), code, code], as_of=as_of).to_pylist():
        other = row["partner"] if row["subject_code"] == code else row["subject_code"]
        if other and other != code:
            yield Dependence("figure", row["measure"], other, row["subject"], row["partner"], row["value"], row["unit"], row["bound"],
                             row["period"], row["attribution"], row["outlet"], row["published"], row["figure_id"], row["evidence"])


def _indicators(ledger: Ledger, code: str, as_of: date) -> Iterator[Dependence]:
    for row in ledger.query("SELECT * FROM indicators WHERE subject = ? OR partner = ?", [code, code], as_of=as_of).to_pylist():
        other = row["partner"] if row["subject"] == code else row["subject"]
        yield Dependence("indicator", row["measure"], other, row["subject"], row["partner"], row["value"], row["unit"], "=", row["period"],
                         None, row["source"], row["known_from"], row["indicator_id"], None)


def _ties(ledger: Ledger, code: str, as_of: date) -> Iterator[Dependence]:
    """The ties in force, each once, by the newest report of it."""
    sql = ("SELECT * FROM ties WHERE list_contains(?, relation) AND (subject_code = ? OR object_code = ?) AND modality = 'actual' "
           "AND subject_code <> object_code AND (\"end\" IS NULL OR \"end\" >= ?) ORDER BY published, tie_id")
    rows = ledger.query(sql, [list(RELATIONS), code, code, as_of], as_of=as_of).to_pylist()
    newest = {(row["relation"], row["subject_code"], row["object_code"]): row for row in rows}
    for row in newest.values():
        other = row["object_code"] if row["subject_code"] == code else row["subject_code"]
        yield Dependence("tie", row["relation"], other, row["subject"], row["object"], None, None, None,
                         str(row["start"].year) if row["start"] else None, None, row["outlet"], row["published"], row["tie_id"],
                         row["evidence"])
