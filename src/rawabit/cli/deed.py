"""`rawabit deed`: all tellings of one deed side by side, why each was joined, and what became of what was planned."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
import msgspec
from rich.cells import cell_len
from rich.text import Text

from rawabit.cli.asking import with_clocks, with_format
from rawabit.cli.cards import Row, count, credit, deed_card, note, place, quote, render_days, render_kind, render_parties
from rawabit.cli.lines import INDENT, Line, find_paper, render_lines
from rawabit.cli.output import open_output
from rawabit.ledger import Ledger
from rawabit.ledger.story import Story, find_story

SAID = 2
"""The last columns of a telling's head: type and parties."""
EPILOG = "Exit status: 0 shown, 1 no such deed or no ledger, 2 wrong usage."


@click.command(epilog=EPILOG)
@click.argument("id_", metavar="ID")
@with_clocks
@with_format(("table", "json"))
def deed(id_: str, ledger: str, as_of: date | None, recorded_by: date | None, form: str, output: str | None) -> None:
    """Set all tellings of a deed side by side.

    Outlet, day, parties, modality, evidence, and why each was joined. ID names a deed or one of its tellings. What a telling says
    otherwise than the deed stands out.
    """
    story = find_story(Ledger(ledger, as_of, recorded_by), id_)
    with open_output(output) as out:
        out.write(render_story(story, form, output not in (None, "-")))
        out.flush()


def render_story(story: Story, form: str, to_file: bool) -> bytes:
    """The deed in a format."""
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(story), indent=2) + b"\n"
    width, colours = find_paper(to_file)
    return render_lines(find_lines(story, width), width, colours)


def find_lines(story: Story, paper: int) -> Iterator[Line]:
    """The deed, its history, its tellings, on paper of this width."""
    yield from deed_card(story.deed)
    if len(story.history) > 1:
        yield Text("How it was told", "underline"), 0, False
        for step in story.history:
            yield Text(f"{step.published or 'no day'}  {step.modality} for {step.days}  ({count(step.tellings, 'telling')}: "
                       f"{', '.join(step.outlets) or 'no outlet'})"), INDENT, False
    yield Text("Tellings (! what one says otherwise than the deed)", "underline"), 0, False
    heads = [find_head(number, row, story.deed) for number, row in enumerate(story.tellings, 1)]
    widths = [max(cell_len(head[column][0]) for head in heads) for column in range(len(heads[0]) - 1)]
    for head, row in zip(heads, story.tellings, strict=True):
        yield from head_lines(head, widths, paper)
        yield from telling_lines(row, story)


def find_head(number: int, row: Row, deed: Row) -> list[tuple[str, str]]:
    """The columns by which tellings are compared: text and style."""
    compared = ((row["modality"], row["modality"] == deed["modality"]),
                (render_days(row), (row["start"], row["end"]) == (deed["start"], deed["end"])),
                (render_kind(row), row["type"] == deed["type"]), (render_parties(row), row["codes"] == deed["codes"]))
    return [(str(number), "bold"), (str(row["published"] or "no day"), "bold"), (row["outlet"] or "no outlet", "bold"),
            *((value, "") if same else (f"!{value}", "bold yellow") for value, same in compared)]


def head_lines(head: list[tuple[str, str]], widths: list[int], paper: int) -> Iterator[Line]:
    """The columns on one line; what was done by whom on the next, where one line does not hold them."""
    whole = join_head(head, widths)
    if cell_len(whole.plain.rstrip()) <= paper:
        yield whole, 0, False
    else:
        yield join_head(head[:-SAID], widths[: len(head) - SAID - 1]), 0, False
        yield join_head(head[-SAID:], [0] * (SAID - 1)), INDENT, False


def join_head(head: list[tuple[str, str]], widths: list[int]) -> Text:
    """The columns side by side."""
    out = Text()
    for (value, style), width in zip(head, [*widths, 0], strict=True):
        out.append(value, style)
        out.append(" " * (max(0, width - cell_len(value)) + 2))
    return out


def telling_lines(row: Row, story: Story) -> Iterator[Line]:
    """What proves a telling, and why it was joined."""
    yield quote(row)
    yield note(place(row), credit(row), f"report {row['document_id']}", f"telling {row['event_id']}")
    if row["beside"]:
        number = story.numbers.get(row["beside"])
        beside = f"telling {number}" if number else row["beside"]
        yield note(f"joined to {beside} with probability {row['likeness']:.2f}: {', '.join(row['reasons']) or 'no reason kept'}")
