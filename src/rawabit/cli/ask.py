"""`rawabit deeds`, `events`, `statements`, `figures`, `ties`, `people`, `documents`: questions to the ledger."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from rawabit.cli.asking import EPILOG, Question, make_question, with_filters
from rawabit.cli.cards import CARDS
from rawabit.cli.lines import Line, find_paper, render_lines
from rawabit.cli.output import open_output
from rawabit.ledger.export import write_rows
from rawabit.ledger.filters import Filters

SHOWN = 100
"""Rows that a table shows where no limit is given."""
NOUNS = {"tellings": "events"}


@click.command(epilog=EPILOG)
@with_filters("deeds")
def deeds(**asked: Any) -> None:
    """Who did what to whom, each deed once.

    With the day, who tells it, and where the tellings differ. A deed is told by any number of reports. `rawabit deed ID` sets its
    tellings side by side; `rawabit show ID` shows the report.
    """
    answer("deeds", asked)


@click.command(epilog=EPILOG)
@with_filters("tellings")
def events(**asked: Any) -> None:
    """Each telling of a deed, as one report has it."""
    answer("tellings", asked)


@click.command(epilog=EPILOG)
@with_filters("statements")
def statements(**asked: Any) -> None:
    """Who said what about whom."""
    answer("statements", asked)


@click.command(epilog=EPILOG)
@with_filters("figures")
def figures(**asked: Any) -> None:
    """What was how much, and who says so.

    In the order of measure, parties and period. For example what reports say of Russia's share of Tajikistan's trade: `rawabit
    figures --type trade_share --between RUS TJK`.
    """
    answer("figures", asked)


@click.command(epilog=EPILOG)
@with_filters("ties")
def ties(**asked: Any) -> None:
    """Standing relations: allies, members, bases, wars.

    --holds-on asks for those that hold on a day: by their dates; without dates from publication until denied, for five years at most
    (wars, chairs and mediation: one). --as-of asks what could be known on a day.
    """
    answer("ties", asked)


@click.command(epilog=EPILOG)
@with_filters("people")
def people(**asked: Any) -> None:
    """Who was named, as what."""
    answer("people", asked)


@click.command(epilog=EPILOG)
@with_filters("documents")
def documents(**asked: Any) -> None:
    """The reports themselves.

    --between, --actor, --type, --modality and --said-by: reports with one event that is so.
    """
    answer("documents", asked)


def answer(view: str, asked: dict[str, Any]) -> None:
    """Answers the question that a command's options put."""
    form, output = asked.pop("form"), asked.pop("output")
    if form == "parquet" and output in (None, "-"):
        raise click.UsageError("parquet is no text. Give a file with -o.")
    question = make_question(view, asked)
    rows = show_table(question, output) if form == "table" else write_answer(question, form, output)
    if not rows:
        click.echo(explain_nothing(question), err=True)


def write_answer(question: Question, form: str, output: str | None) -> int:
    """Writes the rows in a format for machines; how many."""
    schema, batches = question.ledger.view_batches(question.view, question.filters)
    with open_output(output) as out:
        return write_rows(schema, batches, form, out)


def show_table(question: Question, output: str | None) -> int:
    """Writes the rows as cards; how many. Tells where there are more than are shown."""
    limit = question.filters.limit or SHOWN
    rows = question.ledger.view_rows(question.view, msgspec.structs.replace(question.filters, limit=limit + 1))
    more = rows.num_rows > limit
    with open_output(output) as out:
        out.write(render_lines(_cards(question.view, rows.slice(0, limit).to_pylist()), *find_paper(output not in (None, "-"))))
        out.flush()
    if more and question.filters.limit is None:
        total = question.ledger.count_rows(question.view, question.filters)
        click.echo(f"The first {limit} of {total:,} {name(question.view)}. --limit N shows more, --format jsonl gives all.", err=True)
    return int(min(rows.num_rows, limit))


def _cards(view: str, rows: list[dict[str, Any]]) -> Iterator[Line]:
    for row in rows:
        yield from CARDS[view](row)


def name(view: str) -> str:
    """What the rows of a view are called."""
    return NOUNS.get(view, view)


def explain_nothing(question: Question) -> str:
    """Says that nothing was found, and what to try."""
    ledger, filters = question.ledger, question.filters
    if filters == Filters(limit=filters.limit):
        hint = "Add reports with `rawabit add`" + (", or ask as of a later day." if ledger.as_of or ledger.recorded_by else ".")
        return f"No {name(question.view)} in the ledger at {ledger.location}. {hint}"
    given = [field for field in filters.__struct_fields__ if getattr(filters, field) is not None and field != "limit"]
    options = ", ".join(f"--{field.replace('_', '-')}" for field in given)
    return f"No {name(question.view)} found. Loosen {options}, or see what there is: `rawabit {name(question.view)} --limit 20`."
