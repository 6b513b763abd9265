"""What the commands that ask for relations share: pair, day, form, and how deeds, phases and records are told in lines.

The day is by default the last day of publication in the ledger (`find_day`): what a ledger of 2018 knows is not asked as of today.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

import click
import msgspec
from rich.text import Text

from rawabit.cli.asking import Moment, make_code, with_format
from rawabit.cli.inputs import Day
from rawabit.cli.ledger_option import with_ledger
from rawabit.cli.lines import INDENT, STYLES, Line, find_paper, render_lines
from rawabit.cli.output import open_output
from rawabit.cli.table import join_parts
from rawabit.relation.deeds import Deed
from rawabit.relation.phases import Phase

Command = TypeVar("Command", bound=Callable[..., Any])
SHOWN = 3
"""Deeds of a phase that are told."""


class Since(Day):
    """An ISO date, or a number of days before the day asked for (`30d`)."""

    name = "since"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A date, or a timedelta."""
        if isinstance(value, str) and value.endswith("d") and value[:-1].isdecimal():
            return timedelta(int(value[:-1]))
        return super().convert(value, param, ctx)


def find_since(since: date | timedelta, until: date) -> date:
    """The first day that is meant."""
    return until - since + timedelta(1) if isinstance(since, timedelta) else since


def read_code(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A code as it is written in the ledger."""
    return None if value is None else make_code(value)


def _other(ctx: click.Context, param: click.Parameter, value: str) -> str:
    code = make_code(value)
    if code == ctx.params.get("one"):
        raise click.UsageError("give two different codes, for example RUS AZE.")
    return code


def with_day(command: Command) -> Command:
    """`--ledger`, `--as-of`."""
    as_of = click.option("--as-of", type=Moment(), metavar="DATE",
                         help="What could be known then: later reports do not count.  [default: the last day of publication]")
    return with_ledger(as_of(command))


def with_pair(command: Command) -> Command:
    """Two sides, the ledger and the day."""
    other = click.argument("other", metavar="B", callback=_other)
    return click.argument("one", metavar="A", callback=read_code)(other(with_day(command)))


def with_answer(command: Command) -> Command:
    """`--format table|json`, `-o`, for `write_answer`."""
    return with_format(("table", "json"))(command)


def write_answer(answer: object, lines: Iterable[Line], form: str, output: str | None) -> None:
    """The answer as one JSON object, or as lines for people."""
    if form == "json":
        shown = msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n"
    else:
        shown = render_lines(lines, *find_paper(output not in (None, "-")))
    with open_output(output) as out:
        out.write(shown)
        out.flush()


def deed_line(deed: Deed) -> Iterator[Line]:
    """A deed: day, what, who → whom; how much it is told and its id; its evidence."""
    yield Text.assemble(f"{deed.day}  ", (deed.summary, STYLES.get(deed.quad, "bold"))), 2, False
    counted = plural(deed.reports, "report"), plural(deed.outlets, "outlet")
    yield Text(join_parts(f"{deed.score:+g}", *counted, deed.deed_id), "dim"), INDENT, False
    yield Text(deed.evidence.replace("\n", " "), "italic"), INDENT, True


def phase_line(phase: Phase) -> Line:
    """A phase: its days, its name, on what it rests."""
    days = f"{phase.start} … {phase.end or 'now'}"
    known = f"known {phase.known}" if phase.known != phase.start else None
    rest = join_parts(phase.basis, f"confidence {phase.confidence:.2f}", known, f"heat {phase.heat:+.0f}" if phase.heat else None)
    return Text.assemble(f"{days}  ", (phase.name, "bold"), (f"  {rest}", "dim")), 0, False


def tell_words(evidence: str, *about: object) -> Iterator[Line]:
    """The evidence, and below it what else is to be said of it."""
    yield Text(evidence.replace("\n", " ")), 6, True
    yield Text(" · ".join(str(part) for part in about if part), "dim"), 6, False


def plural(count: int, noun: str) -> str:
    """A number and its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
