"""`rawabit contacts A B`: last and next of a pair."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
from rich.text import Text

from rawabit.cli.asking import EPILOG
from rawabit.cli.lines import STYLES, Line
from rawabit.cli.relating import tell_words, with_answer, with_pair, write_answer
from rawabit.ledger.ledger import Ledger
from rawabit.relation.contacts import Contact, Contacts, find_contacts
from rawabit.relation.series import find_day


@click.command(epilog=EPILOG)
@with_pair
@with_answer
def contacts(one: str, other: str, ledger: str, as_of: date | None, form: str, output: str | None) -> None:
    """Last and next: when A and B last met, phoned, agreed and clashed, what they plan, and what was planned and is not told to have come.

    A and B are codes, for example RUS AZE. Meetings and calls are told by rank too: of leaders, of ministers, from the offices that the
    named people held that day. What a small region that one belongs to did in its place, and a gathering of more than three, is told apart
    (in a group).
    """
    opened = Ledger(ledger)
    found = find_contacts(opened, one, other, find_day(opened, as_of))
    write_answer(found, render_contacts(found), form, output)


def render_contacts(found: Contacts) -> Iterator[Line]:
    """Last, next, and what never came."""
    yield Text(f"{found.a} – {found.b} as of {found.as_of}", "bold"), 0, False
    for name, rows in (("Last", found.last), ("Next", found.next), ("Planned, not told to have come", found.never_came)):
        yield Text(name, "underline"), 0, False
        for row in rows:
            yield from _contact(row, name == "Next")
        if not rows:
            yield Text("nothing known"), 2, False
    if found.undated:
        yield Text(f"{found.undated} deeds between them have no day and are left out here. `rawabit deeds --between {found.a} {found.b}` "
                   "lists them."), 0, False


def _contact(row: Contact, ahead: bool) -> Iterator[Line]:
    deed = row.deed
    since = f"in {row.days:,} days" if ahead else f"{row.days:,} days ago"
    vague = "" if deed.exact else f" … {deed.end} (known by {deed.precision}), so at most"
    head = f"{row.kind:<21}" if row.kind else ""
    yield Text.assemble((head, "bold"), f"{deed.start}{vague}  {since}  ", (deed.summary, STYLES.get(deed.quad, ""))), 2, False
    rank = row.rank and f"{row.rank}s{'' if row.named else ' (the other side is not named)'}"
    perhaps = row.perhaps and f"may have come as {', '.join(row.perhaps)}"
    dated = "" if deed.dated else "day of publication"
    odd = "told as planned after its day: misread" if row.misread else ""
    yield from tell_words(deed.evidence, rank, row.via and f"as {row.via}", deed.place, deed.outcome, perhaps, odd, dated,
                          f"deed {deed.deed_id}", deed.outlet)
