"""What the commands that ask for relations share: the day, the form, and how a record is told in lines."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click
import msgspec
from rich.text import Text

from rawabit.cli.asking import make_code, with_format
from rawabit.cli.inputs import Day
from rawabit.cli.ledger_option import with_ledger
from rawabit.cli.lines import Line, find_paper, render_lines
from rawabit.cli.output import open_output

Command = TypeVar("Command", bound=Callable[..., Any])


def today() -> date:
    """This day in UTC."""
    return datetime.now(UTC).date()


def read_code(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A code as it is written in the ledger."""
    return None if value is None else make_code(value)


def with_day(command: Command) -> Command:
    """`--as-of DAY`, `--ledger`, `--format table|json`, `-o`."""
    command = click.option("--as-of", type=Day(), metavar="DATE", help="What could be known then.  [default: today]")(command)
    return with_ledger(with_format(("table", "json"))(command))


def write_answer(answer: object, lines: Iterable[Line], form: str, output: str | None) -> None:
    """The answer as one JSON object, or as lines for people."""
    if form == "json":
        shown = msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n"
    else:
        shown = render_lines(lines, *find_paper(output not in (None, "-")))
    with open_output(output) as out:
        out.write(shown)
        out.flush()


def tell_words(evidence: str, *about: object) -> Iterator[Line]:
    """The evidence, and below it what else is to be said of it."""
    yield Text(evidence.replace("\n", " ")), 6, True
    yield Text(" · ".join(str(part) for part in about if part), "dim"), 6, False
