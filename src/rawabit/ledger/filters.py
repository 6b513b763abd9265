"""What a question may narrow down, and the query that it becomes."""
from __future__ import annotations

from datetime import date
from typing import Any

import msgspec


class Filters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`between`: both codes take part. `actor`: a code, or a code with sector or name. `since`, `until`: days of the deed (of publication
    for what has none), both included. `contains`: words in the evidence or text. A code that ends in a hyphen (`REG-`) stands for all
    that begin with it.
    """

    between: tuple[str, str] | None = None
    actor: str | None = None
    type: str | None = None
    modality: str | None = None
    since: date | None = None
    until: date | None = None
    said_by: str | None = None
    outlet: str | None = None
    contains: str | None = None
    document: str | None = None
    limit: int | None = None


DATES = {"deeds": "coalesce(start, first_told)", "tellings": "coalesce(start, published)", "events": "coalesce(start, published)",
         "ties": "coalesce(start, published)", "statements": "published", "figures": "published", "people": "published",
         "documents": "published", "dyads": "day"}
KINDS = {"deeds": "type", "tellings": "type", "events": "type", "dyads": "type", "ties": "relation", "figures": "measure",
         "statements": "stance", "people": "sector"}
"""The column that `type` narrows down."""
CODES = {"deeds": "codes", "tellings": "codes", "events": "codes",
         "statements": "list_concat([speaker_code], about)", "figures": "[subject_code, coalesce(partner, '')]",
         "ties": "[subject_code, object_code]", "people": "[code]", "dyads": "string_split(pair, '|')"}
PARTIES = {"deeds": "list_concat(actors, recipients)", "tellings": "list_concat(actors, recipients)",
           "events": "list_concat(actors, recipients)", "statements": "[speaker]", "figures": "[subject]", "ties": "[subject, object]",
           "people": "[code || '/' || sector || ':' || english]"}
SAYERS = {"deeds": "attribution", "tellings": "attribution", "events": "attribution", "statements": "speaker", "figures": "attribution"}
TEXTS = {"documents": "title || ' ' || text"}
ORDERS = {"documents": "document_id", "deeds": "deed_id", "tellings": "event_id", "events": "event_id", "statements": "statement_id",
          "figures": "figure_id", "ties": "tie_id", "people": "person_id"}


def make_query(view: str, filters: Filters) -> tuple[str, list[Any]]:
    """The SQL and its parameters. Raises ValueError for a filter that the view has no column for."""
    tests: list[str] = []
    values: list[Any] = []

    def test(sql: str, *given: Any) -> None:
        tests.append(sql)
        values.extend(given)

    if filters.between:
        for code in filters.between:
            test(_code_test(_column(CODES, view, "between"), code), code)
    if filters.actor:
        if any(mark in filters.actor for mark in "/:"):
            test(f"len(list_filter({_column(PARTIES, view, 'actor')}, lambda x: starts_with(x, ?))) > 0", filters.actor)
        else:
            test(_code_test(_column(CODES, view, "actor"), filters.actor), filters.actor)
    if filters.type:
        test(f"{_column(KINDS, view, 'type')} = ?", filters.type)
    if filters.modality:
        test("modality = ?", filters.modality)
    if filters.since:
        test(f"{_column(DATES, view, 'since')} >= ?", filters.since)
    if filters.until:
        test(f"{_column(DATES, view, 'until')} <= ?", filters.until)
    if filters.said_by:
        test(f"contains(lower({_column(SAYERS, view, 'said-by')}), lower(?))", filters.said_by)
    if filters.outlet:
        test("list_contains(outlets, ?)" if view == "deeds" else "outlet = ?", filters.outlet)
    if filters.contains:
        test(f"contains({TEXTS.get(view, 'evidence')}, ?)", filters.contains)
    if filters.document:
        test("document_id = ?", filters.document)
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    limit = f" LIMIT {filters.limit}" if filters.limit is not None else ""
    return f"SELECT * FROM {view}{where} ORDER BY {DATES[view]} NULLS FIRST, {ORDERS[view]}{limit}", values


def _code_test(codes: str, code: str) -> str:
    """Whether a code is among others; a code that ends in a hyphen stands for all that begin with it."""
    return f"len(list_filter({codes}, lambda x: starts_with(x, ?))) > 0" if code.endswith("-") else f"list_contains({codes}, ?)"


def _column(columns: dict[str, str], view: str, option: str) -> str:
    if view not in columns:
        raise ValueError(f"{view} cannot be narrowed down by {option}")
    return columns[view]
