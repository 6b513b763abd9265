"""`rawabit phases`: the phases of a pair, and the deeds that opened and closed each."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click
from rich.text import Text

from rawabit.cli.asking import EPILOG
from rawabit.cli.lines import INDENT, Line
from rawabit.cli.relating import SHOWN, deed_line, phase_line, with_answer, with_pair, write_answer
from rawabit.ledger import Ledger
from rawabit.relation.phases import Phase, read_history


@click.command(epilog=EPILOG)
@with_pair
@with_answer
def phases(one: str, other: str, ledger: str, as_of: date | datetime | None, form: str, output: str | None) -> None:
    """The phases of A and B: crisis, tension, calm, thaw, rapprochement, alliance.

    Each with its days, the deeds that opened it, what reports say of it, and a confidence. As of a day nothing later is used.
    `found`: in the
    series; `told`: by reports; `met`: the two met and spoke well of each other; `faded`: nothing more came. See docs/relations.md.
    """
    history = read_history(Ledger(ledger, as_of), one, other)
    write_answer({"pair": history.series.pair, "phases": history.phases}, _lines(history.phases), form, output)


def _lines(phases: tuple[Phase, ...]) -> Iterator[Line]:
    for phase in phases:
        yield phase_line(phase)
        for deed in phase.opened[:SHOWN]:
            yield from deed_line(deed)
        for saying in phase.sayings[:1]:
            yield Text(f"{saying.day}  told: {saying.document_id}", "dim"), 2, False
            yield Text(saying.sentence.replace("\n", " "), "italic"), INDENT, True
