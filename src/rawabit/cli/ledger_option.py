"""The option that says which ledger is meant."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from rawabit.ledger.location import VARIABLE, find_location

Command = TypeVar("Command", bound=Callable[..., Any])


def _find(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    return find_location(value)


def with_ledger(command: Command) -> Command:
    """`--ledger DIR`: the command gets the folder or address as `ledger`."""
    return click.option("--ledger", metavar="DIR", callback=_find,
                        help=f"Folder or object-store address of the ledger; else {VARIABLE}, else your data folder.")(command)
