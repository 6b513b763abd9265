"""`rawabit export`, `rawabit import` and `rawabit compare`: other event data sets, written, read and held against the ledger."""
from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from functools import cache

import click
import msgspec

from rawabit.cli.asking import make_type
from rawabit.cli.inputs import Day
from rawabit.cli.ledger_option import with_ledger
from rawabit.cli.output import open_output
from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.add import find_recipe
from rawabit.ledger.exchange.compare import Agreement, Comparison, compare
from rawabit.ledger.exchange.export import FORMS, write_export
from rawabit.ledger.exchange.foreign import Import, import_files
from rawabit.ledger.exchange.providers import PROVIDERS
from rawabit.ledger.exchange.sides import read_side
from rawabit.ledger.exchange.vocabulary import find_country
from rawabit.ledger.filters import Filters

SHOWN = 20
"""Bad lines and unknown values that are named on standard error; the ledger's `issues` list up to 1,000 lines."""
MODALITIES = ("actual", "future", "hypothetical", "negated")


def _pairs(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Dyads as the ledger writes them, or a usage error."""
    out = []
    for written in (part for item in value for part in item.split(",")):
        codes = written.strip().upper().replace("|", "-").split("-")
        if len(codes) != 2 or codes[0] == codes[1] or None in map(find_country, codes):
            raise click.BadParameter(f"{written!r} is no pair of states. Write two ISO codes, for example AZE-RUS.", ctx, param)
        out.append("|".join(sorted(codes)))
    return tuple(out)


@click.command(epilog="Exit status: 0 written, 1 the ledger or the form cannot give it (told on standard error), 2 wrong usage.")
@click.option("--to", "form", type=click.Choice(FORMS), required=True,
              help="plover: JSON Lines; polecat: 40 columns; icews: 20 columns; parquet: all columns of the ledger.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, which appears when all is written; else to standard output.")
@click.option("--deeds/--tellings", default=True, show_default=True, help="A row for each deed, or for each telling of it.")
@click.option("--dyads", is_flag=True, help="A row for each dyad of a deed; else the parties of a deed stay together.")
@click.option("--between", nargs=2, metavar="CODE CODE", help="Only deeds in which both take part.")
@click.option("--actor", metavar="CODE", help="Only deeds of a party: CODE, CODE/SECTOR or CODE/SECTOR:Name.")
@click.option("--type", "kind", metavar="TYPE", callback=make_type, help="Only deeds of a PLOVER type.")
@click.option("--modality", type=click.Choice(MODALITIES), help="Only deeds of a modality.")
@click.option("--since", type=Day(), metavar="DATE", help="Only deeds of this day or later.")
@click.option("--until", type=Day(), metavar="DATE", help="Only deeds of this day or earlier.")
@click.option("--as-of", type=Day(), metavar="DATE", help="What could be known on this day.")
@with_ledger
def export(form: str, output: str | None, deeds: bool, dyads: bool, between: tuple[str, str] | None, actor: str | None, kind: str | None,
           modality: str | None, since: date | None, until: date | None, as_of: date | None, ledger: str) -> None:
    """Write deeds in the form of another event data set.

    Columns for which the ledger holds no value stay empty. PLOVER, POLECAT and ICEWS know no modality: what is planned is written as
    the announcement that it is (a planned CONSULT as AGREE), what is denied or only possible is left out unless you ask for it with
    --modality. How many deeds were left out, and why, is told on standard error. See docs/exchange.md.
    """
    filters = Filters(between=between, actor=actor, type=kind, modality=modality, since=since, until=until)
    held = Ledger(ledger, as_of=as_of)
    with open_output(output) as file:
        tally = write_export(held, form, file, "deeds" if deeds else "tellings", filters, dyads)
    click.echo(f"{tally.written:,} rows written", err=True)
    for why, count in tally.left_out.most_common():
        click.echo(f"{count:,} left out: {why}", err=True)


@click.command("import", epilog="Exit status: 0 all lines read, 1 some lines or files failed (named on standard error), 2 wrong usage.")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--as", "form", type=click.Choice(list(PROVIDERS)), required=True, help="The form of the files.")
@with_ledger
def import_(files: tuple[str, ...], form: str, ledger: str) -> None:
    """Import events of another data set, to hold them against the ledger's own.

    FILE is as its provider packs it: plain, .gz or .zip. The events become rows of their own table (foreign_events) and never part of
    a deed. What the ledger has is passed over, so that the same file twice adds nothing. See docs/exchange.md.
    """
    writer = LedgerWriter(ledger, find_recipe())
    tally = import_files(files, form, writer, _tell)
    for place, why in tally.issues[:SHOWN]:
        click.echo(f"{place}: {why}", err=True)
    if tally.bad > SHOWN:
        click.echo(f"… and {tally.bad - SHOWN:,} more (`issues` of the ledger lists up to 1,000)", err=True)
    for name, count in tally.unknown.most_common(SHOWN):
        click.echo(f"{name}: not known, {count:,} times; these events are kept without it", err=True)
    if tally.guessed:
        click.echo(f"{tally.guessed:,} lines are not UTF-8; they were read as Windows-1252", err=True)
    click.echo(f"{tally.read:,} lines read, {tally.new:,} new events, {tally.seen:,} seen before, {tally.bad:,} failed", err=True)
    sys.exit(1 if tally.bad else 0)


def _tell(tally: Import) -> None:
    if sys.stderr.isatty():
        click.echo(f"{tally.read:,} lines read, {tally.new:,} new events", err=True)


@click.command("compare", epilog="Exit status: 0 compared, 1 a source cannot be read (told on standard error), 2 wrong usage.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--since", type=Day(), metavar="DATE", help="First day; else the first that both cover.")
@click.option("--until", type=Day(), metavar="DATE", help="Last day; else the last that both cover.")
@click.option("--pairs", multiple=True, metavar="CODE-CODE,…", callback=_pairs, help="Only these dyads, for example AZE-RUS.")
@click.option("--top", type=click.IntRange(0), default=10, show_default=True, help="Rows of each list of disagreements.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="table: for people; json: one object.")
@with_ledger
def compare_(a: str, b: str, since: date | None, until: date | None, pairs: tuple[str, ...], top: int, form: str,
             ledger: str) -> None:
    """Hold two sources against each other, by dyad-days.

    A and B are rawabit, icews, polecat, gdelt, gdelt1 or gdelt2 (as imported into the ledger), or a CSV file of counts (day, source,
    target, quad or type or cameo or relation, count). Told are, by quad class and in all: dyad-days on which both have an event,
    Jaccard's index, how much of each the other has, and Spearman's rank correlation of the dyads' counts. See docs/exchange.md.
    """
    @cache
    def open_ledger() -> Ledger:
        return Ledger(ledger)

    found = compare(read_side(a, open_ledger), read_side(b, open_ledger), since, until, pairs, top)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
    else:
        click.echo("\n".join(render_comparison(found)))


def render_comparison(found: Comparison) -> Iterator[str]:
    """The comparison for people, line by line."""
    yield f"A: {found.a}"
    yield f"B: {found.b}"
    yield f"{found.since} to {found.until}"
    for side, passed in (("A", found.passed_a), ("B", found.passed_b)):
        most = sorted(passed.items(), key=lambda item: (-item[1], item[0]))
        yield from (f"{count:,} rows of {side} (of all days) passed over: {why}" for why, count in most[:SHOWN])
    yield ""
    yield (f"{'':<21}{'dyads':>7}{'events A':>10}{'events B':>10}{'days A':>8}{'days B':>8}{'both':>7}{'Jaccard':>9}{'A in B':>8}"
           f"{'B in A':>8}{'Spearman':>10}{'of shared dyads':>17}")
    yield from map(_render_agreement, found.agreement)
    if found.differences:
        yield "\nDyads that take the most different shares (events in A, in B; share in A less share in B)"
        yield from (f"  {row.pair}  {row.a:>7,}{row.b:>8,}{row.difference:>+9.3f}" for row in found.differences)
    for name, rows in (("A", found.only_a), ("B", found.only_b)):
        if rows:
            yield f"\nDyad-days with the most events that only {name} has"
            yield from (f"  {row.day}  {row.pair}{row.n:>8,}" for row in rows)


def _render_agreement(row: Agreement) -> str:
    def share(value: float | None, width: int) -> str:
        return f"{'–' if value is None else f'{value:.3f}':>{width}}"

    return (f"{row.quad:<21}{row.dyads:>7,}{row.events_a:>10,}{row.events_b:>10,}{row.days_a:>8,}{row.days_b:>8,}{row.both:>7,}"
            f"{share(row.jaccard, 9)}{share(row.recall_a, 8)}{share(row.recall_b, 8)}{share(row.spearman, 10)}"
            f"{share(row.spearman_both, 17)}")
