"""`rawabit sql`: one SELECT over the documented views."""
from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import click
from rich.text import Text

from rawabit.cli.asking import EPILOG, FORMS, with_clocks, with_format
from rawabit.cli.grid import render_grid
from rawabit.cli.lines import Line, find_paper, render_lines
from rawabit.cli.output import open_output
from rawabit.ledger import Ledger
from rawabit.ledger.export import write_rows
from rawabit.ledger.meanings import VIEWS, name_type


@click.command(epilog=EPILOG)
@click.argument("query", required=False)
@click.option("--schema", is_flag=True, help="List the views with their columns and what these mean.")
@with_clocks
@with_format(FORMS)
def sql(query: str | None, schema: bool, ledger: str, as_of: date | None, recorded_by: date | None, form: str,
        output: str | None) -> None:
    """Answer one SELECT over the ledger's views.

    DuckDB's SQL. Nothing is written and no other file is read. QUERY is the text, or - for standard input. For example: rawabit
    sql "SELECT type, count(*) FROM deeds GROUP BY type".
    """
    if schema:
        write_out(render_lines(list_views(), *find_paper(output not in (None, "-"))), output)
        return
    if query is None:
        raise click.UsageError('no query. Give one SELECT in quotes, for example rawabit sql "SELECT * FROM deeds LIMIT 3", or --schema.')
    if form == "parquet" and output in (None, "-"):
        raise click.UsageError("parquet is no text. Give a file with -o.")
    text = sys.stdin.read() if query == "-" else query
    rows = Ledger(ledger, as_of, recorded_by).sql(text)
    if form == "table":
        width, colours = find_paper(output not in (None, "-"))
        write_out(render_lines(render_grid(rows, width), width, colours), output)
    else:
        with open_output(output) as out:
            write_rows(rows.schema, rows.to_batches(), form, out)
    if not rows.num_rows:
        click.echo("No rows. The query ran, and nothing passes it.", err=True)


def write_out(shown: bytes, output: str | None) -> None:
    """Writes it all."""
    with open_output(output) as out:
        out.write(shown)
        out.flush()


def list_views() -> Iterator[Line]:
    """The views with their columns."""
    for view in VIEWS.values():
        yield Text.assemble((view.name, "bold underline"), f"  {view.row}"), 0, False
        for column in view.columns:
            yield Text.assemble(f"{column.name}  ", (name_type(column.type), "dim"), f"  {column.meaning}"), 2, False
