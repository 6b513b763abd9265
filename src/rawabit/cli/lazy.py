"""A group of commands of which some are loaded only when they are asked for: the ledger's libraries take 0.2 s to load."""
from __future__ import annotations

from importlib import import_module

import click

from rawabit.model import RawabitError


class LazyGroup(click.Group):
    """A group with commands of its own and others that lie in modules of this package, named in `places`."""

    def __init__(self, *args: object, places: dict[str, str] | None = None, **settings: object) -> None:
        super().__init__(*args, **settings)  # type: ignore[arg-type]
        self._places = places or {}

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; an error of Rawabit becomes its message, with exit status 1."""
        try:
            return super().invoke(ctx)
        except RawabitError as error:
            raise click.ClickException(str(error)) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all, sorted."""
        return sorted({*super().list_commands(ctx), *self._places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in self._places:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"rawabit.cli.{self._places[cmd_name]}")
        found = [part for part in vars(module).values() if isinstance(part, click.Command) and part.name == cmd_name]
        return found[0] if found else None
