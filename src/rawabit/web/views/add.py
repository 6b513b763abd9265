"""Adding a report: what was typed or fetched, read at once, before it is saved.

Whatever goes wrong is told beside the form, which keeps what was typed.
"""
from __future__ import annotations

from datetime import date

import msgspec

from rawabit.ledger.add import find_recipe
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.rows import Origin, Rows
from rawabit.ledger.schema import RECORDS
from rawabit.ledger.trace import Marked, Trace
from rawabit.lexicon.load import known_languages
from rawabit.model import InputError, RawabitError, Reading
from rawabit.reader import read_document
from rawabit.source import Defaults, Sourced, make_document
from rawabit.source.address import PrivateAddress
from rawabit.source.outcome import utc_now
from rawabit.web.asked import Asked
from rawabit.web.desk import Busy, Desk, SeveralReports, name_report
from rawabit.web.views.report import ReportPage, list_abstained, make_report

WEB = ("http://", "https://")
KEYS: dict[type[RawabitError], str] = {PrivateAddress: "add_private", Busy: "add_busy", SeveralReports: "add_several"}
"""Messages of the catalogue for what is refused; anything else is told as the library tells it."""


class Draft(msgspec.Struct, frozen=True):
    """What the form holds, as it was typed. `published`: YYYY-MM-DD or empty. `language`: ISO 639-1, empty where the script decides."""

    url: str = ""
    title: str = ""
    text: str = ""
    outlet: str = ""
    published: str = ""
    language: str = ""


class ReadDraft(msgspec.Struct, frozen=True):
    """A draft as it was read: the first part of the report as its page would show it, and its id where the ledger has it already."""

    report: ReportPage
    seen: str | None


class AddPage(msgspec.Struct, frozen=True):
    """The form, the languages that can be read, what was made of the draft, and what stands against it: a message's key and the library's
    own words."""

    draft: Draft
    languages: tuple[str, ...]
    read: ReadDraft | None = None
    told: tuple[str, str] | None = None


def view_add(ledger: Ledger, asked: Asked) -> AddPage:
    """A form for the text or the address of a report."""
    return AddPage(Draft(), tuple(known_languages()))


def show_draft(ledger: Ledger, draft: Draft, report: Sourced) -> AddPage:
    """The page with a draft that was read. Raises InputError for one that cannot be."""
    return AddPage(draft, tuple(known_languages()), read_draft(ledger, report))


def show_trouble(draft: Draft, error: RawabitError) -> AddPage:
    """The page with a draft that could not be read or saved, and why."""
    key = next((key for kind, key in KEYS.items() if isinstance(error, kind)), "add_failed")
    return show_told(draft, key, "" if key in KEYS.values() else str(error))


def show_told(draft: Draft, key: str, words: str = "") -> AddPage:
    """The page with what was typed, a message of the catalogue, and words of the library."""
    return AddPage(draft, tuple(known_languages()), None, (key, words))


def source_draft(desk: Desk, draft: Draft) -> tuple[Draft, Sourced]:
    """The report of a draft: fetched where no text was typed; the draft then holds what was found. Raises InputError."""
    typed = msgspec.structs.replace(draft, text=draft.text.replace("\r\n", "\n"), url=draft.url.strip())
    if typed.url and not typed.url.lower().startswith(WEB):
        raise InputError("the address is none of the web. Give one that begins with http:// or https://, or leave it empty.")
    if typed.url and not typed.text.strip():
        report = desk.fetch(typed.url, _defaults(typed))
        return _fill(typed, report), report
    fields = {"title": typed.title, "text": typed.text, "source": typed.outlet, "published": typed.published,
              "language": typed.language, "url": typed.url}
    doc, issues = make_document({name: value for name, value in fields.items() if value}, Defaults(), utc_now())
    return typed, desk.source(doc, issues)


def _defaults(draft: Draft) -> Defaults:
    try:
        published = date.fromisoformat(draft.published) if draft.published else None
    except ValueError as error:
        raise InputError(f"{draft.published[:40]!r} is no day. Write it YYYY-MM-DD.") from error
    return Defaults(published, draft.outlet or None, draft.language or None)


def _fill(draft: Draft, report: Sourced) -> Draft:
    doc = report.document
    day = doc.published.isoformat() if doc.published else ""
    return Draft(doc.url or draft.url, doc.title, doc.text, doc.source or "", day, doc.language or "")


def read_draft(ledger: Ledger, report: Sourced) -> ReadDraft:
    """A report read as `rawabit add` would read it, without adding it. Raises InputError."""
    reading = read_document(report.document)
    name = name_report(report.document)
    seen = ledger.query("SELECT 1 FROM documents WHERE document_id = ?", [name]).num_rows > 0
    shown = make_report(make_trace(reading, report), None, 1, (*report.issues, *reading.issues), list_abstained(reading))
    return ReadDraft(shown, name if seen else None)


def make_trace(reading: Reading, report: Sourced) -> Trace:
    """A reading in the form in which the ledger gives those that it holds."""
    rows = Rows(find_recipe())
    rows.add_reading(reading, Origin(report.where, report.raw_hash, report.retrieved))
    tables = rows.tables()
    (document,) = tables["documents"].drop_columns(["gist", "bands"]).to_pylist()
    found = sorted((row["evidence_start"], row["evidence_end"], table, row[key], row)
                   for table, key in RECORDS.items() for row in tables[table].to_pylist())
    records = tuple(Marked(n, table, id_, start, end, {**row, "deed_id": None})
                    for n, (start, end, table, id_, row) in enumerate(found, 1))
    return Trace({**document, "recipe": find_recipe()}, reading.document.content, records)


