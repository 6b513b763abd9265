"""Patterns of constructions.yml: a sentence's words in order, some of them parties of a relation. Knows no language.

A pattern is a series of elements with a space between:

* `host` a word of that class (`name` rows of the file); `host?` may be missing;
* `host=X` its subject is X; `base^X` it is X's; `ties@` it stands between X and Y («relations of X with Y»); `vie=&` its subject is X and Y;
* `X` the parties that stand there without a preposition; `X+` two of them or more; `~X` a nationality; `with+in:X` under one of those
  prepositions;
* `...` up to GAP items of the same phrase; `....` up to WIDE items, across commas and verbs.
"""
from __future__ import annotations

import re

import msgspec

GAP, WIDE = 6, 14
"""Items that a gap may skip."""
ELEMENT = re.compile(r"(?P<gap>\.{3,4})|(?P<name>[a-z_]+)(?:(?P<mark>[=^])(?P<whose>[XY&])|(?P<sides>@))?(?P<optional>\?)?"
                     r"|(?P<nat>~)?(?:(?P<preps>[^\s:~]+):)?(?P<role>[XY])(?P<many>\+)?")


class Element(msgspec.Struct, frozen=True):
    """One element. `kind`: word, gap, party. `role`: X, Y or & (both), whom a word's subject (`mark` =) or owner (^) is, or a party."""

    kind: str
    name: str = ""
    mark: str = ""
    role: str = ""
    preps: tuple[str, ...] = ()
    nationality: bool = False
    many: bool = False
    optional: bool = False
    reach: int = 0


def parse_pattern(pattern: str) -> tuple[Element, ...]:
    """The elements of a pattern. Raises ValueError for one that no rule describes, or that begins with no word."""
    out = tuple(_element(part) for part in pattern.split())
    if not out or out[0].kind != "word" or out[0].optional:
        raise ValueError(f"{pattern!r} does not begin with a class of words")
    return out


def _element(part: str) -> Element:
    found = ELEMENT.fullmatch(part)
    if found is None:
        raise ValueError(f"{part!r} is no element of a pattern")
    if found["gap"]:
        return Element("gap", reach=WIDE if len(found["gap"]) > 3 else GAP)
    if found["name"]:
        mark = "@" if found["sides"] else found["mark"] or ""
        return Element("word", found["name"], mark, found["whose"] or "", optional=bool(found["optional"]))
    preps = tuple((found["preps"] or "").split("+")) if found["preps"] else ()
    return Element("party", role=found["role"], preps=preps, nationality=bool(found["nat"]), many=bool(found["many"]))
