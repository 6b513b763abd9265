"""What a question may narrow down, and the query that it becomes."""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from rawabit.ledger.fold import make_pattern
from rawabit.ledger.holding import make_holding
from rawabit.ledger.meanings import VIEWS
from rawabit.model import LedgerError


class Filters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`between`: both codes take part (documents: in one deed). `actor`: a code, a code with sector or name (`RUS/GOV`,
    `RUS/GOV:Vladimir Putin`), or part of a name. A code that ends in a hyphen (`REG-`) stands for all that begin with it.

    `type`: of a deed; the measure of a figure, the relation of a tie, the stance of a statement, the sector of a person. `since`,
    `until`: some day of the deed or tie lies between them, both included (of publication for what has no date). `said_by`: whom the
    report credits, or the speaker, given as `actor` is. `contains`: words in the evidence (documents: in title and text), whatever
    their spelling. `period`: of a figure: a year, month or day (`2024`, `2024-03`) that its period lies in or, if it is a range,
    touches. `holds_on`: ties told as actual, or as to come within dates, that hold on the day by the rule of `holding`. `document`: a
    report's id. `id`: a row's own id. `limit`: rows at most.

    Deeds pass `said_by`, `outlet`, `contains` and `document` where one of their tellings passes all of these.
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
    period: str | None = None
    holds_on: date | None = None
    document: str | None = None
    id: str | None = None
    limit: int | None = None


Test = tuple[str, list[Any]]
"""A condition and its parameters."""

KEYS = {"documents": "document_id", "deeds": "deed_id", "tellings": "event_id", "events": "event_id", "statements": "statement_id",
        "figures": "figure_id", "ties": "tie_id", "people": "person_id", "dyads": "event_id", "reviews": "review_id",
        "issues": "issue_id", "runs": "run_id", "foreign_events": "foreign_id", "indicators": "indicator_id"}
"""The column that names a row."""
FIRST = {"deeds": "coalesce(start, first_told)", "tellings": "coalesce(start, published)", "events": "coalesce(start, published)",
         "ties": "coalesce(start, published)", "statements": "published", "figures": "published", "people": "published",
         "documents": "published", "dyads": "day", "foreign_events": "coalesce(day, published)"}
LAST = {"deeds": 'coalesce("end", start, first_told)', "tellings": 'coalesce("end", start, published)',
        "events": 'coalesce("end", start, published)', "ties": 'coalesce("end", start, published)'}
KINDS = {"deeds": "type", "tellings": "type", "events": "type", "dyads": "type", "ties": "relation", "figures": "measure",
         "statements": "stance", "people": "sector", "foreign_events": "type", "indicators": "measure"}
CODES = {"deeds": "codes", "tellings": "codes", "events": "codes", "statements": "list_concat([speaker_code], about)",
         "figures": "[subject_code, coalesce(partner, '')]", "ties": "[subject_code, object_code]", "people": "[code]",
         "dyads": "string_split(pair, '|')", "foreign_events": "list_concat(actor_codes, recipient_codes)",
         "indicators": "[subject, coalesce(partner, '')]"}
PARTIES = {"deeds": "list_concat(actors, recipients)", "tellings": "list_concat(actors, recipients)",
           "events": "list_concat(actors, recipients)", "statements": "[speaker]", "figures": "[subject]", "ties": "[subject, object]",
           "people": "[concat(code, '/', sector, ':', english)]", "foreign_events": "[actor, recipient]",
           "indicators": "[subject]"}
SAYERS = {"tellings": "attribution", "events": "attribution", "statements": "speaker", "figures": "attribution"}
TEXTS = {"documents": "concat(title, ' ', text)"}
THROUGH = {"documents": ("between", "actor", "type", "modality", "said_by"), "deeds": ("said_by", "outlet", "contains", "document")}
"""Filters that a view passes where one of its tellings does."""
ORDERS = {"figures": "measure, subject_code, partner NULLS FIRST, period NULLS FIRST, published NULLS FIRST",
          "indicators": "measure, subject, partner NULLS FIRST, period"}
CODE = re.compile(r"[A-Z]{3}|[A-Z]{3}-\w*")


def make_query(view: str, filters: Filters) -> tuple[str, list[Any]]:
    """The SQL and its parameters. Raises LedgerError for a filter that the view has no column for."""
    if view not in VIEWS:
        raise LedgerError(f"there is no view {view!r}. Choose one of {', '.join(VIEWS)}.")
    through = [name for name in THROUGH.get(view, ()) if getattr(filters, name) is not None]
    tests = [make_test(view, name, value) for name in MAKERS
             if (value := getattr(filters, name)) is not None and name not in through]
    if through:
        inner, values = _join([make_test("tellings", name, getattr(filters, name)) for name in through])
        tests.append((f"{KEYS[view]} IN (SELECT {KEYS[view]} FROM tellings WHERE {inner})", values))
    condition, values = _join(tests)
    where = f" WHERE {condition}" if tests else ""
    limit = f" LIMIT {int(filters.limit)}" if filters.limit is not None else ""
    return f"SELECT * FROM {view}{where} ORDER BY {find_order(view)}{limit}", values


def find_order(view: str) -> str:
    """The columns that the rows of a view are ordered by."""
    first = ORDERS.get(view) or (f"{FIRST[view]} NULLS FIRST" if view in FIRST else "recorded_at")
    return f"{first}, {KEYS[view]}"


def find_filters(view: str) -> tuple[str, ...]:
    """The filters that a view can be narrowed down by."""
    return (*(name for name in MAKERS if name in THROUGH.get(view, ()) or _fits(view, name)), "limit")


def _fits(view: str, name: str) -> bool:
    columns = set(VIEWS[view].names)
    needs: dict[str, bool] = {
        "between": view in CODES and view != "people", "actor": view in PARTIES, "type": view in KINDS, "modality": "modality" in columns,
        "since": view in FIRST, "until": view in FIRST, "said_by": view in SAYERS, "outlet": "outlet" in columns,
        "contains": view == "documents" or "evidence" in columns, "period": "period" in columns, "holds_on": view == "ties",
        "document": "document_id" in columns, "id": True}
    return needs[name]


def make_test(view: str, name: str, value: Any) -> Test:
    """The condition that one filter sets."""
    if not _fits(view, name):
        raise LedgerError(f"{view} cannot be narrowed down by {name}. Choose among {', '.join(find_filters(view))}.")
    return MAKERS[name](view, value)


def _join(tests: list[Test]) -> Test:
    return " AND ".join(f"({sql})" for sql, _ in tests), [value for _, values in tests for value in values]


def _between(view: str, value: tuple[str, str]) -> Test:
    if isinstance(value, str) or len(value) != 2 or value[0] == value[1]:
        raise LedgerError(f"between takes two different codes, not {value!r}. For example between=('RUS', 'AZE').")
    return _join([_code_in(CODES[view], code) for code in value])


def _actor(view: str, value: str) -> Test:
    return _code_in(CODES[view], value) if is_code(value) else _party_in(PARTIES[view], value)


def _said_by(view: str, value: str) -> Test:
    column = f"[{SAYERS[view]}]"
    return _code_in(f"[regexp_extract({SAYERS[view]}, '^[^/:]*')]", value) if is_code(value) else _party_in(column, value)


def is_code(text: str) -> bool:
    """Whether it is an actor's code without sector or name."""
    return CODE.fullmatch(text) is not None


def _code_in(codes: str, code: str) -> Test:
    """Whether a code is among others; a code that ends in a hyphen stands for all that begin with it."""
    if code.endswith("-"):
        return f"len(list_filter({codes}, lambda x: starts_with(x, ?))) > 0", [code]
    return f"list_contains({codes}, ?)", [code]


def _party_in(parties: str, given: str) -> Test:
    """Whether an actor is among others: one that begins so, where a code with sector or name is given; else one whose name holds it."""
    if is_code(re.split("[/:]", given)[0]):
        return (f"len(list_filter({parties}, lambda x: x = ? OR starts_with(x, ?) OR starts_with(x, ?))) > 0",
                [given, f"{given}:", given if ":" in given else f"{given}/"])
    return f"len(list_filter({parties}, lambda x: contains(lower(x), lower(?)))) > 0", [given]


def _type(view: str, value: str) -> Test:
    return f"lower({KINDS[view]}) = lower(?)", [value]


def _modality(view: str, value: str) -> Test:
    return "modality = ?", [value]


def _since(view: str, value: date) -> Test:
    return f"{LAST.get(view, FIRST[view])} >= ?", [value]


def _until(view: str, value: date) -> Test:
    return f"{FIRST[view]} <= ?", [value]


def _outlet(view: str, value: str) -> Test:
    return "lower(outlet) = lower(?)", [value]


def _contains(view: str, value: str) -> Test:
    return f"regexp_matches({TEXTS.get(view, 'evidence')}, ?)", [make_pattern(value)]


def _period(view: str, value: str) -> Test:
    """Whether a period lies in the one asked for, or is a range (first day/last day) that touches it."""
    touches = "contains(period, '/') AND split_part(period, '/', 1) <= ? AND split_part(period, '/', 2) >= ?"
    return f"starts_with(period, ?) OR {touches}", [value, f"{value}~", value]


def _holds_on(view: str, value: date) -> Test:
    return make_holding(value)


def _document(view: str, value: str) -> Test:
    return "document_id = ?", [value]


def _id(view: str, value: str) -> Test:
    return f"{KEYS[view]} = ?", [value]


MAKERS: dict[str, Callable[[str, Any], Test]] = {
    "between": _between, "actor": _actor, "type": _type, "modality": _modality, "since": _since, "until": _until, "said_by": _said_by,
    "outlet": _outlet, "contains": _contains, "period": _period, "holds_on": _holds_on, "document": _document, "id": _id}
