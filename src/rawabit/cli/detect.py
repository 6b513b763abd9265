"""`rawabit detect`: sentences in, and for each whether it tells a deed of one type."""
from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

import click
import msgspec

from rawabit.model import InputError
from rawabit.record.detect import Detection, make_detector

EPILOG = """\b
The score is above 0 where the deed is told. Weights exist for ASSAULT and PROTEST.

Exit status: 0 all sentences judged, 1 the input cannot be read, 2 wrong usage."""
YES, UNSURE = "yes", "ambiguous"
FORMATS = ["table", "jsonl"]
Row = dict[str, str]


@click.command(epilog=EPILOG)
@click.argument("kind", metavar="TYPE")
@click.argument("source", type=click.File("r", encoding="utf-8-sig"), default="-", metavar="[PATH|-]")
@click.option("--text-column", default="text", show_default=True, help="The column of a CSV file that holds the sentence.")
@click.option("--gold-column", metavar="COLUMN", help="Print precision, recall and F1 against this column instead of the answers.")
@click.option("--language", default="ar", show_default=True, help="ISO 639-1 code of the sentences' language.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
              help="table: for people; jsonl: one object a sentence, with the place of the trigger.")
def detect(kind: str, source: Iterable[str], text_column: str, gold_column: str | None, language: str, form: str) -> None:
    """Say for each sentence whether it tells a deed of a PLOVER type (ASSAULT, PROTEST).

    PATH is a CSV file whose first line names the columns, or plain text with one sentence a line; - is standard input. In the gold
    column "yes" is told, "ambiguous" is left out, and all else is not told.
    """
    try:
        detector = make_detector(kind.upper(), language)
        judged = ((row, detector.detect(row[text_column])) for row in read_rows(source, text_column, gold_column))
        lines = render_quality(judged, gold_column) if gold_column else (render(row[text_column], found, form) for row, found in judged)
        for line in lines:
            click.echo(line)
    except (InputError, UnicodeDecodeError, csv.Error) as error:
        raise click.ClickException(str(error)) from error


def read_rows(source: Iterable[str], text_column: str, gold_column: str | None) -> Iterator[Row]:
    """One row a sentence. A first line that names the text column, or a gold column asked for, makes it CSV; empty lines are left out."""
    lines = iter(source)
    first = next(lines, "")
    names = next(csv.reader(io.StringIO(first)), [])
    if text_column not in names and not gold_column:
        yield from ({text_column: line.rstrip("\n")} for line in chain([first], lines) if line.strip())
        return
    for column in [text_column, *([gold_column] if gold_column else [])]:
        if column not in names:
            raise InputError(f"no column {column!r} in the first line: name one of {', '.join(names) or 'its columns (it is empty)'}.")
    for number, row in enumerate(csv.DictReader(lines, fieldnames=names), 1):
        if row[text_column] is None or (gold_column and row[gold_column] is None):
            raise InputError(f"row {number} has fewer columns than the first line: mend it, or check its quotation marks.")
        yield row


def render(text: str, found: Detection, form: str) -> str:
    """One answer as a line."""
    if form == "jsonl":
        return msgspec.json.encode(found).decode()
    trigger = text[found.trigger.start : found.trigger.end] if found.trigger else "-"
    return f"{'yes' if found.told else 'no':3}  {found.score:+7.3f}  {trigger}"


def render_quality(judged: Iterable[tuple[Row, Detection]], gold_column: str) -> Iterator[str]:
    """Precision, recall and F1 of «yes», and how many of each label were said to be told."""
    all_of: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for row, found in judged:
        label = row[gold_column].strip()
        all_of[label] += 1
        said[label] += found.told
    positive = sum(count for label, count in said.items() if label != UNSURE)
    precision, recall = said[YES] / max(1, positive), said[YES] / max(1, all_of[YES])
    f1 = 2 * said[YES] / max(1, positive + all_of[YES])
    judged_count = sum(all_of.values()) - all_of[UNSURE]
    yield f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({judged_count} sentences, {all_of[YES]} yes)"
    for label in sorted(all_of):
        yield f"{label}: {said[label]} of {all_of[label]} said to be told{' (left out)' if label == UNSURE else ''}"
