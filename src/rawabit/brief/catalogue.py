"""The catalogue of a language: headings, sentences, months, number words, gender, as data (`LANGUAGE/catalogue.toml`)."""
from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from rawabit.model import LexiconError


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a language needs to tell a brief. `months`: 12 by the name shown. `verbs`: by kind of deed, the verb for masculine and feminine
    subjects. `counted`: a counted noun in its CLDR categories. `marks`: how pieces are joined. docs/brief.md says what each key does."""

    language: str
    right_to_left: bool
    quote: tuple[str, str]
    months: tuple[str, ...]
    month_names: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    headings: dict[str, str]
    sentences: dict[str, str]
    dates: dict[str, str]
    verbs: dict[str, tuple[str, str]]
    roles: dict[str, tuple[str, str]]
    duals: dict[str, tuple[str, str]]
    counted: dict[str, dict[str, str]]
    number_words: dict[str, tuple[str, ...]]
    scales: dict[str, dict[str, str]]
    units: dict[str, str]
    bounds: dict[str, str]
    measures: dict[str, str]
    marks: dict[str, str]
    states: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    outlets: dict[str, str] = {}
    masculine: tuple[str, ...] = ()
    masculine_heads: tuple[str, ...] = ()
    feminine_people: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}


@cache
def load_catalogue(language: str) -> Catalogue:
    """The catalogue of a language. Raises LexiconError where there is none, or where it breaks the schema."""
    path = resources.files("rawabit.brief").joinpath(language).joinpath("catalogue.toml")
    if not path.is_file():
        raise LexiconError(f"there is no catalogue of briefs for language {language!r}. Choose one of {', '.join(known_catalogues())}.")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Catalogue)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LexiconError(f"brief/{language}/catalogue.toml: {error}. Mend the file; docs/brief.md names the keys.") from error


@cache
def known_catalogues() -> tuple[str, ...]:
    """The languages that briefs are told in."""
    folders = [path for path in resources.files("rawabit.brief").iterdir() if path.is_dir()]
    return tuple(sorted(path.name for path in folders if path.joinpath("catalogue.toml").is_file()))


class Calendar(msgspec.Struct, frozen=True):
    """All names of each month (from 0 on) and of each day of the week (Monday is 0) in a language, and words for days near by."""

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    near: tuple[str, ...]


def find_calendar(language: str) -> Calendar:
    """The calendar of a language; without names where it has no catalogue."""
    if language not in known_catalogues():
        return Calendar(((),) * 12, ((),) * 7, ())
    catalogue = load_catalogue(language)
    return Calendar(catalogue.month_names, catalogue.weekdays, catalogue.words.get("near", ()))


def find_words(language: str, key: str) -> tuple[str, ...]:
    """Words of a language that mark something, by name."""
    return load_catalogue(language).words.get(key, ()) if language in known_catalogues() else ()


def _arabic(n: int) -> str:
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    rest = n % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


PLURALS: dict[str, Callable[[int], str]] = {"ar": _arabic, "en": lambda n: "one" if n == 1 else "other"}
"""CLDR's plural rules for whole numbers."""


def find_plural(language: str, number: int) -> str:
    """The CLDR plural category of a whole number."""
    return PLURALS[language](number)


def fill(template: str, **values: Any) -> str:
    """A sentence of the catalogue with its gaps filled."""
    return template.format(**values)
