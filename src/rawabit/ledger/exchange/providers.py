"""A line of GDELT, ICEWS or POLECAT → a row of `foreign_events`, its columns found by name or by place.

Codes stay strings. What the file leaves empty is null; what cannot be right (a day that is none, a missing id, too few columns) is a
ValueError that says why. A country that is no state (a region, a body) is left out and told to `unknown`.
"""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec

from rawabit.ledger.exchange.columns import GDELT1, GDELT2, ICEWS, POLECAT
from rawabit.ledger.exchange.vocabulary import NO_STATES, find_cameo, find_country, find_quad, load_countries
from rawabit.ledger.ids import make_id

NOTHING = frozenset({"", "NULL", "NA", "None", "NaN", "\\N", "---"})
"""How the files write that there is no value."""
Cells = dict[str, str | None]
Row = dict[str, Any]


class Provider(msgspec.Struct, frozen=True):
    """A file form: the source's name, its columns, how many of the last may be missing, and what makes a row of the cells."""

    source: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    read: Callable[[Cells, Counter[str]], Row]
    optional: int = 0
    quoted: bool = False
    aliases: dict[str, str] = {}


class Layout:
    """Where the needed columns stand in the lines of one file: by its header where it has one that fits, else by the known order."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        width = len(provider.columns)
        self._places = {size: find_places(provider, provider.columns) for size in range(width - provider.optional, width + 1)}

    def is_header(self, fields: list[str]) -> bool:
        """Whether this is a header; it is taken over."""
        names = [strip_quotes(name.strip()) for name in fields]
        if names[0].lstrip("#!").lower() != self._provider.columns[0].lower():
            return False
        while names and not names[-1]:
            names.pop()
        names = [self._provider.aliases.get(name, name) for name in names]
        if set(self._provider.needed) <= set(names):
            self._places = {**self._places, len(names): find_places(self._provider, tuple(names))}
        return True

    def find_cells(self, fields: list[str]) -> Cells:
        """The needed cells of a line by column. Raises ValueError for a line of another width; empty columns at its end do not count."""
        size = len(fields)
        while size not in self._places and size and not fields[size - 1].strip():
            size -= 1
        places = self._places.get(size)
        if places is None:
            raise ValueError(f"{size} columns, not {len(self._provider.columns)}")
        cells: Cells = {}
        for name, place in places.items():
            value = fields[place].strip() if place < size else ""
            value = strip_quotes(value) if self._provider.quoted else value
            cells[name] = None if value in NOTHING else value
        return cells


def find_places(provider: Provider, names: tuple[str, ...]) -> dict[str, int]:
    """The place of each needed column."""
    return {name: names.index(name) for name in provider.needed}


def strip_quotes(value: str) -> str:
    """A value that stands in quotation marks without them."""
    return value[1:-1].replace('""', '"') if len(value) > 1 and value[0] == value[-1] == '"' else value


@cache
def make_day(value: str | None) -> date | None:
    """A day written 20180901, 20180901120000, 2018-09-01 or 9/1/2018. Raises ValueError for one that is none."""
    if value is None:
        return None
    for pattern in ("%Y-%m-%d", "%Y%m%d", "%Y%m%d%H%M%S", "%m/%d/%Y"):
        try:
            return datetime.strptime(value, pattern).date()
        except ValueError:
            continue
    raise ValueError(f"{value!r} is no day")


def make_score(value: str | None) -> float | None:
    """A number. Raises ValueError for what is none."""
    if value is None:
        return None
    try:
        score = float(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is no number") from error
    return score if math.isfinite(score) else None


def find_codes(written: str | None, unknown: Counter[str]) -> list[str]:
    """The states among countries written one after the other, each once; what is no state is counted."""
    codes, others = _find_codes(written or "")
    unknown.update(others)
    return list(codes)


@cache
def _find_codes(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    whole = find_country(written)
    parts = [written] if whole else [part.strip() for part in written.replace("|", ";").split(";")]
    found = {part: find_country(part) for part in parts if part not in NOTHING | NO_STATES}
    return (tuple(dict.fromkeys(code for code in found.values() if code)), tuple(part for part, code in found.items() if not code))


def make_row(source: str, given_id: str | None, dated: str | None, parts: Row, *more: object) -> Row:
    """A row with its id: the hash of source, given id and whatever else it takes to tell rows apart."""
    if given_id is None:
        raise ValueError("no id")
    return {"foreign_id": make_id("foreign", source, given_id, *more), "source": source, "given_id": given_id, "day": make_day(dated),
            **parts}


def find_type(cameo: str | None, unknown: Counter[str]) -> Row:
    """CAMEO code, PLOVER type and quad class. A code that is not in CAMEO is kept, without a type, and counted."""
    kind, name = find_cameo(cameo) if cameo else (None, "")
    if cameo and not name:
        unknown[f"CAMEO {cameo}"] += 1
    return {"cameo": cameo, "type": kind, "mode": None, "contexts": [], "quad": find_quad(kind) if kind else None}


def _join(cells: Cells, *names: str, mark: str = "; ") -> str | None:
    return mark.join(value for name in names if (value := cells[name]) is not None) or None


def _split(written: str | None) -> list[str]:
    return [part for piece in (written or "").split(";") if (part := piece.strip())]


def _read_gdelt(source: str) -> Callable[[Cells, Counter[str]], Row]:
    def read(cells: Cells, unknown: Counter[str]) -> Row:
        return make_row(source, cells["GLOBALEVENTID"], cells["SQLDATE"], {
            "actor": cells["Actor1Name"] or cells["Actor1Code"], "recipient": cells["Actor2Name"] or cells["Actor2Code"],
            "actor_codes": find_codes(cells["Actor1CountryCode"], unknown),
            "recipient_codes": find_codes(cells["Actor2CountryCode"], unknown),
            "actor_sectors": _join(cells, *(f"Actor1Type{n}Code" for n in (1, 2, 3))),
            "recipient_sectors": _join(cells, *(f"Actor2Type{n}Code" for n in (1, 2, 3))), **find_type(cells["EventCode"], unknown),
            "score": make_score(cells["GoldsteinScale"]), "place": cells["ActionGeo_FullName"],
            "country": load_countries().fips.get(cells["ActionGeo_CountryCode"] or ""), "url": cells["SOURCEURL"], "outlet": None,
            "published": make_day(cells["DATEADDED"])})
    return read


def _read_icews(cells: Cells, unknown: Counter[str]) -> Row:
    return make_row("icews", cells["Event ID"], cells["Event Date"], {
        "actor": cells["Source Name"], "recipient": cells["Target Name"], "actor_codes": find_codes(cells["Source Country"], unknown),
        "recipient_codes": find_codes(cells["Target Country"], unknown), "actor_sectors": cells["Source Sectors"],
        "recipient_sectors": cells["Target Sectors"], **find_type(cells["CAMEO Code"], unknown), "score": make_score(cells["Intensity"]),
        "place": _join(cells, "City", "District", "Province", mark=", "), "country": find_country(cells["Country"] or ""), "url": None,
        "outlet": cells["Publisher"], "published": None}, make_day(cells["Event Date"]))


def _read_polecat(cells: Cells, unknown: Counter[str]) -> Row:
    kind = (cells["Event Type"] or "").upper()
    quad = find_quad(kind) if kind else None
    if kind and quad is None:
        unknown[f"type {kind}"] += 1
    return make_row("polecat", cells["Event ID"], cells["Event Date"], {
        "actor": cells["Actor Name"] or cells["Actor Name Raw"], "recipient": cells["Recipient Name"] or cells["Recipient Name Raw"],
        "actor_codes": find_codes(cells["Actor Country"], unknown), "recipient_codes": find_codes(cells["Recipient Country"], unknown),
        "actor_sectors": cells["Actor Sectors"], "recipient_sectors": cells["Recipient Sectors"], "cameo": None,
        "type": kind if quad else None, "mode": cells["Event Mode"], "contexts": _split(cells["Contexts"]), "quad": quad,
        "score": make_score(cells["Intensity"]),
        "place": cells["Placename"], "country": find_country(cells["Country"] or ""), "url": None, "outlet": cells["Source"],
        "published": make_day(cells["Publication Date"])})


_GDELT = ("GLOBALEVENTID", "SQLDATE", "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1Type1Code", "Actor1Type2Code",
          "Actor1Type3Code", "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code",
          "EventCode", "GoldsteinScale", "ActionGeo_FullName", "ActionGeo_CountryCode", "DATEADDED", "SOURCEURL")
_ICEWS = tuple(name for name in ICEWS if name not in ("Event Text", "Story ID", "Sentence Number", "Latitude", "Longitude"))
_POLECAT = ("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Contexts", "Actor Name", "Actor Country", "Actor Sectors",
            "Actor Name Raw", "Recipient Name", "Recipient Country", "Recipient Sectors", "Recipient Name Raw", "Placename", "Country",
            "Source", "Publication Date")
PROVIDERS = {
    "gdelt1": Provider("gdelt1", GDELT1, _GDELT, _read_gdelt("gdelt1"), optional=1),
    "gdelt2": Provider("gdelt2", GDELT2, _GDELT, _read_gdelt("gdelt2")),
    "icews": Provider("icews", ICEWS, _ICEWS, _read_icews),
    "polecat": Provider("polecat", POLECAT, _POLECAT, _read_polecat, quoted=True, aliases={"Event Intensity": "Intensity"}),
}
