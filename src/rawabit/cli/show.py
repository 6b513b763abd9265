"""`rawabit show`: a report with its records marked, or one record in its sentence."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
import msgspec
from rich.text import Text

from rawabit.cli.asking import with_clocks, with_format
from rawabit.cli.cards import CARDS, note
from rawabit.cli.lines import Line, find_paper, render_lines
from rawabit.cli.output import open_output
from rawabit.cli.page import render_page
from rawabit.ledger import Ledger
from rawabit.ledger.trace import Marked, Trace, cut_pieces, find_trace

EPILOG = "Exit status: 0 shown, 1 no such id or no ledger, 2 wrong usage."
COLOURS = {"events": "green", "statements": "cyan", "figures": "yellow", "ties": "magenta", "people": "blue"}
"""Of the stretches that prove a record."""
FORMS = ("table", "html", "json")


@click.command(epilog=EPILOG)
@click.argument("id_", metavar="ID")
@with_clocks
@with_format(FORMS)
def show(id_: str, ledger: str, as_of: date | None, recorded_by: date | None, form: str, output: str | None) -> None:
    """Show a report with its records marked.

    Numbers in brackets name the records that are listed below. ID names a report (the ledger's id or the one that its source
    gave) or a record or deed; then its sentence comes first and it alone is
    marked. html writes one page that needs no other file.
    """
    trace = find_trace(Ledger(ledger, as_of, recorded_by), id_)
    with open_output(output) as out:
        out.write(render_trace(trace, form, output not in (None, "-")))
        out.flush()


def render_trace(trace: Trace, form: str, to_file: bool) -> bytes:
    """The report in a format."""
    if form == "html":
        return render_page(trace).encode("utf-8", "replace")
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(trace), indent=2) + b"\n"
    return render_lines(find_lines(trace), *find_paper(to_file))


def find_lines(trace: Trace) -> Iterator[Line]:
    """The report for a terminal: its sentence first, if one record is asked for; numbers in brackets name the records below."""
    doc, marked = trace.document, (trace.focus,) if trace.focus else trace.records
    if trace.focus and trace.sentence:
        yield mark_text(trace.content, *trace.sentence, marked), 0, True
        yield from list_records(marked)
        yield Text(""), 0, False
    yield note(doc["outlet"], str(doc["published"] or "no day of publication"), doc["given_id"], doc["url"])
    yield note(doc["document_id"])
    start = 0
    for line in trace.content.split("\n"):
        text = mark_text(trace.content, start, start + len(line), marked)
        text.stylize("bold" if not start else "")
        yield text, 0, True
        start += len(line) + 1
    if not trace.focus:
        yield Text(""), 0, False
        yield from list_records(marked)


def mark_text(content: str, start: int, end: int, marked: tuple[Marked, ...]) -> Text:
    """A stretch of the report; where a record begins stands an opening bracket with its number, where it ends a closing one. One record
    alone has brackets without number."""
    out = Text()
    for piece in cut_pieces(start, end, marked):
        opened = [r.number for r in piece.records if r.start == piece.start]
        closed = [r.number for r in piece.records if r.end == piece.end]
        inner = min(piece.records, key=lambda r: r.end - r.start, default=None)
        alone = len(marked) == 1
        out.append("[" if opened and alone else f"[{_join(opened)}: " if opened else "", "dim")
        out.append(content[piece.start : piece.end], f"bold {COLOURS[inner.table]}" if inner else "")
        out.append("]" if closed and alone else f" :{_join(closed)}]" if closed else "", "dim")
    return out


def _join(numbers: list[int]) -> str:
    return ",".join(map(str, numbers))


def list_records(marked: tuple[Marked, ...]) -> Iterator[Line]:
    """The records by their numbers."""
    for record in marked:
        first, *rest = CARDS[record.table](record.row)
        number = "" if len(marked) == 1 else f"[{record.number}] "
        yield Text.assemble((f"{number}{record.table}  ", COLOURS[record.table]), first[0]), 0, False
        yield from (line for line in rest if not line[2])
