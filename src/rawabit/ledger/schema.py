"""The one list of tables and columns of a ledger. Everything that writes or reads a column takes it from here.

Every table is append-only. Two times stand on every record: when it held (`start`, `end`: first and last day, both included, with
`precision`) and when the ledger learned it (`recorded_at`, UTC). A `reading` is what one recipe made of one document; its row in
`readings` is written last and makes the rows of its batch count, which all bear its `recorded_at`: rows whose reading is not listed
there as of that moment are of a batch that was cut off.
"""
from __future__ import annotations

import msgspec
import pyarrow as pa

TEXT, DAY, NUMBER, COUNT, FLAG = pa.string(), pa.date32(), pa.float64(), pa.int32(), pa.bool_()
MOMENT = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(pa.string())


class Column(msgspec.Struct, frozen=True):
    """A column: its name, Arrow type and meaning. `key` is True where null is an error."""

    name: str
    type: pa.DataType
    meaning: str
    key: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table or view: its name, what a row is, its columns, and, of a table, the columns that compaction sorts by."""

    name: str
    row: str
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema."""
        return pa.schema([pa.field(c.name, c.type, nullable=not c.key) for c in self.columns])

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(c.name for c in self.columns)


RECORDED = Column("recorded_at", MOMENT, "when the ledger learned it (UTC)", True)
DOCUMENT = Column("document_id", TEXT, "the report", True)
READING = Column("reading_id", TEXT, "the reading that made it: one document, one recipe", True)
START = Column("start", DAY, "first day on which it held or happened; null where unknown")
END = Column("end", DAY, "last day on which it held or happened; null where unknown")
PRECISION = Column("precision", TEXT, "day, week, month, season, year or range; null where unknown")
MODALITY = Column("modality", TEXT, "actual, future, hypothetical or negated", True)
ATTRIBUTION = Column("attribution", TEXT, "the actor that the report credits for it; null in the report's own voice")


def _span(name: str, what: str) -> tuple[Column, Column]:
    return (Column(f"{name}_start", COUNT, f"first code point of {what} in title + line feed + text", True),
            Column(f"{name}_end", COUNT, f"code point after {what}", True))


EVIDENCE = (*_span("evidence", "the words that prove it"), Column("evidence", TEXT, "the words that prove it", True))

TABLES = {table.name: table for table in (
    Table("documents", "a report as it came in", (
        Column("document_id", TEXT, "hash of outlet, day, title and text", True),
        Column("given_id", TEXT, "the id that its source gave it"),
        Column("outlet", TEXT, "who published it"),
        Column("language", TEXT, "ISO 639-1"),
        Column("published", DAY, "day of publication; null where unknown"),
        Column("retrieved", MOMENT, "when its bytes were taken (UTC)", True),
        Column("url", TEXT, "its address"),
        Column("place", TEXT, "file, file:line or address that it was added from", True),
        Column("raw_hash", TEXT, "SHA-256 of the bytes that came in", True),
        Column("title", TEXT, "headline", True),
        Column("text", TEXT, "body", True),
        Column("gist", TEXTS, "its telling words, rarest first", True),
        Column("bands", pa.list_(pa.int64()), "MinHash bands: near-identical reports share one", True),
        Column("family", TEXT, "document_id of the first report that this one repeats nearly word for word; its own where none", True),
        RECORDED), ("published",)),
    Table("readings", "what one recipe made of one document; written last, so that a batch counts whole or not at all", (
        READING, DOCUMENT,
        Column("recipe", TEXT, "version of reader and lexicon", True),
        Column("known_from", DAY, "the day from which the world could know it: published, else the day recorded", True),
        Column("failed", TEXT, "why there is no reading; null where there is one"),
        Column("run_id", TEXT, "the run that made it", True),
        RECORDED), ("known_from",)),
    Table("events", "one telling of a deed", (
        Column("event_id", TEXT, "hash of reading and place in it", True), READING, DOCUMENT,
        Column("number", TEXT, "its id in the reading: e1, e2, …", True),
        Column("same_as", TEXT, "event_id of an earlier telling in the same report"),
        Column("type", TEXT, "PLOVER type", True), Column("mode", TEXT, "PLOVER mode"), MODALITY,
        Column("actors", TEXTS, "CODE[/SECTOR][:Name]", True), Column("recipients", TEXTS, "CODE[/SECTOR][:Name]", True),
        Column("codes", TEXTS, "codes of all parties, sorted", True),
        START, END, PRECISION,
        Column("dated", FLAG, "whether words of the report date it; false where the day of publication stands in", True),
        Column("place", TEXT, "where, by its English name"), Column("country", TEXT, "where: ISO 3166 alpha-3"), ATTRIBUTION,
        Column("quad", COUNT, "PLOVER quad class, 1 to 4", True), Column("score", NUMBER, "PLOVER score, -10 to 10", True),
        Column("cameo", TEXT, "CAMEO code, a string", True), Column("contexts", TEXTS, "PLOVER contexts", True),
        *_span("trigger", "the word that names the act"), Column("trigger", TEXT, "the word that names the act", True), *EVIDENCE,
        Column("sentence", COUNT, "which sentence of the report it stands in; 0 is the first of the title", True),
        Column("gist", TEXTS, "telling words of its sentence, rarest first", True),
        Column("published", DAY, "day of publication of its report"), Column("outlet", TEXT, "outlet of its report"),
        RECORDED), ("document_id",)),
    Table("dyads", "one telling of a deed between two codes: the narrow table that series are made of", (
        Column("pair", TEXT, "the two codes, sorted, with a bar between: AZE|RUS", True),
        Column("day", DAY, "first day of the deed; the day of publication where that is unknown"),
        Column("event_id", TEXT, "the telling", True), Column("deed_id", TEXT, "the deed as it was joined then", True), READING,
        Column("type", TEXT, "PLOVER type", True), MODALITY,
        Column("quad", COUNT, "PLOVER quad class", True), Column("score", NUMBER, "PLOVER score", True),
        Column("known_from", DAY, "the day from which the world could know it", True), RECORDED), ("pair", "day")),
    Table("statements", "something said", (
        Column("statement_id", TEXT, "hash of reading and place in it", True), READING, DOCUMENT,
        Column("speaker", TEXT, "CODE[/SECTOR][:Name]", True), Column("speaker_code", TEXT, "code of the speaker", True),
        Column("quoted", FLAG, "whether in quotation marks", True), Column("about", TEXTS, "codes it speaks of", True),
        Column("stance", TEXT, "positive, negative or neutral", True), *EVIDENCE,
        Column("published", DAY, "day of publication of its report"), Column("outlet", TEXT, "outlet of its report"),
        RECORDED), ("document_id",)),
    Table("figures", "a number that measures a state or a relation", (
        Column("figure_id", TEXT, "hash of reading and place in it", True), READING, DOCUMENT,
        Column("measure", TEXT, "what is measured", True), Column("subject", TEXT, "CODE[/SECTOR][:Name] measured", True),
        Column("subject_code", TEXT, "code of the subject", True), Column("partner", TEXT, "code of the other side"),
        Column("value", NUMBER, "in `unit`", True), Column("unit", TEXT, "percent, people, ISO 4217 code, …", True),
        Column("bound", TEXT, "= ~ > <", True), Column("period", TEXT, "year or day that it holds for"), ATTRIBUTION, *EVIDENCE,
        Column("published", DAY, "day of publication of its report"), Column("outlet", TEXT, "outlet of its report"),
        RECORDED), ("document_id",)),
    Table("ties", "a standing relation that a report asserts", (
        Column("tie_id", TEXT, "hash of reading and place in it", True), READING, DOCUMENT,
        Column("relation", TEXT, "ally, hosts_base_of, …", True), Column("subject", TEXT, "CODE[/SECTOR][:Name]", True),
        Column("object", TEXT, "CODE[/SECTOR][:Name]", True), Column("subject_code", TEXT, "code of the subject", True),
        Column("object_code", TEXT, "code of the object", True), MODALITY, START, END, PRECISION, *EVIDENCE,
        Column("published", DAY, "day of publication of its report"), Column("outlet", TEXT, "outlet of its report"),
        RECORDED), ("document_id",)),
    Table("people", "a person named in a report", (
        Column("person_id", TEXT, "hash of reading and place in it", True), READING, DOCUMENT,
        Column("name", TEXT, "as first written in full", True), Column("english", TEXT, "usual English spelling", True),
        Column("code", TEXT, "country", True), Column("sector", TEXT, "PLOVER sector", True),
        Column("role", TEXT, "office, in English", True),
        *EVIDENCE, Column("published", DAY, "day of publication of its report"), Column("outlet", TEXT, "outlet of its report"),
        RECORDED), ("document_id",)),
    Table("deeds", "a telling joined to a deed, or a deed merged into another", (
        Column("deed_id", TEXT, "the deed: the hash of its first telling", True),
        Column("event_id", TEXT, "the telling; null where a whole deed is merged"),
        Column("merged_from", TEXT, "the deed that is this one from now on; null where a telling is joined"),
        READING,
        Column("beside", TEXT, "the telling that it was joined by; null for the first of a deed"),
        Column("score", NUMBER, "probability that the two tell one deed; 1 for the first", True),
        Column("reasons", TEXTS, "why it was joined, strongest first", True),
        Column("known_from", DAY, "the day from which the world could know it", True), RECORDED), ("deed_id",)),
    Table("reviews", "a person's judgement of a record", (
        Column("review_id", TEXT, "hash of record, judgement, reviewer and time", True),
        Column("record_id", TEXT, "the record judged", True), Column("table", TEXT, "the table that it stands in", True),
        Column("judgement", TEXT, "accept, correct, reject or undo", True),
        Column("correction", TEXT, "JSON object: the columns that are corrected, with their values"),
        Column("reviewer", TEXT, "who judged", True), Column("note", TEXT, "why"), RECORDED), ("record_id",)),
    Table("issues", "what went wrong or should be seen", (
        Column("issue_id", TEXT, "hash of place and text", True), Column("document_id", TEXT, "the report, if one came of it"),
        Column("place", TEXT, "file, file:line or address", True),
        Column("kind", TEXT, "failure: no report came of it; notice: the report was read", True),
        Column("text", TEXT, "the message, with what to do next", True), Column("run_id", TEXT, "the run", True), RECORDED),
        ("recorded_at",)),
    Table("feeds", "the state of a followed feed after a poll; its newest row holds", (
        Column("url", TEXT, "the feed's address", True), Column("state", TEXT, "JSON: ETag, Last-Modified, next poll, failures", True),
        RECORDED), ("url",)),
    Table("foreign_events", "an event of another data set, imported as it is: never part of a deed", (
        Column("foreign_id", TEXT, "hash of source and the id that the source gave it", True),
        Column("source", TEXT, "gdelt1, gdelt2, icews or polecat", True),
        Column("given_id", TEXT, "the source's own id", True),
        Column("day", DAY, "day of the event; null where the source gives none"),
        Column("actor", TEXT, "the acting side as the source writes it: code or name"),
        Column("recipient", TEXT, "the other side as the source writes it: code or name"),
        Column("actor_codes", TEXTS, "ISO 3166 alpha-3 of the acting side; empty where the source names no state", True),
        Column("recipient_codes", TEXTS, "ISO 3166 alpha-3 of the other side; empty where the source names no state", True),
        Column("actor_sectors", TEXT, "sectors of the acting side, in the source's words"),
        Column("recipient_sectors", TEXT, "sectors of the other side, in the source's words"),
        Column("cameo", TEXT, "CAMEO code, a string"), Column("type", TEXT, "PLOVER type; null for CAMEO 01 and 02, which PLOVER dropped"),
        Column("mode", TEXT, "PLOVER mode, where the source gives one"),
        Column("contexts", TEXTS, "PLOVER contexts, where the source gives any", True),
        Column("quad", COUNT, "PLOVER quad class of the type; null where the type is"),
        Column("score", NUMBER, "the source's own intensity: Goldstein's for GDELT and ICEWS, PLOVER's for POLECAT"),
        Column("place", TEXT, "where, in the source's words"), Column("country", TEXT, "where: ISO 3166 alpha-3"),
        Column("url", TEXT, "address of the report"), Column("outlet", TEXT, "who published the report"),
        Column("published", DAY, "day of publication, or of addition to the source"),
        Column("file", TEXT, "file:line that it was imported from", True), RECORDED), ("source", "day")),
    Table("indicators", "a value of a series that the user has: never mixed with the figures that reports tell", (
        Column("indicator_id", TEXT, "hash of what it measures, its value and the value before it", True),
        Column("measure", TEXT, "what is measured, as for figures: trade_share, loan_value, …", True),
        Column("subject", TEXT, "code of the state or body measured", True), Column("partner", TEXT, "code of the other side, if any"),
        Column("period", TEXT, "year, month (2024-03) or day that it holds for", True),
        Column("value", NUMBER, "in `unit`", True), Column("unit", TEXT, "percent, people, ISO 4217 code, …", True),
        Column("source", TEXT, "who publishes it", True),
        Column("known_from", DAY, "day of publication; else the last day of the period", True),
        Column("file", TEXT, "file:line that it was imported from", True), RECORDED), ("measure", "subject")),
    Table("runs", "the beginning or end of a run", (
        Column("run_id", TEXT, "the run", True), Column("command", TEXT, "what was asked", True),
        Column("phase", TEXT, "started or finished; a run without `finished` is under way or was cut off", True),
        Column("recipe", TEXT, "version of reader and lexicon", True),
        Column("counts", TEXT, "JSON object: read, new, seen before, failed", True), RECORDED), ("recorded_at",)),
)}
"""All tables, in the order in which a batch writes them: `readings` comes last of those that a report fills (see `BATCH`)."""

BATCH = ("documents", "events", "dyads", "statements", "figures", "ties", "people", "deeds", "issues", "readings")
"""The tables that a batch of reports fills, in the order of writing."""
RECORDS = {"events": "event_id", "statements": "statement_id", "figures": "figure_id", "ties": "tie_id", "people": "person_id"}
"""The tables of records, and the column that names a record."""
ADDED = frozenset({"foreign_events", "indicators"})
"""Tables that the first ledgers were made without; where one is missing it has no rows, and the next writer makes it."""
