"""`rawabit read`: reports in, readings out."""
from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import IO, Any

import click
import msgspec
from rich.console import Console

from rawabit.cli.inputs import find_inputs, with_inputs
from rawabit.cli.progress import count_progress
from rawabit.cli.table import render_reading
from rawabit.cli.work import read_all
from rawabit.codebook import to_json
from rawabit.model import Reading
from rawabit.source import Failure, Notice

FORMATS = ("table", "json", "jsonl")


@click.command(epilog="Exit status: 0 all reports read, 1 some reports failed (each named on standard error), 2 wrong usage.")
@click.argument("paths", nargs=-1, metavar="[PATH…|-]")
@with_inputs
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
              help="table for people; json: one object, or a list where there are several reports; jsonl: one line a reading.")
@click.option("-o", "--output", metavar="FILE", help="Write there instead of standard output; FILE is replaced when all is read.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes; the order of the input is kept.")
def read(paths: tuple[str, ...], published: date | None, source: str | None, language: str | None, form: str, output: str | None, workers: int) -> None:
    """Read reports and write their readings: people, events, statements, figures and ties, each with its evidence.

    PATH is a .txt (first line the title), .html, .json, .jsonl or .jsonl.gz file, a folder of these, or - for standard input (plain
    text, a page, JSON or JSON Lines). Options fill in what a report leaves out.
    """
    outcomes = find_inputs(paths, published, source, language)
    readings = read_all(outcomes, _shower(form, output), workers)
    failed = False
    with _open(output) as out, count_progress(quiet=output is None and sys.stdout.isatty()) as counted:
        write = _WRITERS[form](out)
        for shown in counted(readings):
            if isinstance(shown, Failure | Notice):
                click.echo(str(shown), err=True)
            failed = failed or isinstance(shown, Failure)
            write.send(shown)
        write.close()
    sys.exit(1 if failed else 0)
