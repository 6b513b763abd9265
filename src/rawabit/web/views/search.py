"""Search over deeds, their tellings, statements, figures, ties, people and reports, by the filters of the commands."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Query

from rawabit.ledger.export import INNER
from rawabit.ledger.filters import FIRST, KEYS, KINDS, ORDERS, find_filters, find_order, make_query
from rawabit.ledger.ledger import Ledger
from rawabit.lexicon.world import load_world
from rawabit.web.asked import Asked, Blank, Count
from rawabit.web.naming import Meant, Named, rank_names
from rawabit.web.question import Kind, Limit, Order, Question, find_question
from rawabit.web.views.rows import add_around

CUT = 280
"""Code points of a report's text that its entry in a list shows."""
PEOPLE = ("SELECT english, code, sector, mode(role) AS role, any_value(name) AS name, count(DISTINCT document_id) AS reports, "
          "max(published) AS published, arg_max(document_id, published) AS document_id, arg_max(person_id, published) AS person_id "
          "FROM ({sql}) GROUP BY english, code, sector")
"""A person once, whatever reports name him."""


class Choice(msgspec.Struct, frozen=True):
    """Who may be meant, with the role in which most reports name a person, or the lexicon's latest, and in how many reports; of states and
    bodies the code alone is told."""

    named: Named
    code: str | None
    role: str | None
    reports: int


class SearchPage(msgspec.Struct, frozen=True):
    """The question, what else can be searched, who is meant by the names in it, and
    for a name that several bear whom to choose from, pages that the words lead to, the filters that this kind
    has, the choices of its type, and a page (from 1 on) of so many with its rows, of `total`."""

    question: Question
    kinds: tuple[Kind, ...]
    meant: dict[str, Meant]
    choices: dict[str, tuple[Choice, ...]]
    leads: tuple[str, ...]
    filters: tuple[str, ...]
    types: tuple[str, ...]
    outlets: tuple[str, ...]
    order: Order
    limit: int
    page: int
    pages: int
    total: int
    rows: tuple[dict[str, Any], ...]


def view_search(ledger: Ledger, asked: Asked, *,
                question: Annotated[Question, Depends(find_question)],
                order: Annotated[Order, Query(description="By day.")] = Order.NEWEST,
                limit: Annotated[Limit, Query(description="Rows on a page.")] = Limit.FEW,
                page: Annotated[Count | None, Blank, Query(description="Page of the list, from 1 on.")] = None) -> SearchPage:
    """Records that pass all filters, in pages."""
    size, number = int(limit), page or 1
    total, rows = find_rows(ledger, asked, question, order, size, number)
    view = question.kind.view
    meant = question.find_meant()
    choices = {field: find_choices(ledger, asked, one.perhaps) for field, one in meant.items() if one.perhaps}
    return SearchPage(question, tuple(Kind), meant, choices, find_leads(question), find_filters(view),
                      find_types(ledger, asked, question.kind), find_outlets(ledger, asked), order, size, number,
                      max(1, -(-total // size)), total, rows)


def find_rows(ledger: Ledger, asked: Asked, question: Question, order: Order, size: int,
              number: int) -> tuple[int, tuple[dict[str, Any], ...]]:
    """How many rows pass, and those of a page."""
    sql, values = make_query(question.kind.view, question.make_filters())
    if question.kind is Kind.PEOPLE:
        sql = PEOPLE.format(sql=sql)
    paged = f"SELECT *, count(*) OVER () AS total FROM ({sql}) ORDER BY {make_order(question.kind, order)} LIMIT ? OFFSET ?"
    rows = ledger.query(paged, [*values, size, (number - 1) * size], asked.as_of).to_pylist()
    if not rows and number > 1:
        return int(ledger.query(f"SELECT count(*) AS n FROM ({sql})", values, asked.as_of)["n"][0].as_py()), ()
    shown = [strip_row(row) for row in rows]
    told = add_around(ledger, shown, asked.as_of) if question.kind in (Kind.DEEDS, Kind.EVENTS) else shown
    return (rows[0]["total"] if rows else 0), tuple(told)


def make_order(kind: Kind, order: Order) -> str:
    """The columns that a list is ordered by: people by how many reports name them, figures as the commands do, all else by day."""
    if kind is Kind.PEOPLE:
        return "reports DESC, english, code, sector"
    if kind.view in ORDERS:
        return find_order(kind.view)
    way = "DESC NULLS LAST" if order is Order.NEWEST else "ASC NULLS FIRST"
    return f"{FIRST[kind.view]} {way}, {KEYS[kind.view]}"


def strip_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what only the joining of deeds needs; a report with the beginning of its text."""
    kept = {name: value for name, value in row.items() if name not in (*INNER, "total")}
    return {**kept, "text": kept["text"][:CUT]} if "text" in kept else kept


def find_choices(ledger: Ledger, asked: Asked, perhaps: Sequence[Named]) -> tuple[Choice, ...]:
    """Those who may be meant, people whom most reports name first."""
    sql = ("SELECT english, mode(code) AS code, mode(role) AS role, count(DISTINCT document_id) AS reports FROM people "
           "WHERE list_contains(?, english) GROUP BY english")
    rows = {row["english"]: row for row in ledger.query(sql, [[one.value for one in perhaps]], asked.as_of).to_pylist()}
    held = {office.name: office for office in sorted(load_world().offices, key=lambda office: office.since or "")}
    made = []
    for one in perhaps:
        row, office = rows.get(one.value, {}), held.get(one.value)
        code, role = (row.get("code"), row.get("role")) if row.get("role") else (office.code, office.role) if office else (None, None)
        made.append(Choice(one, code if one.kind == "person" else one.value, role, row.get("reports", 0)))
    return tuple(sorted(made, key=lambda choice: -choice.reports))


def find_leads(question: Question) -> tuple[str, ...]:
    """Codes of states and bodies that the fields of parties name, or that the words sought name in full."""
    words = (named for score, named in rank_names(question.contains or "")[:3] if score == 0)
    named = [one.named for one in question.find_meant().values() if one.named]
    return tuple(dict.fromkeys(one.value for one in (*named, *words) if one.kind != "person" and "/" not in one.value))


def find_types(ledger: Ledger, asked: Asked, kind: Kind) -> tuple[str, ...]:
    """The types that rows of a kind have, the most frequent first."""
    view = "tellings" if kind is Kind.DOCUMENTS else kind.view
    sql = f"SELECT {KINDS[view]} AS name FROM {view} GROUP BY ALL ORDER BY count(*) DESC, name"
    return tuple(ledger.query(sql, (), asked.as_of)["name"].to_pylist())


def find_outlets(ledger: Ledger, asked: Asked) -> tuple[str, ...]:
    """Outlets, those with most reports first."""
    sql = "SELECT outlet FROM documents WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY count(*) DESC, outlet LIMIT 60"
    return tuple(ledger.query(sql, (), asked.as_of)["outlet"].to_pylist())
