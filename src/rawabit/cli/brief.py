"""`rawabit brief`: what a desk officer would hand over on two states, a region and its rivals, or one deed."""
from __future__ import annotations

from datetime import date, datetime

import click

from rawabit.brief import Brief, gather_deed, gather_pair, gather_target, make_brief
from rawabit.brief.parts import Gathered
from rawabit.brief.people import find_people
from rawabit.brief.render_docx import render_docx
from rawabit.brief.render_html import render_html
from rawabit.brief.render_md import render_md
from rawabit.catalogue import known_catalogues
from rawabit.cli.asking import make_code
from rawabit.cli.inputs import Day
from rawabit.cli.ledger_option import with_ledger
from rawabit.cli.output import open_output
from rawabit.ledger import Ledger

EPILOG = "Exit status: 0 told, 1 the ledger holds nothing of it or there is no ledger, 2 wrong usage."


@click.command(epilog=EPILOG)
@click.argument("codes", nargs=-1, metavar="[A B]")
@click.option("--target", metavar="CODE", help="A state or region (REG-CentralAsia) and who from outside deals with it.")
@click.option("--deed", "deed", metavar="ID", help="One deed, or the deed of a telling.")
@with_ledger
@click.option("--as-of", type=Day(), metavar="DATE", help="What could be known then.  [default: the last day of publication]")
@click.option("--since", type=Day(), metavar="DATE", help="Deeds on or after this day.")
@click.option("--language", type=click.Choice(list(known_catalogues())), default="en", show_default=True, help="Language of the brief.")
@click.option("--format", "form", type=click.Choice(["md", "html", "docx"]), default="md", show_default=True, help="How it is set.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, which appears when all is written; docx needs it.")
def brief(codes: tuple[str, ...], target: str | None, deed: str | None, ledger: str, as_of: date | None, since: date | None, language: str,
          form: str, output: str | None) -> None:
    """Write a brief from the ledger: every sentence cites its records.

    On the states A and B (codes, for example RUS AZE): where things stand, how they got there, open disputes, agreements, figures, what
    each side says, what comes next, who contradicts whom. What the reports do not bear out in their own words is left out.
    """
    check_usage(codes, target, deed, form, output)
    opened = Ledger(ledger)
    gathered = gather(opened, codes, target, deed, as_of, since)
    made = make_brief(gathered, language, find_people(opened, language, gathered.as_of))
    with open_output(output) as out:
        out.write(render(made, form))
        out.flush()


def check_usage(codes: tuple[str, ...], target: str | None, deed: str | None, form: str, output: str | None) -> None:
    """Exactly one thing to tell of, and a file for what is no text."""
    if [bool(codes), target is not None, deed is not None].count(True) != 1:
        raise click.UsageError("name two codes (RUS AZE), or --target CODE, or --deed ID: one of the three.")
    if codes and (len(codes) != 2 or make_code(codes[0]) == make_code(codes[1])):
        raise click.UsageError("a pair is two different codes, for example RUS AZE.")
    if form == "docx" and output is None:
        raise click.UsageError("docx is no text for a terminal. Name a file with -o FILE, or -o - for standard output.")


def gather(ledger: Ledger, codes: tuple[str, ...], target: str | None, deed: str | None, as_of: date | None,
           since: date | None) -> Gathered:
    """What goes into the brief asked for."""
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    if deed is not None:
        return gather_deed(ledger, deed, day)
    if target is not None:
        return gather_target(ledger, make_code(target), day, since)
    return gather_pair(ledger, make_code(codes[0]), make_code(codes[1]), day, since)


def render(made: Brief, form: str) -> bytes:
    """The brief in a format."""
    if form == "docx":
        return render_docx(made)
    return (render_html(made) if form == "html" else render_md(made)).encode()
