"""What the commands that take reports share: the arguments, and the sources they name."""
from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

import click

from rawabit.lexicon.load import known_languages
from rawabit.mention.dates import read_day
from rawabit.model import InputError
from rawabit.model.language import make_language
from rawabit.source import Defaults, Outcome, read_sources

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """An ISO date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date. Write it YYYY-MM-DD, for example 2025-10-09.", param, ctx)


def _language(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The code of a language that has a lexicon, or a usage error."""
    if value is None:
        return None
    try:
        code = make_language(value)
    except InputError as error:
        raise click.BadParameter(str(error), ctx, param) from error
    known = known_languages()
    if code not in known:
        raise click.BadParameter(f"no lexicon for {value!r}. Choose one of {', '.join(known)}.", ctx, param)
    return code


def with_inputs(command: Command) -> Command:
    """The options that say what reports leave out."""
    published = click.option("--published", type=Day(), metavar="DATE", help="Day of publication (YYYY-MM-DD) of reports that give none.")
    return published(with_origin(command))


def with_origin(command: Command) -> Command:
    """Those of them that hold for reports of any day, as those of a feed are."""
    options = (
        click.option("--source", metavar="NAME", help="Outlet of reports that name none."),
        click.option("--language", metavar="CODE", callback=_language,
                     help="Language (ISO 639-1) of reports that name none; else their script decides."),
        click.option("--allow-private", is_flag=True, help="Fetch from this machine and private networks too: for a server of your own."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def on_terminal() -> bool:
    """Whether standard input is a keyboard."""
    return sys.stdin.isatty()


def find_inputs(places: tuple[str, ...], published: date | None, source: str | None, language: str | None,
                allow_private: bool = False) -> Iterator[Outcome]:
    """The reports of paths and addresses; standard input where none is given and something is piped in."""
    if not places and on_terminal():
        raise click.UsageError("no input. Give files, folders or addresses, or pipe a report in "
                               "(`rawabit read report.txt`, `… | rawabit read`).")
    return read_sources(places or ("-",), Defaults(published, source, language), allow_private=allow_private, read_day=read_day)
