"""What a side of a pair stands for: a state or body for itself, a group of states (`REG-CentralAsia`) for its members.

Which states belong to a group is in lexicon/shared: `region` in states.yml, `members` in organisations.yml.
"""
from __future__ import annotations

from functools import cache

from rawabit.lexicon.load import known_languages, load_lexicon
from rawabit.model import LedgerError, LexiconError

Sides = tuple[tuple[str, ...], tuple[str, ...]]
"""The codes of each of two sides."""


def find_sides(one: str, other: str) -> Sides:
    """The members of both. Raises LedgerError where they share one."""
    sides = find_members(one), find_members(other)
    if set(sides[0]) & set(sides[1]):
        raise LedgerError(f"{one} and {other} are not two sides: they share a member. Give two that do not, for example RUS AZE.")
    return sides


def find_pairs(sides: Sides) -> list[str]:
    """The pairs of one member of each side, as the ledger writes them: `AZE|RUS`."""
    return sorted({"|".join(sorted((a, b))) for a in sides[0] for b in sides[1]})


def find_members(code: str) -> tuple[str, ...]:
    """The codes of a group's member states, sorted, and the group's own (reports tell some deeds of the group as one); else the code."""
    return (*_groups().get(code, ()), code) if "-" in code else (code,)


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    languages = known_languages()
    if not languages:
        raise LexiconError("no lexicon is compiled. Run `make lexicon`.")
    return {row.code: tuple(row.codes) for row in load_lexicon(languages[0]).table("members")}
