"""Patterns of constructions.yml: a sentence's words in order, some of them parties of a relation. Knows no language.

A pattern is a series of elements with a space between; X is the subject of the relation, Y its object:

* `host` a word of that class (`name` rows of the file); `host?` may be missing;
* after a word, who is what to it: `host=X` X is the subject of that verb, `foe-X` X is of whom that noun is said, `base^X` X is whose it
  is, `sale<X` whose it is or whose verb it hangs on, `next!X` whose verb, `near_Y` Y is the party before it, `seized*` X seized the
  antecedent Y;
  `ties@` it stands between X and Y («relations of X with Y»), `talks@Y` between two who are both Y; `vie=&` its subject is X and Y;
* `X` the parties that stand there without a preposition, `&` X and then Y; `~X` a nationality; `with+in:X` under one of those prepositions;
* `+` after an X or Y: two of them or more;
* `..` up to 2 items of the same phrase, `...` up to 6, `....` up to 14, across commas and verbs.
"""
from __future__ import annotations

import re

import msgspec

GAPS = {"..": 2, "...": 6, "....": 14}
"""Items that a gap may skip."""
WIDE = "...."
WORD = re.compile(r"(?P<name>[a-z_]*[a-z])(?P<held>(?:[=^<!_-][XY&]\+?|@Y?|\*)*)(?P<optional>\?)?")
PARTY = re.compile(r"(?P<nat>~)?(?:(?P<preps>[^\s:~]+):)?(?P<role>[XY&])(?P<many>\+)?")
HELD = re.compile(r"([=^<!_@*-])([XY&]?)(\+?)")


class Held(msgspec.Struct, frozen=True):
    """Who is what to a word: `mark` as above, `role` X, Y, & (both) or "" (told by the mark), `many`: two or more."""

    mark: str
    role: str
    many: bool


class Element(msgspec.Struct, frozen=True):
    """One element. `kind`: word, gap, party."""

    kind: str
    name: str = ""
    held: tuple[Held, ...] = ()
    role: str = ""
    preps: tuple[str, ...] = ()
    nationality: bool = False
    many: bool = False
    optional: bool = False
    reach: int = 0
    wide: bool = False


def parse_pattern(pattern: str) -> tuple[Element, ...]:
    """The elements of a pattern. Raises ValueError for one that no rule describes, or that begins with no word."""
    out = tuple(_element(part) for part in pattern.split())
    if not out or out[0].kind != "word" or out[0].optional:
        raise ValueError(f"{pattern!r} does not begin with a class of words")
    return out


def _element(part: str) -> Element:
    if part in GAPS:
        return Element("gap", reach=GAPS[part], wide=part == WIDE)
    word = WORD.fullmatch(part)
    if word is not None:
        held = tuple(Held(mark, role, bool(many)) for mark, role, many in HELD.findall(word["held"]))
        return Element("word", word["name"], held, optional=bool(word["optional"]))
    party = PARTY.fullmatch(part)
    if party is None:
        raise ValueError(f"{part!r} is no element of a pattern")
    preps = tuple(party["preps"].split("+")) if party["preps"] else ()
    return Element("party", role=party["role"], preps=preps, nationality=bool(party["nat"]), many=bool(party["many"]))
