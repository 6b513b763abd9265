"""What is known of the world whatever the language: gatherings and their members, offices and their holders, ranks, groups of states.

Compiled from `shared/` by `build`. Read-only.
"""
from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from rawabit.lexicon.schema import Format, Rank
from rawabit.model import LexiconError


class Held(msgspec.Struct, frozen=True):
    """An office and who held it: from and to which day (or year), None where that is open or unknown."""

    name: str
    code: str
    role: str
    since: str | None
    until: str | None


class World(msgspec.Struct, frozen=True):
    """All of it. `groups`: the states of each region. `bodies`: those of each body, today."""

    formats: tuple[Format, ...]
    ranks: tuple[Rank, ...]
    groups: dict[str, tuple[str, ...]]
    bodies: dict[str, tuple[str, ...]]
    offices: tuple[Held, ...]


@cache
def load_world() -> World:
    """The compiled table. Raises LexiconError where there is none."""
    path = resources.files("rawabit.lexicon").joinpath("compiled").joinpath("shared").joinpath("world.json")
    if not path.is_file():
        raise LexiconError("the tables of formats and offices are not compiled. Run `python -m rawabit.lexicon.build`.")
    return msgspec.json.decode(path.read_bytes(), type=World)
