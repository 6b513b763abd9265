"""`rawabit rivals TARGET`: the rivals' shares of a state's or group's relations."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import click
from rich.text import Text

from rawabit.cli.asking import EPILOG, make_code
from rawabit.cli.inputs import Day
from rawabit.cli.ledger_option import with_ledger
from rawabit.cli.lines import Line, find_paper
from rawabit.cli.relating import read_code, tell_words, with_answer, write_answer
from rawabit.ledger.ledger import Ledger
from rawabit.relation.influence import Cell, Record, Rivals, Row, find_rivals
from rawabit.relation.series import find_day

POWERS = "RUS CHN TUR USA IGO-EU"
NAME = 24
"""Width of the first column."""
HHI = "   HHI"
"""Head of the last column."""
SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))


def _window(ctx: click.Context, param: click.Parameter, value: str) -> int:
    days = value.removesuffix("d")
    if not days.isdigit() or not 1 <= int(days) <= timedelta(365 * 100).days:
        raise click.BadParameter(f"{value!r} is no number of days. Write 365d.", ctx, param)
    return int(days)


def _rivals(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(make_code(code) for code in value.replace(",", " ").split()))
    if not codes:
        raise click.BadParameter('name at least one code, for example --rivals "RUS CHN".', ctx, param)
    return codes


@click.command(epilog=EPILOG)
@click.argument("target", callback=read_code)
@click.option("--rivals", "powers", default=POWERS, show_default=True, callback=_rivals, metavar="CODES", help="Between spaces or commas.")
@click.option("--as-of", "days", multiple=True, type=Day(), metavar="DATE",
              help="What could be known then; may be given several times.  [default: the last day of publication]")
@click.option("--window", default="365d", show_default=True, callback=_window, metavar="DAYS", help="How far back deeds count.")
@click.option("--explain", is_flag=True, help="Below each row, the records that each share rests on.")
@with_ledger
@with_answer
def rivals(target: str, powers: tuple[str, ...], days: tuple[date, ...], window: int, explain: bool, ledger: str, form: str,
           output: str | None) -> None:
    """The rivals' shares of TARGET's contacts, agreements, aid, trade and security ties.

    TARGET is a state or a group (REG-CentralAsia, IGO-OTS), which stands for its members. Each cell holds the share, the change in
    percentage points against the window before, and the weight that it rests on; HHI is the concentration of the shares (1: one rival has
    all). A cell says what reports tell, not what there is: docs/influence.md gives the method.
    """
    opened = Ledger(ledger)
    tables = [find_rivals(opened, target, powers, day, window) for day in days or (find_day(opened),)]
    room = find_paper(output not in (None, "-"))[0]
    write_answer(tables, (line for table in tables for line in render_rivals(table, explain, room)), form, output)


def render_rivals(table: Rivals, explain: bool, room: int = 100) -> Iterator[Line]:
    """The table of one day; rows without records are named below it. `room`: columns of the paper. Where the table is
    wider, each of its rows is a list."""
    states = f" ({' '.join(table.states)})" if table.states != (table.target,) else ""
    yield Text(f"{table.target}{states} as of {table.as_of}, {table.window} days", "bold"), 0, False
    names = [cell.rival for cell in table.rows[0].cells]
    width = 1 + max(len(text) for text in (*names, *(_cell(cell) for row in table.rows for cell in row.cells)))
    fits = NAME + width * len(names) + len(HHI) <= room
    if fits:
        yield Text(" " * NAME + "".join(f"{name:>{width}}" for name in names) + HHI, "dim"), 0, False
    for row in table.rows:
        if row.concentration is not None:
            yield from _row(row, width) if fits else _list(row)
            yield from _rest(row, explain)
    empty = [row.dimension for row in table.rows if row.concentration is None]
    if empty:
        yield Text(f"No records of: {', '.join(empty)}.", "dim"), 0, False


def _row(row: Row, width: int) -> Iterator[Line]:
    """A row of the table: a cell for each rival."""
    yield Text(f"{row.dimension + ' (' + row.unit + ')':<{NAME}}" + "".join(f"{_cell(cell):>{width}}" for cell in row.cells)
               + f"  {row.concentration:.2f}"), 0, False


def _list(row: Row) -> Iterator[Line]:
    """A row as a list: a line for each rival that has a part in it."""
    yield Text(f"{row.dimension} ({row.unit}), HHI {row.concentration:.2f}"), 0, False
    width = max(len(cell.rival) for cell in row.cells) + 2
    for cell in row.cells:
        if cell.share is not None and cell.weight:
            yield Text(f"{cell.rival:<{width}}{_cell(cell)}"), 2, False


def _rest(row: Row, explain: bool) -> Iterator[Line]:
    """What could not be shared out, and the records that the shares rest on."""
    for record in row.left_out:
        yield Text(f"left out, in {record.unit}: {record.what} · {record.record_id}", "dim"), 2, False
    for cell in row.cells if explain else ():
        for record in cell.records:
            yield from _record(cell.rival, record)


def _cell(cell: Cell) -> str:
    if cell.share is None or not cell.weight:
        return "·"
    moved = f" {100 * (cell.share - cell.before):+.0f}" if cell.before is not None else ""
    return f"{cell.share:.0%}{moved} ({find_scale(cell.weight)})"


def find_scale(value: float) -> str:
    """A number in a few digits."""
    return next((f"{value / scale:.3g}{name}" for scale, name in SCALES if value >= scale), f"{value:.3g}")


def _record(rival: str, record: Record) -> Iterator[Line]:
    yield Text.assemble((f"{rival}  ", "bold"), f"{record.day}  {find_scale(record.weight)} {record.unit}  {record.what}"), 4, False
    yield from tell_words(record.evidence, f"{record.kind} {record.record_id}", record.outlet, f"report {record.document_id}")
