"""What Rawabit says in a language, as data (`LANGUAGE.toml`): headings, sentences, names of phases and deeds, months, number words, gender.

The names of states, bodies, people and places are the lexicon's (`lexicon.names`), but for those that the catalogue writes otherwise.
"""
from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from babel import Locale

from rawabit.lexicon.names import load_names
from rawabit.model import LexiconError


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a language needs to tell a brief and to label a chart. `months`: 12 by the name
    shown. `verbs`: by kind of deed, the verb for masculine and feminine
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
    phases: dict[str, str]
    types: dict[str, str]
    chart: dict[str, str]
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
    path = resources.files("rawabit.catalogue").joinpath(f"{language}.toml")
    if not path.is_file():
        raise LexiconError(f"there is no catalogue for language {language!r}. Choose one of {', '.join(known_catalogues())}.")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Catalogue)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LexiconError(f"catalogue/{language}.toml: {error}. Mend the file; docs/brief.md names the keys.") from error


@cache
def known_catalogues() -> tuple[str, ...]:
    """The languages that briefs are told and charts labelled in."""
    files = (path.name for path in resources.files("rawabit.catalogue").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml")))


def find_name(code: str, language: str) -> str | None:
    """The name of a state, region or body; None where the language has none."""
    names = load_names(language)
    return load_catalogue(language).states.get(code) or names.states.get(code) or names.bodies.get(code)


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


def find_plural(language: str, number: int) -> str:
    """The CLDR plural category of a whole number."""
    return str(Locale.parse(language).plural_form(number))


def fill(template: str, **values: Any) -> str:
    """A sentence of the catalogue with its gaps filled."""
    return template.format(**values)
