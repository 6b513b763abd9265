"""The option that says which ledger is meant."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from rawabit.ledger.location import VARIABLE, find_location

Command = TypeVar("Command", bound=Callable[..., Any])


def _find(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    return find_location(value)


def make_ledger_option(name: str) -> Callable[[Command], Command]:
    """`--ledger DIR`: the command gets the folder or address under this name."""
    return click.option("--ledger", name, metavar="DIR", callback=_find,
                        help=f"Folder or object-store address of the ledger.  [default: {VARIABLE}, else your data folder]")


with_ledger = make_ledger_option("ledger")
