"""What the commands that ask the ledger share: where it lies, as of when, and the filters that a view takes."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar, get_args

import click
import msgspec

from rawabit.cli.inputs import Day
from rawabit.cli.ledger_option import with_ledger
from rawabit.ledger.filters import Filters, find_filters
from rawabit.ledger.ledger import Ledger
from rawabit.lexicon.schema import EVENT_TYPES
from rawabit.model.reading import Stance

Command = TypeVar("Command", bound=Callable[..., Any])
FORMS = ("table", "json", "jsonl", "csv", "parquet")
EPILOG = "Exit status: 0 answered, also where nothing was found; 1 no ledger or no answer; 2 wrong usage."


class Moment(click.ParamType[date]):
    """An ISO date, or date and time; without zone it is UTC."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """A date (its last moment is meant) or a datetime, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value) if len(value) == len("2025-10-09") else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date or moment. Write 2025-10-09 or 2025-10-09T18:00 (UTC) or 2025-10-09T18:00+03:00.", param, ctx)


def _pair(ctx: click.Context, param: click.Parameter, value: tuple[str, str] | None) -> tuple[str, str] | None:
    if value is None:
        return None
    first, second = map(make_code, value)
    if first == second:
        raise click.BadParameter("give two different codes, for example RUS AZE.", ctx, param)
    return first, second


def _party(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    return None if value is None else make_code(value)


def make_code(given: str) -> str:
    """A code of three letters in capitals; anything else as given."""
    return given.upper() if len(given) == 3 and given.isascii() and given.isalpha() else given


def make_type(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A PLOVER type in capitals, or a usage error with the types that there are."""
    kind = value and value.upper()
    if kind and kind not in EVENT_TYPES:
        raise click.BadParameter(f"{value!r} is no PLOVER type. Choose one of {', '.join(sorted(EVENT_TYPES))}.", ctx, param)
    return kind


def make_stance(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A stance, or a usage error with the stances that there are."""
    if value is not None and value not in STANCES:
        raise click.BadParameter(f"{value!r} is no stance. Choose one of {', '.join(STANCES)}.", ctx, param)
    return value


STANCES: tuple[str, ...] = get_args(Stance)
CLOSED = {"deeds": make_type, "tellings": make_type, "documents": make_type, "statements": make_stance}
"""What reads the type of a view whose types are a closed list; other views take any word."""
KIND_HELPS = {"figures": "Measure: trade_share, dead, price, …", "ties": "Relation: ally, hosts_base_of, member_of, …",
              "statements": "Stance: positive, negative or neutral.", "people": "PLOVER sector: GOV, MIL, …",
              "documents": "Reports that tell a deed of this PLOVER type."}
CONTAINS_HELPS = {"documents": "Reports with these words in title or text, whatever their spelling."}
MODALITIES = ["actual", "future", "hypothetical", "negated"]


def _options(view: str) -> dict[str, Callable[[Command], Command]]:
    """The option of each filter."""
    return {
        "between": click.option("--between", nargs=2, callback=_pair, metavar="A B", help="Both take part: codes, for example RUS AZE."),
        "actor": click.option("--actor", callback=_party, metavar="ACTOR",
                              help="A code (RUS), with sector or name (RUS/GOV), or part of a name; IMG- for all codes that begin so."),
        "type": click.option("--type", metavar="TYPE", callback=CLOSED.get(view),
                             help=KIND_HELPS.get(view, "PLOVER type: CONSULT, ASSAULT, …")),
        "modality": click.option("--modality", type=click.Choice(MODALITIES), help="How it is told."),
        "since": click.option("--since", type=Day(), metavar="DATE", help="On or after this day (of publication, where it has no date)."),
        "until": click.option("--until", type=Day(), metavar="DATE", help="On or before this day."),
        "said_by": click.option("--said-by", callback=_party, metavar="ACTOR", help="Whom the report credits, or who speaks; as --actor."),
        "outlet": click.option("--outlet", metavar="NAME", help="Told by this outlet."),
        "contains": click.option("--contains", metavar="TEXT",
                                 help=CONTAINS_HELPS.get(view, "With these words in the evidence, whatever their spelling.")),
        "period": click.option("--period", metavar="YEAR", help="For this year, month (2024-03) or day, or for a range that touches it."),
        "holds_on": click.option("--holds-on", type=Day(), metavar="DATE",
                                 help="That hold on this day, by their dates or as long as they are taken to last."),
        "document": click.option("--document", metavar="ID", help="Of this report."),
        "id": click.option("--id", metavar="ID", help="The one with this id."),
        "limit": click.option("--limit", type=click.IntRange(1), metavar="N", help="Rows at most.")}


def with_filters(view: str) -> Callable[[Command], Command]:
    """The options for everything that a view can be narrowed down by, then those of `with_clocks` and `with_format`."""
    def add(command: Command) -> Command:
        options = _options(view)
        for name in reversed(find_filters(view)):
            command = options[name](command)
        return command

    return lambda command: add(with_clocks(with_format(FORMS)(command)))


def with_clocks(command: Command) -> Command:
    """Where the ledger lies, and the two clocks."""
    options = (
        click.option("--as-of", type=Moment(), metavar="DATE", help="What could be known then: later reports do not count."),
        click.option("--recorded-by", type=Moment(), metavar="MOMENT", help="What this ledger itself held then."))
    for option in reversed(options):
        command = option(command)
    return with_ledger(command)


def with_format(forms: tuple[str, ...]) -> Callable[[Command], Command]:
    """The form of the answer, and where it goes."""
    def add(command: Command) -> Command:
        command = click.option("-o", "--output", metavar="FILE", help="Write to FILE, which appears when all is written.")(command)
        return click.option("--format", "form", type=click.Choice(list(forms)), default=forms[0], show_default=True,
                            help=f"{forms[0]} is for people.")(command)

    return add


class Question(msgspec.Struct, frozen=True):
    """A view, as of when, and what it is narrowed down by."""

    ledger: Ledger
    view: str
    filters: Filters


def make_question(view: str, asked: dict[str, Any]) -> Question:
    """The question that a command's options put. Raises LedgerError where there is no ledger."""
    ledger = Ledger(asked["ledger"], asked["as_of"], asked["recorded_by"])
    return Question(ledger, view, Filters(**{name: asked[name] for name in find_filters(view)}))
