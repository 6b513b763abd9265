"""`column=value` → a correction that the codebook allows, with the columns that follow from it.

Values are typed by the schema and held against the codebook's lists; words given as `evidence` or `trigger` are looked up in the report.
What the ledger derives (codes, PLOVER class, offsets) follows by itself and cannot be given.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, get_args

import msgspec
import pyarrow as pa

from rawabit.gold import ACTOR
from rawabit.ledger.reviewed import find_correctable
from rawabit.ledger.schema import RECORDS, TABLES
from rawabit.lexicon.load import known_languages, load_lexicon
from rawabit.lexicon.schema import EVENT_TYPES, RELATIONS
from rawabit.model import Actor, LedgerError, Precision
from rawabit.model.reading import Bound, Modality, Stance
from rawabit.record.plover import plover

Row = dict[str, Any]
DERIVED = re.compile("(evidence|trigger)_(start|end)|codes|(speaker|subject|object)_code|quad|score|cameo|dated|number|sentence|gist")
SECTORS = ("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC").split()
MEASURES = (
    "trade_value trade_share remittances_gdp_share migrant_workers companies population investment_value aid_value loan_value arms_value "
    "tariff_rate troops dead injured prisoners refugees diplomats_expelled documents_signed output price votes other"
).split()
CHOICES: dict[str, Sequence[str]] = {
    "type": EVENT_TYPES, "modality": get_args(Modality), "stance": get_args(Stance), "bound": get_args(Bound), "relation": RELATIONS,
    "measure": MEASURES, "sector": SECTORS, "precision": [p.value for p in Precision]}
PARTIES = ("actors", "recipients", "attribution", "speaker", "subject", "object")
CODES = ("about", "partner", "code", "country")
WORDS = ("evidence", "trigger", "name")
CODE = re.compile("[A-Z]{3}|(IGO|IMG|NGO|MNC|REG)-[A-Za-z0-9]+|UNK")


def name_correctable(table: str) -> list[str]:
    """The columns of a table that a reviewer may give."""
    return [name for name in find_correctable(table, RECORDS[table]) if not DERIVED.fullmatch(name)]


def make_correction(table: str, row: Mapping[str, Any], pairs: Sequence[str], content: str) -> Row:
    """The corrected columns with their values, JSON-able. `row`: the record as it stands; `content`: its report.

    Raises LedgerError for an unknown column and for a value that the codebook does not allow.
    """
    given = dict(_read_pair(table, pair) for pair in pairs)
    for name, value in given.items():
        _check_value(name, value)
    for part in [name for name in WORDS if given.get(name)]:
        given.update(_find_words(part, str(given[part]), content, row))
    given.update(_derive_dates(given, row))
    given.update(_derive(table, {**row, **given}, given))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}


def _read_pair(table: str, pair: str) -> tuple[str, Any]:
    name, mark, text = pair.partition("=")
    known = name_correctable(table)
    if not mark:
        raise LedgerError(f"{pair!r} is no correction. Write column=value, for example {known[0]}=…")
    if name not in known:
        raise LedgerError(f"no column {name!r} of {table} can be corrected. Choose of {', '.join(known)}.")
    column = next(c for c in TABLES[table].columns if c.name == name)
    if not text and column.key and not pa.types.is_list(column.type):
        raise LedgerError(f"{name} cannot be empty. Give a value, or reject the record.")
    try:
        return name, _read_value(column.type, text)
    except ValueError as error:
        raise LedgerError(f"{text!r} is no value of {name} ({error}). It holds: {column.meaning}. Write the value so.") from error


def _read_value(kind: pa.DataType, text: str) -> Any:
    """A value of an Arrow type as a person writes it. Raises ValueError."""
    if pa.types.is_list(kind):
        return _read_list(text)
    if text == "":
        return None
    readers: dict[pa.DataType, Callable[[str], Any]] = {
        pa.date32(): date.fromisoformat, pa.float64(): float, pa.int32(): int, pa.bool_(): _read_flag}
    return readers.get(kind, str)(text)


def _read_list(text: str) -> list[str]:
    if text.lstrip().startswith("["):
        try:
            return msgspec.json.decode(text, type=list[str])
        except msgspec.DecodeError as error:
            raise ValueError(f"no JSON list of strings: {error}") from error
    return [part.strip() for part in text.split(",") if part.strip()]


def _read_flag(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError("neither true nor false")
    return text.lower() == "true"


def _check_value(name: str, value: Any) -> None:
    """Raises LedgerError for what the codebook does not list."""
    for item in value if isinstance(value, list) else [] if value is None else [value]:
        if name in CHOICES and item not in CHOICES[name]:
            raise LedgerError(f"{item!r} is no {name}. Choose of {', '.join(CHOICES[name])}.")
        if name in PARTIES:
            _check_party(name, str(item))
        if name in CODES and not CODE.fullmatch(str(item)):
            raise LedgerError(f"{item!r} in {name} is no code. Write ISO 3166 alpha-3, IGO-…, REG-… and the like, or UNK.")


def _check_party(name: str, text: str) -> None:
    if not ACTOR.fullmatch(text):
        raise LedgerError(f"{text!r} in {name} is no actor. Write CODE[/SECTOR][:Name], for example RUS/GOV:Vladimir Putin.")
    sector = Actor.parse(text).sector
    if sector and sector not in SECTORS:
        raise LedgerError(f"{sector!r} in {text!r} is no sector. Choose of {', '.join(SECTORS)}.")


def _find_words(part: str, words: str, content: str, row: Mapping[str, Any]) -> Row:
    """The offsets of words in the report, where they stand nearest to those that they replace."""
    span = "evidence" if part == "name" else part
    places = [found.start() for found in re.finditer(re.escape(words), content)]
    if not places:
        raise LedgerError(f"{words!r} is not in the report. Copy {part} letter for letter from its title or text.")
    start = min(places, key=lambda place: abs(place - row[f"{span}_start"]))
    return {f"{span}_start": start, f"{span}_end": start + len(words), span: words}


def _derive_dates(given: Row, row: Mapping[str, Any]) -> Row:
    """Both ends of the dates with their precision. Raises LedgerError for days in the wrong order."""
    if given.keys().isdisjoint(("start", "end")):
        return {}
    same = row["start"] == row["end"]
    start = given.get("start", given.get("end") if same else row["start"])
    end = given.get("end", given.get("start") if same else row["end"])
    start, end = (start, end) if start and end else (None, None)
    if start and end and start > end:
        raise LedgerError(f"start {start} comes after end {end}. Give both days, or one for a single day.")
    precision = given.get("precision", None if start is None else "day" if start == end else "range")
    return {"start": start, "end": end, "precision": precision, **({"dated": start is not None} if "dated" in row else {})}


def _derive(table: str, row: Row, given: Row) -> Row:
    """The columns that follow from others."""
    out: Row = {f"{name}_code": Actor.parse(row[name]).code for name in ("speaker", "subject", "object") if name in given}
    if table != "events":
        return out
    if not row["actors"]:
        raise LedgerError("an event needs an actor. Name one, UNK where nobody is named.")
    out["codes"] = sorted({Actor.parse(actor).code for actor in (*row["actors"], *row["recipients"])})
    table_of_types = plover(load_lexicon(known_languages()[0]))
    modes = table_of_types.modes(row["type"])
    if "type" in given and "mode" not in given and row["mode"] not in modes:
        out["mode"] = row["mode"] = None
    if row["mode"] is not None and row["mode"] not in modes:
        raise LedgerError(f"{row['mode']!r} is no mode of {row['type']}. Choose of {', '.join(modes) or 'none: leave it empty (mode=)'}.")
    out["quad"], out["score"], out["cameo"] = table_of_types.classify(row["type"], row["mode"])
    return {name: value for name, value in out.items() if name in ("codes", "mode") or not given.keys().isdisjoint(("type", "mode"))
            or name.endswith("_code")}
