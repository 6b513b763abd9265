"""`rawabit formats [CODE]`: gatherings of states, their members, chairs and meetings, as a list or a calendar file."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
from rich.text import Text

from rawabit.cli.asking import EPILOG
from rawabit.cli.lines import Line
from rawabit.cli.output import open_output
from rawabit.cli.relating import read_code, tell_words, with_answer, with_day, write_answer
from rawabit.ledger.ledger import Ledger
from rawabit.relation.calendar import make_calendar
from rawabit.relation.formats import Gathering, Meeting, find_gatherings
from rawabit.relation.series import find_day


@click.command(epilog=EPILOG)
@click.argument("code", required=False, callback=read_code)
@click.option("--ics", metavar="FILE", help="Write the meetings whose day is known as an iCalendar file, too.")
@with_day
@with_answer
def formats(code: str | None, ics: str | None, ledger: str, as_of: date | None, form: str, output: str | None) -> None:
    """Gatherings of states: members, chairs, meetings held and planned, who came and who is told not to have.

    CODE is a format's code or id (IGO-CIS, cis, russia-central-asia); without it, all of which the ledger tells something. Members are the
    lexicon's, of the year asked; meetings and chairs are what reports tell.
    """
    opened = Ledger(ledger)
    day = find_day(opened, as_of)
    found = find_gatherings(opened, day, code)
    if ics:
        with open_output(ics) as out:
            out.write(make_calendar((meeting for one in found for meeting in one.meetings), day))
        if ics == "-":
            return
    write_answer(found, (line for one in found for line in render_gathering(one)), form, output)
    if not found:
        click.echo("No format is told of by then. Ask as of a later day, or add reports with `rawabit add`.", err=True)


def render_gathering(one: Gathering) -> Iterator[Line]:
    """A format with its chairs and meetings."""
    head = one.name if one.code is None else f"{one.name} · {one.code}"
    yield Text.assemble((head, "bold"), (f"  {one.id}", "dim")), 0, False
    for name, codes in (("members", one.members), ("guests", one.guests), ("members by reports", one.reported)):
        if codes:
            yield Text(f"{name}: {' '.join(codes)}", "dim"), 2, False
    for chair in one.chairs:
        term = f"{chair.start} … {chair.end}" if chair.start else "no term told"
        yield Text(f"chair {chair.code}  {term}  {chair.modality}"), 2, False
        yield from tell_words(chair.evidence, f"tie {chair.tie_id}")
    for meeting in one.meetings:
        yield from _meeting(meeting)


def _meeting(meeting: Meeting) -> Iterator[Line]:
    days = str(meeting.start or "no day told") + (f" … {meeting.end}" if meeting.end != meeting.start else "")
    place = f"  {meeting.place}" if meeting.place else ""
    yield Text.assemble((f"{days}  {meeting.state}", "bold"), place), 2, False
    for name, codes in (("came", meeting.came), ("told not to have come", meeting.absent), ("not told", meeting.not_told)):
        if codes:
            yield Text(f"{name}: {' '.join(codes)}"), 4, False
    for deed in meeting.deeds:
        yield from tell_words(deed.evidence, deed.summary, f"deed {deed.deed_id}", deed.outlet)
