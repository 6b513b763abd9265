"""What the commands about pairs share: the pair, the day, and how deeds and phases are told in a line."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

import click
from rich.text import Text

from rawabit.cli.asking import Moment, make_code
from rawabit.cli.inputs import Day
from rawabit.cli.ledger_option import with_ledger
from rawabit.cli.lines import INDENT, STYLES, Line
from rawabit.cli.table import join_parts
from rawabit.relation.phases import Phase
from rawabit.relation.series import Deed

Command = TypeVar("Command", bound=Callable[..., Any])
EPILOG = "Exit status: 0 answered, also where nothing was found; 1 no ledger or no answer; 2 wrong usage."
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


def _code(ctx: click.Context, param: click.Parameter, value: str) -> str:
    return make_code(value)


def with_pair(command: Command) -> Command:
    """Two sides, the ledger and the day."""
    as_of = click.option("--as-of", type=Moment(), metavar="DATE", help="What could be known then: later reports do not count.")
    other = click.argument("other", metavar="B", callback=_code)
    return click.argument("one", metavar="A", callback=_code)(other(with_ledger(as_of(command))))


def deed_line(deed: Deed) -> Iterator[Line]:
    """A deed: day, kind, who → whom; how much it is told and its id; its evidence."""
    whom = f" → {', '.join(deed.recipients)}" if deed.recipients else ""
    kind = f"{deed.type}/{deed.mode}" if deed.mode else deed.type
    yield Text.assemble(f"{deed.day}  ", (kind, STYLES.get(deed.quad, "bold")), f"  {', '.join(deed.actors)}{whom}"), 2, False
    counted = plural(deed.reports, "report"), plural(deed.outlets, "outlet")
    yield Text(join_parts(f"{deed.score:+g}", *counted, deed.deed_id), "dim"), INDENT, False
    yield Text(deed.evidence.replace("\n", " "), "italic"), INDENT, True


def phase_line(phase: Phase) -> Line:
    """A phase: its days, its name, on what it rests."""
    days = f"{phase.start} … {phase.end or 'now'}"
    known = f"known {phase.known}" if phase.known != phase.start else None
    rest = join_parts(phase.basis, f"confidence {phase.confidence:.2f}", known, f"heat {phase.heat:+.0f}" if phase.heat else None)
    return Text.assemble(f"{days}  ", (phase.name, "bold"), (f"  {rest}", "dim")), 0, False


def plural(count: int, noun: str) -> str:
    """A number and its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
