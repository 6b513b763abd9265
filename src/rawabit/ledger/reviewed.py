"""Views of records with their reviews applied: rejected records are gone, corrected columns hold what the reviewer wrote."""
from __future__ import annotations

import pyarrow as pa

from rawabit.ledger.schema import TABLES

FIXED = ("recorded_at", "published", "outlet", "document_id", "reading_id", "gist")
"""Columns that a reviewer cannot correct: they tell where a record comes from."""


def find_correctable(name: str, key: str) -> tuple[str, ...]:
    """The columns of a table that a reviewer may correct."""
    return tuple(column for column in TABLES[name].names if column != key and column not in FIXED)


def make_record_view(name: str, key: str, reviewed: bool) -> str:
    """The SQL that makes the view of a table of records."""
    if not reviewed:
        return (f"CREATE TEMP VIEW {name} AS SELECT *, NULL::VARCHAR AS judgement FROM raw_{name} "
                "ANTI JOIN excluded USING (reading_id, recorded_at)")
    schema = TABLES[name].schema
    columns = ", ".join(_corrected(schema.field(column)) for column in find_correctable(name, key))
    return (f"CREATE TEMP VIEW {name} AS SELECT r.* REPLACE ({columns}), judged.judgement FROM raw_{name} r "
            "ANTI JOIN excluded ON excluded.reading_id = r.reading_id AND excluded.recorded_at = r.recorded_at "
            f"LEFT JOIN judged ON judged.record_id = r.{key} "
            "WHERE judged.judgement IS DISTINCT FROM 'reject'")


def _corrected(field: pa.Field) -> str:
    """A column, or what its correction says."""
    path = f"'$.{field.name}'"
    name = f'"{field.name}"'
    if pa.types.is_list(field.type):
        value = f"from_json(json_extract(judged.correction, {path}), '[\"VARCHAR\"]')"
    else:
        value = f"CAST(json_extract_string(judged.correction, {path}) AS {_sql_type(field.type)})"
    return f"CASE WHEN json_exists(judged.correction, {path}) THEN {value} ELSE r.{name} END AS {name}"


def _sql_type(kind: pa.DataType) -> str:
    names = {pa.string(): "VARCHAR", pa.date32(): "DATE", pa.float64(): "DOUBLE", pa.int32(): "INTEGER", pa.bool_(): "BOOLEAN"}
    return names[kind]
