"""The words of the interface in a language: messages of its catalogue, names of the lexicon, dates and numbers by CLDR (Babel)."""
from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

from rawabit import catalogue
from rawabit.lexicon.names import load_names
from rawabit.model import LexiconError
from rawabit.relation.deeds import NOBODY
from rawabit.web.asked import Digits

ARABIC_ZERO = 0x660
"""Code point of the digit 0 of CLDR's numbering system `arab`."""
SKELETON = {"day": "d MMMM y", "month": "MMMM y", "year": "y", "short": "d MMM"}
MILLION = 1_000_000
FORMER, POSTED = "former ", "ambassador to "
"""How roles of these kinds begin in the ledger."""
Message = str | dict[str, str]


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`messages`: by key, a text with gaps in braces, or one for each CLDR plural category of `n`. Names of codes: `types` and `modes` of
    deeds, `modalities`, `quads`, `relations` of ties, `measures` and `units` of figures, `stances`, `phases` (those of
    briefs and charts), `sectors`, `roles`,
    `issues`; of what is wrong with a value, by pydantic's name, `invalid`."""

    language: str
    direction: str
    messages: dict[str, Message]
    names: dict[str, dict[str, str]]


@cache
def load_catalogue(language: str) -> Catalogue:
    """The catalogue of a language. Raises LexiconError where it breaks the schema."""
    text = resources.files("rawabit.web").joinpath(language).joinpath("messages.toml").read_text("utf-8")
    try:
        found = msgspec.convert(tomllib.loads(text), Catalogue)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LexiconError(f"web/{language}/messages.toml: {error}. Mend the file.") from error
    return msgspec.structs.replace(found, names={**found.names, "phases": catalogue.load_catalogue(language).phases})


class Words:
    """What templates write with. All results are plain text: escaping is the template's."""

    def __init__(self, language: str, digits: str) -> None:
        self.catalogue, self.names = load_catalogue(language), load_names(language)
        self.language, self.digits = language, digits
        self.direction = self.catalogue.direction
        self._locale = Locale.parse(language)

    def say(self, key: str, **values: Any) -> str:
        """A message with its gaps filled; numbers come in the reader's digits. Raises KeyError for a key that no catalogue has."""
        found = self.catalogue.messages[key]
        if isinstance(found, dict):
            found = found.get(self._locale.plural_form(values["n"])) or found["other"]
        told = {name: self.number(value) if isinstance(value, int | float) else self.day(value) if isinstance(value, date) else value
                for name, value in values.items()}
        return found.format(**told)

    def name(self, kind: str, code: str | None) -> str:
        """What a code of the codebook is called; the code itself where it has no name."""
        return self.catalogue.names.get(kind, {}).get(code or "", code or "")

    def joined(self, reason: str) -> str:
        """Why a telling was joined to another; a mark of the judge of deeds (`same type`, `type AID`, `AID, other day`) in words."""
        kind, comma, _ = reason.partition(", other day")
        if comma:
            return self.say("joined_other_day", type=self.name("types", kind))
        if reason.startswith("type "):
            return self.say("joined_type", type=self.name("types", reason.removeprefix("type ")))
        return self.name("joined", reason)

    def code(self, code: str) -> str:
        """The name of a state, region or body; the code where there is none."""
        if code == NOBODY:
            return self.say("unknown_party")
        return self.names.states.get(code) or self.names.bodies.get(code) or code

    def language_name(self, code: str) -> str:
        """What a language (ISO 639-1) is called; the code where CLDR has no name."""
        return self._locale.languages.get(code) or code

    def body(self, actor: str) -> str:
        """The name of a state, region or body, also of one of a state (`RUS/JRN:TASS`); as `party` where it has none."""
        name = self.code(actor)
        return name if name != actor else self.party(actor)

    def person(self, english: str) -> str:
        """A person's name; the English spelling where the language has none."""
        return english if self.language == "en" else self.names.people.get(english, english)

    def role(self, english: str) -> str:
        """A role: as the catalogue calls it, one held before and an ambassador's by their parts; as it is where there is no name for it."""
        return self._find_role(english) or english

    def _find_role(self, english: str) -> str | None:
        named = self.catalogue.names["roles"].get(english)
        if named is not None or self.language == "en":
            return named
        if english.startswith(FORMER):
            held = english.replace(FORMER, "")
            role = self._find_role(held)
            return self.say("role_former", role=role) if role else None
        country = _find_countries().get(english.removeprefix(POSTED).removeprefix("the ")) if english.startswith(POSTED) else None
        return self.say("role_ambassador", state=self.code(country)) if country else None

    def place(self, english: str) -> str:
        """A place's name; the English spelling where the language has none."""
        return english if self.language == "en" else self.names.places.get(english, english)

    def party(self, party: str) -> str:
        """An actor (CODE[/SECTOR][:Name]) in words: the name of a person or body with its state, a sector with its state, or a state."""
        head, _, name = party.partition(":")
        code, _, sector = head.partition("/")
        if name:
            return self.say("person_of", person=self.names.bodies.get(party) or self.person(name), state=self.code(code))
        return self.say("sector_of", sector=self.name("sectors", sector), state=self.code(code)) if sector else self.code(code)

    def day(self, day: date | str | None, form: str = "day") -> str:
        """A day in words; `form`: day, month, year or short."""
        if day is None:
            return self.say("no_date")
        moment = date.fromisoformat(day) if isinstance(day, str) else day
        return self.turn_digits(format_date(moment, SKELETON[form], locale=self._locale))

    def days(self, start: date | None, end: date | None, precision: str | None) -> str:
        """The days of a record as precisely as they are known."""
        if start is None or end is None or start == end or precision in ("month", "year"):
            return self.day(start, precision if start and precision in ("month", "year") else "day")
        return self.say("range", first=self.day(start), last=self.day(end))

    def number(self, value: float, places: int = 2) -> str:
        """A number in the reader's digits, with the language's separators."""
        form = "#,##0." + "#" * places if places else "#,##0"
        return format_decimal(round(value, places) or 0, form, locale=self._locale, numbering_system=self.digits)

    def amount(self, value: float) -> str:
        """A number that may be large: from a million on in words of the language, to a hundredth of its unit."""
        if abs(value) < MILLION:
            return self.number(value)
        told = format_compact_decimal(value, format_type="long", locale=self._locale, fraction_digits=2)
        return self.turn_digits(told.replace(".", self._locale.number_symbols[self.digits]["decimal"]))

    def period(self, period: str) -> str:
        """A period of the ledger (`2024`, `2024-03`, a day, or first/last) in words; as it is where it is none of these."""
        first, _, last = period.partition("/")
        if last:
            return self.say("range", first=self.period(first), last=self.period(last))
        form = {4: "year", 7: "month", 10: "day"}.get(len(period))
        try:
            return self.day(date.fromisoformat(f"{period}-01-01"[:10]), form) if form else period
        except ValueError:
            return period

    def turn_digits(self, text: str) -> str:
        """Figures of a text in the digits that the reader chose."""
        return text.translate(_DIGITS) if self.digits == Digits.ARAB else text.translate(_LATIN)


_DIGITS = {ord("0") + n: ARABIC_ZERO + n for n in range(10)}
_LATIN = {value: key for key, value in _DIGITS.items()}


@cache
def _find_countries() -> dict[str, str]:
    """The code of a state by its English name."""
    return {name: code for code, name in load_names("en").states.items()}


@cache
def find_words(language: str, digits: str) -> Words:
    """The words of a language in a numbering system."""
    return Words(language, digits)
