"""The documented views, their columns and what these mean: those of the tables (`schema`), and those that a view adds.

What `rawabit sql` may name, what `rawabit sql --schema` and docs/ledger.md say. A test holds it against the views themselves.
"""
from __future__ import annotations

import pyarrow as pa

from rawabit.ledger.schema import (
    ATTRIBUTION,
    COUNT,
    DAY,
    END,
    MODALITY,
    NUMBER,
    PRECISION,
    RECORDED,
    START,
    TABLES,
    TEXT,
    TEXTS,
    Column,
    Table,
)

JUDGEMENT = Column("judgement", TEXT, "the reviewer's judgement that holds: accept or correct; null where none was given")
DEED = Column("deed_id", TEXT, "the deed that it tells", True)


def _view(name: str, row: str, before: tuple[Column, ...] = (), after: tuple[Column, ...] = ()) -> Table:
    """A view that has the columns of a table, and more."""
    return Table(name, row, (*before, *TABLES[name].columns, *after))


def _telling() -> Table:
    before = (
        DEED, Column("beside", TEXT, "the telling that it was joined by; null for the first of its deed"),
        Column("likeness", NUMBER, "probability that it and `beside` tell one deed; 1 for the first", True),
        Column("reasons", TEXTS, "why it was joined, strongest first", True))
    return Table("tellings", "a telling of a deed in force: an event with the deed that it belongs to",
                 (*before, *TABLES["events"].columns, JUDGEMENT))


def _column(name: str) -> Column:
    return next(column for column in TABLES["events"].columns if column.name == name)


SPOKEN = ("actors", "recipients", "codes")
DEEDS = Table("deeds", "a deed: what the telling that speaks for it says, who tells it, since when, and where its tellings differ", (
    Column("deed_id", TEXT, "the deed: the hash of its first telling", True),
    _column("type"), _column("mode"), MODALITY, *map(_column, SPOKEN), START, END, PRECISION, _column("dated"), _column("place"),
    _column("country"), ATTRIBUTION, *map(_column, ("quad", "score", "cameo", "contexts", "trigger")),
    Column("evidence", TEXT, "the words that prove it, in the telling that speaks for it", True),
    Column("event_id", TEXT, "the telling that speaks for it", True), Column("document_id", TEXT, "the report of that telling", True),
    Column("published", DAY, "day of publication of that report"), Column("outlet", TEXT, "outlet of that report"),
    Column("tellings", COUNT, "how many sentences tell it", True), Column("reports", COUNT, "how many reports tell it", True),
    Column("outlets", TEXTS, "who published these, sorted"), Column("sources", TEXTS, "whom these credit for it, sorted"),
    Column("first_told", DAY, "first day on which it was published"), Column("last_told", DAY, "last day on which it was published"),
    Column("types", TEXTS, "all types that tellings give it, sorted", True),
    Column("modalities", TEXTS, "all modalities that tellings give it, sorted", True),
    Column("days", pa.list_(DAY), "all days that tellings give it by words of the report, sorted"),
    Column("countries", TEXTS, "all countries that tellings place it in, sorted"),
    Column("announced", DAY, "first day on which it was told as planned; null where it never was before its own day had passed"),
    Column("outcome", TEXT, "of what was announced: planned, happened, moved, cancelled, not told to have happened; else null"),
    Column("differs", TEXTS, "in what its tellings differ: date, denied, parties, type, place", True),
    RECORDED))

VIEWS = {view.name: view for view in (
    _view("documents", "a report that was read, with the reading that counts", (), (
        Column("reading_id", TEXT, "the reading that counts", True), Column("recipe", TEXT, "version of reader and lexicon", True),
        Column("known_from", DAY, "the day from which the world could know it: published, else the day recorded", True))),
    _view("events", "one telling of a deed, without its deed", (), (JUDGEMENT,)), _telling(), DEEDS,
    *(_view(name, TABLES[name].row, (), (JUDGEMENT,)) for name in ("statements", "figures", "ties", "people")),
    _view("dyads", "one telling of a deed between two codes, with the deed that it belongs to"),
    _view("reviews", TABLES["reviews"].row), _view("issues", TABLES["issues"].row), _view("runs", TABLES["runs"].row),
    _view("foreign_events", TABLES["foreign_events"].row), _view("indicators", TABLES["indicators"].row))}
"""By name."""

NAMES = {pa.string(): "text", pa.date32(): "date", pa.timestamp("us", tz="UTC"): "moment", pa.float64(): "number",
         pa.int32(): "integer", pa.int64(): "integer", pa.bool_(): "boolean"}


def name_type(kind: pa.DataType) -> str:
    """An Arrow type in a word or two."""
    return f"list of {name_type(kind.value_type)}" if pa.types.is_list(kind) else NAMES[kind]
