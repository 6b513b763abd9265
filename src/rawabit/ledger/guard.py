"""What a query typed by a person may be: one SELECT over the documented views.

DuckDB's own parser says what the query is; every table and table function in it is held against a list. Files, settings, other
databases and the tables behind the views stay out of reach. (`ledger.close_doors` shuts the files a second time.)
"""
from __future__ import annotations

from typing import Any

import duckdb
import msgspec

from rawabit.ledger.meanings import VIEWS
from rawabit.model import LedgerError

FUNCTIONS = frozenset({"unnest", "range", "generate_series", "repeat"})
"""Table functions that read nothing."""
NEXT = "Write one SELECT over the views that `rawabit sql --schema` lists."


def check_query(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    """Raises LedgerError for what is not one SELECT over the views."""
    found = connection.execute("SELECT json_serialize_sql(?)", [text]).fetchone()
    assert found is not None
    parsed = msgspec.json.decode(found[0])
    if parsed["error"]:
        parser = parsed.get("error_type") == "parser"
        raise LedgerError(f"that is no SQL: {parsed['error_message']}. {NEXT}" if parser else f"only SELECT is answered here. {NEXT}")
    if len(parsed["statements"]) != 1:
        raise LedgerError(f"{len(parsed['statements'])} statements were given. {NEXT}")
    _check_node(parsed["statements"][0], frozenset(VIEWS))


def _check_node(node: Any, known: frozenset[str]) -> None:
    """Walks the tree of a query. `known`: the views and the names that WITH gives in the branch above."""
    if isinstance(node, list):
        for part in node:
            _check_node(part, known)
    if not isinstance(node, dict):
        return
    for entry in (node.get("cte_map") or {}).get("map", ()):
        _check_node(entry["value"], known)
        known |= {entry["key"].lower()}
    _check_source(node, known)
    for name, part in node.items():
        if name != "cte_map":
            _check_node(part, known | _find_own(node) if name == "right" else known)


def _find_own(node: dict[str, Any]) -> frozenset[str]:
    """The name by which the second part of a WITH RECURSIVE means itself; in any other place the name means what it meant before."""
    return frozenset({node["cte_name"].lower()} if node.get("type") == "RECURSIVE_CTE_NODE" else ())


def _check_source(node: dict[str, Any], known: frozenset[str]) -> None:
    """Holds a place that rows come from against what is known."""
    kind = node.get("type")
    if kind == "BASE_TABLE":
        name = ".".join(filter(None, (node["catalog_name"], node["schema_name"], node["table_name"])))
        if name.lower() not in known:
            raise LedgerError(f"there is no view {name!r}. {NEXT}")
    elif kind == "TABLE_FUNCTION":
        function = str(node["function"]["function_name"])
        if function.lower() not in FUNCTIONS:
            raise LedgerError(f"{function}() reads something other than the ledger. {NEXT}")
    elif kind == "SHOW_REF":
        raise LedgerError("DESCRIBE, SUMMARIZE and SHOW are not answered here. `rawabit sql --schema` lists the views and their columns.")
