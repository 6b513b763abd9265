"""What every page is asked with: the language, the day as of which, the digits; and the links that keep them."""
from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import msgspec
from fastapi import Path, Query, Request
from pydantic import BeforeValidator, Field, StringConstraints

from rawabit.ledger.ledger import Ledger
from rawabit.relation.series import find_day

Blank = BeforeValidator(lambda value: value or None)
"""An empty field of a form stands for no value. Limits of the value go into the type beside None: `Annotated[Short | None, Blank, …]`."""
Short = Annotated[str, StringConstraints(max_length=200)]
Count = Annotated[int, Field(ge=1, le=100_000)]


class Language(StrEnum):
    """Languages of the interface: those with a catalogue, `LANGUAGE/messages.toml`."""

    AR = "ar"
    EN = "en"


class Digits(StrEnum):
    """Numbering systems of CLDR that the reader may choose."""

    LATN = "latn"
    ARAB = "arab"


class Asked(msgspec.Struct, frozen=True):
    """`as_of`: the day given, None for all that the ledger holds. `path`: of the page without its language. `query`: of the page's own."""

    language: Language
    as_of: date | None
    digits: Digits
    path: str
    query: tuple[tuple[str, str], ...] = ()

    def find_day(self, ledger: Ledger) -> date:
        """The day as of which: that given, else the last day of publication. Of days to come nothing more is known than today, and a
        series to the year 4000 would take seconds."""
        newest = find_day(ledger, None)
        return newest if self.as_of is None else min(self.as_of, max(newest, datetime.now(UTC).date()))

    def link(self, path: str, **query: Any) -> str:
        """The address of another page, as of the same day, in the same language and digits. None leaves a value out."""
        return self._link(self.language, path, query)

    def turn(self, **changed: Any) -> str:
        """The address of this page with some values changed; None leaves a value out."""
        language = changed.pop("language", self.language)
        return self._link(language, self.path, {**dict(self.query), **changed})

    def twin(self) -> str:
        """The address of this page's JSON."""
        return self._link(self.language, f"{self.path}.json", dict(self.query))

    def export(self, path: str, form: str) -> str:
        """The address of all that this page lists, as a file."""
        own = {key: value for key, value in self.query if key not in ("page", "limit", "order")}
        return self._link(self.language, path, {**own, "format": form})

    def _link(self, language: str, path: str, query: dict[str, Any]) -> str:
        kept = {"as_of": self.as_of, "digits": self.digits if self.digits != Digits.LATN else None}
        told = [(key, str(value)) for key, value in {**kept, **query}.items() if value not in (None, "")]
        return f"/{language}{quote(path)}" + (f"?{urlencode(told)}" if told else "")


COMMON = ("as_of", "digits", "token")
"""Values that are no page's own; a token is in no link."""


def find_asked(
        request: Request, language: Annotated[Language, Path(description="Language of the page.")],
        as_of: Annotated[date | None, Blank, Query(description="What could be known then; else all that the ledger holds.")] = None,
        digits: Annotated[Digits, Query(description="Numbering system of figures on the page.")] = Digits.LATN) -> Asked:
    """What a request asks with; a dependency of every page."""
    own = tuple((key, value) for key, value in request.query_params.multi_items() if key not in COMMON)
    path = request.url.path.removeprefix(f"/{language}").removesuffix(".json")
    return Asked(language, as_of, digits, path, own)
