"""Deeds, figures and ties as rows of the ledger's tables, so that a test says what it knows and nothing is read from text."""
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from rawabit.ledger.schema import TABLES
from rawabit.ledger.store import Store

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
EMPTY: dict[Any, Any] = {pa.string(): "", pa.int32(): 0, pa.float64(): 0.0, pa.bool_(): True, pa.date32(): date(2025, 1, 1),
                         pa.timestamp("us", tz="UTC"): MOMENT}


def make_row(table: str, **given: Any) -> dict[str, Any]:
    """A row with what is given; other columns that may not be null hold something without meaning."""
    out: dict[str, Any] = {"recorded_at": MOMENT}
    for column in TABLES[table].columns:
        if column.key and column.name not in out:
            out[column.name] = EMPTY.get(column.type, [])
    unknown = given.keys() - {column.name for column in TABLES[table].columns}
    assert not unknown, unknown
    return {**out, **given}


class Maker:
    """Gathers rows, each of a report of its own, and writes them as a ledger."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}

    def _report(self, published: date) -> dict[str, Any]:
        number = len(self.rows["readings"])
        self.rows["readings"].append(make_row("readings", reading_id=f"r{number}", document_id=f"d{number}", known_from=published))
        self.rows["documents"].append(make_row("documents", document_id=f"d{number}", published=published, outlet="test",
                                               family=f"d{number}"))
        return {"reading_id": f"r{number}", "document_id": f"d{number}", "published": published, "outlet": "test"}

    def deed(self, type: str, actors: str, recipients: str = "", day: str = "2025-01-01", until: str | None = None, told: str | None = None,
             modality: str = "actual", mode: str | None = None, dated: bool = True, **more: Any) -> str:
        """A deed of one telling; parties are separated by bars. Its id."""
        who, whom = ([part for part in text.split("|") if part] for text in (actors, recipients))
        start, end = date.fromisoformat(day), date.fromisoformat(until or day)
        report = self._report(date.fromisoformat(told or day))
        name = f"e{len(self.rows['events'])}"
        codes = sorted({part.partition(":")[0].partition("/")[0] for part in (*who, *whom)})
        self.rows["events"].append(make_row(
            "events", event_id=name, type=type, mode=mode, modality=modality, actors=who, recipients=whom, codes=codes, start=start,
            end=end, dated=dated, precision="day" if start == end else "range", evidence=f"words of {name}",
            quad={"ACCUSE": 3, "REQUEST": 3, "ASSAULT": 4}.get(type, 1), **report, **more))
        self.rows["deeds"].append(make_row("deeds", deed_id=name, event_id=name, reading_id=report["reading_id"], score=1.0,
                                           known_from=report["published"]))
        return name

    def figure(self, measure: str, subject: str, partner: str, value: float, unit: str = "USD", period: str = "2024",
               told: str = "2025-01-01") -> str:
        """A figure. Its id."""
        name = f"f{len(self.rows['figures'])}"
        self.rows["figures"].append(make_row("figures", figure_id=name, measure=measure, subject=subject, subject_code=subject,
                                             partner=partner, value=value, unit=unit, bound="=", period=period,
                                             evidence=f"words of {name}", **self._report(date.fromisoformat(told))))
        return name

    def tie(self, relation: str, subject: str, object: str, told: str = "2025-01-01", modality: str = "actual", **more: Any) -> str:
        """A tie. Its id."""
        name = f"t{len(self.rows['ties'])}"
        self.rows["ties"].append(make_row("ties", tie_id=name, relation=relation, subject=subject, object=object, subject_code=subject,
                                          object_code=object, modality=modality, evidence=f"words of {name}",
                                          **self._report(date.fromisoformat(told)), **more))
        return name

    def write(self, place: str) -> str:
        """The ledger, at this place."""
        store = Store(place)
        store.create()
        for name, rows in self.rows.items():
            store.append(name, pa.Table.from_pylist(rows, schema=TABLES[name].schema))
        return place
