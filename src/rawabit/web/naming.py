"""Who is meant by what a reader types: states, bodies and people by their names in any language of the lexicon, capitals, and codes.

Spelling does not matter (case, marks, confused letters). Refuses to choose among several: it names them all.
"""
from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from rawabit.ledger.filters import is_code
from rawabit.lexicon.load import known_languages, load_lexicon
from rawabit.lexicon.names import Names, load_names
from rawabit.web.asked import Language
from rawabit.web.words import load_catalogue

Kind = Literal["state", "body", "person"]
ORDER: tuple[Kind, ...] = ("state", "person", "body")
"""Of those whose names fit equally well, in this order."""
MOST = 10
"""Suggestions at a time."""
CODE = r"[A-Z]{3}(-[A-Za-z0-9]{1,40})?"
"""A code of a state, body or region."""
SHORTEST = 3
"""Letters typed from which a name may hold them anywhere."""


class Named(msgspec.Struct, frozen=True):
    """`value`: what the ledger knows it by, a code or a person's English name."""

    value: str
    kind: Kind


class Meant(msgspec.Struct, frozen=True):
    """What was typed, what to ask the ledger for, whom it names (None: nobody of the lexicon), and who else it may be."""

    typed: str
    value: str
    named: Named | None = None
    perhaps: tuple[Named, ...] = ()


def find_meant(typed: str) -> Meant:
    """Who is meant. A code stands for itself, with sector and name (`RUS/GOV`) too; a name in full for its bearer; a word of a name, or
    part of one, for the one who alone bears it; anything else for itself, with those who may be meant."""
    typed = typed.strip()
    code = typed.upper() if len(typed) == len("RUS") else typed
    if code in find_codes():
        return Meant(typed, code, Named(code, find_codes()[code]))
    if is_code(typed.replace(":", "/").split("/")[0]):
        return Meant(typed, typed)
    found = rank_names(typed)
    for least in (0, 1, 4):
        fit = [named for score, named in found if score <= least]
        if len(fit) == 1:
            return Meant(typed, fit[0].value, fit[0])
        if fit:
            break
    return Meant(typed, typed, None, tuple(named for _, named in found[:MOST]))


def find_listed(text: str) -> tuple[str, ...]:
    """The codes of states, bodies and regions that stand between commas or blanks, by code or name; words that name none are left out."""
    found: dict[str, None] = {}
    for part in re.split(f"[{re.escape(find_commas())}]", text):
        whole = _find_code(part)
        found.update(dict.fromkeys(filter(None, [whole] if whole else map(_find_code, part.split()))))
    return tuple(found)


def _find_code(typed: str) -> str | None:
    meant = find_meant(typed)
    if meant.named is not None and meant.named.kind != "person":
        return meant.value
    return typed.strip() if re.fullmatch(CODE, typed.strip()) else None


@cache
def find_commas() -> str:
    """The marks between items of a list, in all languages of the interface."""
    return "".join({",", ";"} | {load_catalogue(language).messages["comma"].strip() for language in Language})  # type: ignore[union-attr]


def suggest_names(typed: str) -> list[Named]:
    """Whose names fit what is typed, best first."""
    return [named for _, named in rank_names(typed)[:MOST]]


def rank_names(typed: str) -> list[tuple[int, Named]]:
    """All whose names fit, best first: 0 the same name, 1 one with this word, 2 one that begins so, 3 one with a word that begins so,
    4 one that holds it."""
    asked = fold_name(typed)
    best: dict[Named, tuple[int, int]] = {}
    for name, named in find_index() if asked else ():
        if asked in name and (score := _score(asked, name)) is not None:
            best[named] = min(best.get(named, (9, 0)), (score, len(name)))
    ranked = sorted(best.items(), key=lambda item: (item[1][0], ORDER.index(item[0].kind), item[1][1], item[0].value))
    return [(score, named) for named, (score, _) in ranked]


def _score(asked: str, name: str) -> int | None:
    if asked == name:
        return 0
    if f" {asked} " in f" {name} ":
        return 1
    if name.startswith(asked):
        return 2
    if f" {asked}" in name:
        return 3
    return 4 if len(asked) >= SHORTEST else None


def fold_name(name: str) -> str:
    """A name without its spelling, as every lexicon folds it."""
    for language in known_languages():
        name = load_lexicon(language).normaliser.phrase(name)
    return name.casefold()


@cache
def find_codes() -> dict[str, Kind]:
    """The codes that have a name."""
    names = load_names(Language.EN)
    return {**dict.fromkeys(names.bodies, "body"), **dict.fromkeys(names.states, "state")}


@cache
def find_index() -> tuple[tuple[str, Named], ...]:
    """Each name, folded, with its bearer; those of all languages of the interface."""
    found: dict[tuple[str, Named], None] = {}
    for language in Language:
        found.update(dict.fromkeys(_list_names(load_names(language))))
    return tuple((fold_name(name), named) for name, named in found)


def _list_names(names: Names) -> list[tuple[str, Named]]:
    codes = find_codes()
    named = [(name, code) for table in (names.states, names.bodies, names.capitals) for code, name in table.items()]
    named += [(name, code) for code, others in names.others.items() for name in others]
    people = [(name, Named(english, "person")) for english, own in names.people.items() for name in (english, own)]
    return [(name, Named(code, codes.get(code, "body"))) for name, code in named] + people
