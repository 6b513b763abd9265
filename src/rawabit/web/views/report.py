"""A report: its text with every record marked in place, its records, where it comes from, and what was seen in it and not coded.

Long reports are shown in parts. Refuses to make anything but text of a report's words: templates escape them, and an address is a link
only if it is one of the web.
"""
from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from babel import Locale, UnknownLocaleError
from fastapi import Path, Query

from rawabit.ledger.add import find_recipe
from rawabit.ledger.export import INNER
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.trace import Marked, Trace, cut_pieces, find_trace
from rawabit.model import Document, LedgerError, Reading
from rawabit.reader import read_document
from rawabit.web.asked import Asked, Blank, Count, Short

PART = 30_000
"""Code points of a part at most: ten times a long report of an agency; a page of so many with 250 records has 300 KB."""
SAMPLE = 2_000
"""Code points of a paragraph by which its direction is told."""
RIGHT = frozenset({"R", "AL"})


class Mark(msgspec.Struct, frozen=True):
    """A record over a run: its number and table."""

    number: int
    table: str


class Run(msgspec.Struct, frozen=True):
    """Words that the same records cover, the longest record first; the numbers of those that begin and end with them."""

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[int, ...]
    closes: tuple[Mark, ...]


class Paragraph(msgspec.Struct, frozen=True):
    """A line of the report. `direction`: rtl or ltr, as most of its letters are written; None where it has no letters."""

    title: bool
    direction: str | None
    runs: tuple[Run, ...]


class Stretch(msgspec.Struct, frozen=True):
    """What was seen and not coded: the reason, and the words."""

    reason: str
    words: str


class ReportPage(msgspec.Struct, frozen=True):
    """A report without its text, the paragraphs of a part (from 1 on) of so many, the records of that part, records of the whole report
    by table, the record asked for, its address of the web, what the reader should know, and what was not coded (None: not known)."""

    document: dict[str, Any]
    direction: str
    paragraphs: tuple[Paragraph, ...]
    part: int
    parts: int
    records: tuple[Marked, ...]
    counts: dict[str, int]
    focus: Marked | None
    address: str | None
    issues: tuple[str, ...]
    abstained: tuple[Stretch, ...] | None


def view_report(ledger: Ledger, asked: Asked, *,
                id: Annotated[str, Path(max_length=300, description="Of a report, record or deed.")],
                record: Annotated[Short | None, Blank, Query(description="The record to show.")] = None,
                part: Annotated[Count | None, Blank, Query(description="Of a long report.")] = None) -> ReportPage:
    """A report with every record marked in its text."""
    trace = find_trace(ledger, id, asked.as_of)
    focus = find_focus(trace, record) if record else trace.focus
    return make_report(trace, focus, part, find_issues(ledger, asked, trace), find_abstained(trace))


def make_report(trace: Trace, focus: Marked | None, part: int | None, issues: tuple[str, ...],
                abstained: tuple[Stretch, ...] | None) -> ReportPage:
    """The part of a report that was asked for, else the one with the record in focus. Raises LedgerError for a part that is none."""
    windows = find_windows(trace.content)
    number = part or next((n for n, (_, end) in enumerate(windows, 1) if focus and focus.start < end), 1)
    if number > len(windows):
        raise LedgerError(f"the report has {len(windows)} parts, not {number}. Leave `part` out.")
    start, end = windows[number - 1]
    inside = tuple(mark for mark in trace.records if mark.start < end and start < mark.end)
    return ReportPage(
        {name: value for name, value in trace.document.items() if name not in (*INNER, "text")},
        find_direction(trace.document["language"]), tuple(make_paragraphs(trace, start, end, inside)), number, len(windows),
        tuple(map(strip_row, inside)), dict(Counter(mark.table for mark in trace.records)), focus and strip_row(focus),
        find_address(trace.document["url"]), issues, abstained)


def find_focus(trace: Trace, record: str) -> Marked:
    """The record of a report. Raises LedgerError where the report has none of this id."""
    found = next((mark for mark in trace.records if mark.id == record), None)
    if found is None:
        raise LedgerError(f"the report {trace.document['document_id']} has no record {record!r}. Leave `record` out to see all it has.")
    return found


def find_windows(content: str) -> list[tuple[int, int]]:
    """First and last place of each part: cut at the last line feed, else blank, that keeps it within `PART`."""
    cuts = [0]
    while len(content) - cuts[-1] > PART:
        start, end = cuts[-1], cuts[-1] + PART
        cut = max(content.rfind("\n", start + 1, end), content.rfind(" ", end - PART // 8, end))
        cuts.append(cut + 1 if cut > start else end)
    return list(zip(cuts, [*cuts[1:], len(content)], strict=True))


def make_paragraphs(trace: Trace, start: int, end: int, marks: tuple[Marked, ...]) -> Iterator[Paragraph]:
    """The lines between two places, each cut wherever a record begins or ends; empty ones are left out."""
    title = len(trace.document["title"])
    for line in trace.content[start:end].split("\n"):
        if line.strip():
            runs = tuple(make_run(trace.content, piece.start, piece.end, piece.records)
                         for piece in cut_pieces(start, start + len(line), marks))
            yield Paragraph(start < title, find_way(line), runs)
        start += len(line) + 1


def make_run(content: str, start: int, end: int, records: tuple[Marked, ...]) -> Run:
    """A stretch with the records that cover it."""
    outer = sorted(records, key=lambda mark: (mark.start - mark.end, mark.number))
    return Run(content[start:end], tuple(Mark(mark.number, mark.table) for mark in outer),
               tuple(mark.number for mark in outer if mark.start == start),
               tuple(Mark(mark.number, mark.table) for mark in outer if mark.end == end))


def find_way(line: str) -> str | None:
    """The direction in which most letters of a line are written. A line of an Arabic report that begins with a Latin name stays
    right-to-left."""
    ways = Counter(map(unicodedata.bidirectional, line[:SAMPLE]))
    right, left = sum(ways[way] for way in RIGHT), ways["L"]
    return None if right == left == 0 else "rtl" if right >= left else "ltr"


def find_direction(language: str | None) -> str:
    """How a language is written: rtl or ltr; `auto` for one that CLDR does not know."""
    try:
        return "rtl" if Locale.parse(language or "").text_direction == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "auto"


def strip_row(mark: Marked) -> Marked:
    """A record without the columns that only the joining of deeds needs."""
    return msgspec.structs.replace(mark, row={name: value for name, value in mark.row.items() if name not in INNER})


def find_address(url: str | None) -> str | None:
    """The address, if it is one of the web and holds no character that hides, such as a bidirectional control."""
    return url if url and url.isprintable() and url.lower().startswith(("https://", "http://")) else None


def find_issues(ledger: Ledger, asked: Asked, trace: Trace) -> tuple[str, ...]:
    """What the reader of the report should know."""
    sql = "SELECT DISTINCT text FROM issues WHERE document_id = ? ORDER BY text"
    return tuple(ledger.query(sql, (trace.document["document_id"],), asked.as_of)["text"].to_pylist())


def find_abstained(trace: Trace) -> tuple[Stretch, ...] | None:
    """What this version of Rawabit does not code in the report, in order of place; None where another read it, or where it is long.

    The ledger keeps no abstentions: the report is read again, which takes some 6 ms."""
    row = trace.document
    if row["recipe"] != find_recipe() or len(trace.content) > PART:
        return None
    reading = read_document(Document(row["document_id"], row["title"], row["text"], row["outlet"], row["language"], row["published"]))
    return list_abstained(reading)


def list_abstained(reading: Reading) -> tuple[Stretch, ...]:
    """What a reading saw and did not code, in order of place."""
    return tuple(Stretch(found.reason, reading.surface(found.evidence)) for found in sorted(reading.abstentions, key=lambda a: a.evidence))
