"""`rawabit review`: judge records, see what was judged, and write judged readings as gold."""
from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.text import Text

from rawabit.cli.ledger import with_place
from rawabit.cli.lines import wrap_lines
from rawabit.ledger.add import find_recipe
from rawabit.ledger.correction import name_correctable
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.review import Record, correct_record, find_next, find_record, find_records, find_reviewer, find_reviews, judge_records
from rawabit.ledger.schema import RECORDS
from rawabit.ledger.stored import find_judged
from rawabit.ledger.writer import LedgerWriter
from rawabit.model import LedgerError


def with_judge(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say who judges, and why."""
    by = click.option("--by", metavar="NAME", help="Who judges.  [default: GIT_AUTHOR_NAME, else USER]")
    note = click.option("--note", metavar="TEXT", help="Why.")
    return by(note(with_place(command)))


@click.group()
def review() -> None:
    """Judge records: accept, correct or reject them. Every answer of the ledger applies the judgement; nothing is overwritten."""


def _make(judgement: str, text: str) -> click.Command:
    @with_judge
    @click.argument("record_id", metavar="ID")
    def run(place: str, record_id: str, by: str | None, note: str | None) -> None:
        ledger = Ledger(place)
        records = find_records(ledger, record_id) if judgement == "accept" else [find_record(ledger, record_id)]
        judge_records(LedgerWriter(place, find_recipe()), ledger, records, judgement, find_reviewer(by), note)
        click.echo(f"{judgement}: {len(records)} record{'s' if len(records) != 1 else ''}")

    return click.command(judgement, help=text)(run)


review.add_command(_make("accept", "Say that a record is right. ID may be a report: all its records that nobody has judged are right."))
review.add_command(_make("reject", "Say that a record is wrong: no answer holds it any more."))
review.add_command(_make("undo", "Take the judgements of a record back: it is again as it was read."))


@review.command()
@with_judge
@click.argument("record_id", metavar="ID")
@click.argument("pairs", metavar="COLUMN=VALUE…", nargs=-1, required=True)
def correct(place: str, record_id: str, pairs: tuple[str, ...], by: str | None, note: str | None) -> None:
    """Say what a record should hold: `rawabit review correct ID type=CONSULT mode=visit actors=RUS/GOV,AZE/GOV`.

    Lists are separated by commas, or JSON; dates are YYYY-MM-DD; nothing after the sign means unknown. Evidence and trigger are copied
    letter for letter from the report. What follows from a column is corrected with it. A later correction adds to an earlier one.
    """
    ledger = Ledger(place)
    record = find_record(ledger, record_id)
    correct_record(LedgerWriter(place, find_recipe()), ledger, record, pairs, find_reviewer(by), note)
    _show(find_record(Ledger(place), record_id))


@review.command("list")
@with_place
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
              help="jsonl: one line a judgement.")
def list_reviews(place: str, form: str) -> None:
    """Show who judged what, and when, the newest first. A judgement that a later one has replaced is in brackets."""
    for row in find_reviews(Ledger(place)).to_pylist():
        if form == "jsonl":
            click.echo(msgspec.json.encode(row))
            continue
        line = (f"{row['recorded_at']:%Y-%m-%d %H:%M}  {row['reviewer']}  {row['judgement']}  {row['table']} {row['record_id']}"
                f"{'  ' + row['correction'] if row['correction'] else ''}{'  “' + row['note'] + '”' if row['note'] else ''}")
        click.echo(line if row["holds"] else f"({line})")


@review.command("next")
@with_place
@click.option("--kind", type=click.Choice(list(RECORDS)), default="events", show_default=True, help="Of which records.")
def next_record(place: str, kind: str) -> None:
    """Show the most doubtful record that nobody has judged, with its sentence: no date, an unknown party, unlike the rest of its deed."""
    record = find_next(Ledger(place), kind)
    if record is None:
        click.echo(f"all {kind} are judged")
    else:
        _show(record)


def _show(record: Record) -> None:
    """The columns that can be corrected, and the sentence."""
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    doc = record.document
    told = f"{doc['outlet'] or 'unknown outlet'} · {doc['published'] or 'no date'} · report {doc['document_id']}"
    console.print(f"{record.table} {record.id} · {told}")
    for name in name_correctable(record.table):
        value = record.row[name]
        if value not in (None, [], ""):
            for line in wrap_lines(Text(f"{name}: {', '.join(value) if isinstance(value, list) else value}"), console, 2):
                console.print(line, soft_wrap=True)
    for line in wrap_lines(Text(record.sentence.replace("\n", " ")), console, 2, True):
        console.print(line, soft_wrap=True)


@review.command()
@with_place
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="One JSON file a report.")
@click.option("--texts", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="Write the reports too, one JSON file each.")
@click.option("--whole", is_flag=True, help="Only reports of which every record is judged.")
def export(place: str, output: Path, texts: Path | None, whole: bool) -> None:
    """Write judged readings in the codebook's form: corrections applied, rejected records left out.

    A report is written once one of its records is judged; `review.records_not_judged` says how many are not.
    """
    written = 0
    for judged in find_judged(Ledger(place)):
        if not (whole and judged.open):
            _write(output / f"{judged.name}.json", judged.gold())
            if texts:
                _write(texts / f"{judged.name}.json", judged.text())
            written += 1
    click.echo(f"{written} readings in {output}", err=True)


def _write(path: Path, content: dict[str, Any]) -> None:
    """A file that appears whole or not at all. Raises LedgerError where it cannot be written."""
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")
        shutil.move(part, path)
    except OSError as error:
        raise LedgerError(f"{path} cannot be written ({error.strerror}). Choose a folder that you may write to.") from error
