"""Rows of the ledger for people: a few lines a row, in the order of the rows, each with its evidence and the id to trace it by."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich.text import Text

from rawabit.cli.lines import INDENT, STYLES, Line
from rawabit.cli.table import join_parts, render_number

Row = dict[str, Any]
Card = Callable[[Row], Iterator[Line]]


def render_days(row: Row) -> str:
    """When it was, how precisely that is known, and whether the report says so."""
    if row["start"] is None:
        return "no date"
    first, last = row["start"].isoformat(), row["end"].isoformat()
    if first == last:
        return first if row.get("dated", True) else f"{first} (published)"
    return f"{first} … {last} ({row['precision']})"


def render_parties(row: Row) -> str:
    """Who → whom."""
    whom = f" → {', '.join(row['recipients'])}" if row["recipients"] else ""
    return f"{', '.join(row['actors']) or '?'}{whom}"


def render_kind(row: Row) -> str:
    """Type and mode."""
    return f"{row['type']}/{row['mode']}" if row["mode"] else str(row["type"])


def quote(row: Row) -> Line:
    """The evidence in the report's own language."""
    return Text(row["evidence"].replace("\n", " "), "italic"), INDENT, True


def note(*parts: str | None) -> Line:
    """What stands in small print below a row's first line."""
    return Text(join_parts(*parts), "dim"), INDENT, False


def credit(row: Row) -> str | None:
    """Whom the report credits."""
    return f"according to {row['attribution']}" if row["attribution"] else None


def place(row: Row) -> str | None:
    """Where it was."""
    found = ", ".join(filter(None, (row["place"], row["country"])))
    return f"in {found}" if found else None


def told(row: Row) -> str:
    """Where a record stands: outlet and day of publication."""
    return join_parts(row["outlet"], f"published {row['published']}" if row["published"] else "no day of publication")


NAMED = 6
"""Names that a card lists; the other formats have all."""


def join_some(names: list[str] | None) -> str:
    """The first names of a list, and how many more there are."""
    shown = list(map(str, names or ()))
    return ", ".join(shown[:NAMED]) + (f" and {len(shown) - NAMED} more" if len(shown) > NAMED else "")


def count(number: int, what: str) -> str:
    """A number with its noun."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def head(row: Row) -> Line:
    """The first line of a deed or telling."""
    kind = (render_kind(row), STYLES.get(row["quad"], "bold"))
    return Text.assemble(f"{render_days(row)}  ", kind, f"  {render_parties(row)}"), 0, False


DIFFERENCES = {"date": "days", "denied": "modalities", "type": "types", "place": "countries"}
"""The column that shows in what tellings differ."""


def differences(row: Row) -> str | None:
    """In what the tellings of a deed differ, with what they say."""
    parts = []
    for what in row["differs"]:
        values = row.get(DIFFERENCES.get(what, ""))
        parts.append(f"{what} ({join_some(values)})" if values else str(what))
    return f"tellings differ in {', '.join(parts)}" if parts else None


def deed_card(row: Row) -> Iterator[Line]:
    """A deed: what, how it is told, by how many, and in what they differ."""
    yield head(row)
    yield note(row["modality"], row["outcome"] and f"announced {row['announced']}: {row['outcome']}", place(row),
               f"according to {join_some(row['sources'])}" if row["sources"] else None)
    span = str(row["first_told"]) if row["first_told"] == row["last_told"] else f"{row['first_told']} … {row['last_told']}"
    yield note(f"{count(row['tellings'], 'telling')} in {count(row['reports'], 'report')}", join_some(row["outlets"]),
               row["first_told"] and f"told {span}")
    if row["differs"]:
        yield Text(differences(row) or "", "yellow"), INDENT, False
    yield quote(row)
    yield note(row["deed_id"])


def telling_card(row: Row) -> Iterator[Line]:
    """One telling of a deed."""
    yield head(row)
    yield note(row["modality"], place(row), credit(row), told(row))
    yield quote(row)
    yield note(f"{row['event_id']} of deed {row['deed_id']}")


def statement_card(row: Row) -> Iterator[Line]:
    """Who said what about whom."""
    about = f" about {', '.join(row['about'])}" if row["about"] else ""
    yield Text.assemble((row["speaker"], "bold"), about), 0, False
    yield note(row["stance"], "quoted" if row["quoted"] else "reported", told(row))
    yield quote(row)
    yield note(row["statement_id"])


def figure_card(row: Row) -> Iterator[Line]:
    """What was how much, for which period, according to whom."""
    bound = "" if row["bound"] == "=" else row["bound"]
    partner = f" with {row['partner']}" if row["partner"] else ""
    value = f"{bound}{render_number(row['value'])} {row['unit']}"
    yield Text.assemble((row["measure"], "bold"), f" of {row['subject']}{partner}: ", (value, "bold")), 0, False
    yield note(f"for {row['period']}" if row["period"] else "no period", credit(row) or "in the report's own voice", told(row))
    yield quote(row)
    yield note(row["figure_id"])


def tie_card(row: Row) -> Iterator[Line]:
    """Which relation a report asserts."""
    yield Text.assemble(f"{row['subject']} ", (row["relation"], "bold"), f" {row['object']}"), 0, False
    yield note(row["modality"], render_days(row), told(row))
    yield quote(row)
    yield note(row["tie_id"])


def person_card(row: Row) -> Iterator[Line]:
    """Who was named, as what."""
    yield Text.assemble((row["english"], "bold"), f" · {row['code']}/{row['sector']} · {row['role']} · {row['name']}"), 0, False
    yield note(told(row), row["person_id"])


def document_card(row: Row) -> Iterator[Line]:
    """One report."""
    yield Text(row["title"] or row["text"][:80].replace("\n", " "), "bold"), 0, True
    yield note(row["outlet"], f"{row['published'] or 'no day of publication'}", row["language"], row["given_id"])
    yield note(row["document_id"])


CARDS: dict[str, Card] = {"deeds": deed_card, "tellings": telling_card, "events": telling_card, "statements": statement_card,
                          "figures": figure_card, "ties": tie_card, "people": person_card, "documents": document_card}
"""By view."""
