"""`rawabit gate`: does Rawabit still read the gold at least as well as it did?"""
from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from rawabit.gate import Result, raised, read_floors, run_gate, write_floors
from rawabit.model import RawabitError

EPILOG = "Exit status: 0 every value at or above its floor, 1 a value more than 0.005 under its floor, 2 wrong usage."


@click.command(epilog=EPILOG)
@click.option("--gold", type=click.Path(path_type=Path, exists=True, file_okay=False), default="gold", show_default=True, metavar="DIR",
              help="Folder of sets of gold readings.")
@click.option("--floors", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The pinned floors.  [default: gate.json in --gold]")
@click.option("--corpus", type=click.Path(path_type=Path, dir_okay=False), default="../shared/corpus/ant-dev.jsonl.gz", show_default=True,
              metavar="FILE", help="Reports that gold names but does not hold; sets that need it are skipped without it.")
@click.option("--raise", "lift", is_flag=True, help="Lift floors to today's values; none is lowered.")
@click.option("--lower", is_flag=True, help="Set floors to today's values, also where that lowers them (say why in the commit).")
def gate(gold: Path, floors: Path | None, corpus: Path, lift: bool, lower: bool) -> None:
    """Score readings against the project's own gold and hold every measure to its floor.

    F1 of each kind of record, and the share of right values of each attribute of the deeds that were found.
    """
    path = floors or gold / "gate.json"
    try:
        pinned = read_floors(path)
        result = run_gate(gold, pinned, corpus)
    except RawabitError as error:
        raise click.UsageError(str(error)) from error
    _render(result)
    if lift or lower:
        write_floors(path, raised(pinned, result.rows, lower))
    if result.fallen and not lower:
        names = ", ".join(f"{row.group} {row.measure} {row.value:.3f} < {row.floor:.3f}" for row in result.fallen)
        click.echo(f"The gate is shut: {names}. Mend the change, or lower the floor with a reason (`rawabit gate --lower`).", err=True)
        sys.exit(1)


def _render(result: Result) -> None:
    table = Table("set", "measure", box=None, pad_edge=False, header_style="bold")
    for name in ("gold", "got", "precision", "recall", "value", "floor"):
        table.add_column(name, justify="right")
    table.add_column("")
    for row in result.rows:
        count = row.count
        floor = "–" if row.floor is None else f"{row.floor:.3f}"
        table.add_row(row.group, row.measure, str(count.gold), str(count.got), f"{count.precision:.3f}", f"{count.recall:.3f}",
                      f"{row.value:.3f}", floor, "[bold red]fell" if row.fell else "")
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(table)
    for note in result.notes:
        click.echo(note, err=True)
