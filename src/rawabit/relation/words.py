"""The words of charts in the reader's language, from messages.json; the names of states from the lexicon."""
from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from rawabit.lexicon.load import known_languages, load_lexicon

RIGHT, LEFT, END = "\u2067", "\u2066", "\u2069"
"""Marks that keep a run in its direction: right to left, left to right, end."""


@cache
def load_words(language: str) -> dict[str, str]:
    """The catalogue of a language that `find_languages` names."""
    return _catalogues()[language]


def find_languages() -> list[str]:
    """The languages that charts can be drawn in."""
    return sorted(_catalogues())


def name_code(code: str, language: str) -> str:
    """A state's name in the language; its English name where there is none; other codes as they are."""
    for row in load_lexicon(language).table("called") if language in known_languages() else ():
        if row.code == code:
            return str(row.noun)
    return _english().get(code, code)


def isolate(text: str, language: str) -> str:
    """The text as a run of the language's direction, so that figures and letters of another script stay in their place."""
    return f"{RIGHT}{text}{END}" if load_words(language)["direction"] == "rtl" else text


def isolate_date(text: str) -> str:
    """A date in figures, which is read from left to right everywhere; its hyphens would turn it round."""
    return f"{LEFT}{text}{END}"


@cache
def _english() -> dict[str, str]:
    languages = known_languages()
    return {row.code: row.english for row in load_lexicon(languages[0]).table("state")} if languages else {}


@cache
def _catalogues() -> dict[str, dict[str, str]]:
    text = resources.files("rawabit.relation").joinpath("messages.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, dict[str, str]])
