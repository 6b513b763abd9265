"""What the codes and names of other event data sets stand for: countries, CAMEO codes, sectors.

`countries.csv`: names and codes that are not Rawabit's own (ICEWS's spellings, FIPS 10-4 codes of GDELT's places, CAMEO's and former ISO
codes). `cameo.csv`: CAMEO codes with their names and PLOVER types, by the Alliance's table CAMEO2PLOVER-2021 but for three rulings of the
codebook: apologies and pardons (055, 056) are CONCEDE, embargoes and sanctions (163) are SANCTION. Codes are strings: "010" is not "10".
"""
from __future__ import annotations

import csv
from functools import cache
from importlib import resources

import msgspec

from rawabit.lexicon.load import Lexicon, known_languages, load_lexicon
from rawabit.model import LexiconError
from rawabit.record.plover import plover

SECTORS = {"GOV": "Government", "MIL": "Military", "COP": "Police", "JUD": "Judicial", "LEG": "Legislative / Parliamentary",
           "PTY": "Parties", "REB": "Insurgents", "JRN": "Media", "BUS": "Business", "EDU": "Education", "CRM": "Criminals / Gangs",
           "CVL": "General Population / Civilian / Social", "SOC": "Social"}
"""PLOVER sectors that ICEWS has a name for."""

NO_STATES = frozenset(
    ("IGO IMG MNC NGO REG UNK INT "
     "AFR ASA BLK CRB CAU CFR CAS CEU EIN EAF EEU EUR LAM MEA MDT NAF NMR PGS SCN SAM SAS SEA SAF WAF WST").split())
"""Codes that stand where a country could, and are none: PLOVER's bodies and CAMEO's regions."""


class Countries(msgspec.Struct, frozen=True):
    """Lookups of ISO 3166 alpha-3 codes: by code, by name in lower case, by FIPS 10-4 code; and ICEWS's name of each."""

    codes: dict[str, str]
    names: dict[str, str]
    fips: dict[str, str]
    spelled: dict[str, str]


def _read(name: str) -> list[list[str]]:
    text = resources.files("rawabit.ledger.exchange").joinpath(name).read_text("utf-8")
    return list(csv.reader(text.splitlines()))[1:]


@cache
def _lexicon() -> Lexicon:
    """Any lexicon: states and PLOVER are the same in all."""
    languages = known_languages()
    if not languages:
        raise LexiconError("no lexicon is compiled. Run `make lexicon`.")
    return load_lexicon(languages[0])


@cache
def load_countries() -> Countries:
    """The tables, read once."""
    own = {row.code: row.english for row in _lexicon().table("state")}
    rows = _read("countries.csv")
    given = {scheme: {key: code for kind, key, code in rows if kind == scheme} for scheme in ("icews", "name", "code", "fips")}
    names = {**{name.lower(): code for code, name in own.items()},
             **{key.lower(): code for scheme in ("name", "icews") for key, code in given[scheme].items()}}
    return Countries({**{code: code for code in own}, **given["code"]}, names, given["fips"],
                     {**own, **{code: key for key, code in given["icews"].items()}})


def find_country(written: str) -> str | None:
    """The alpha-3 code of a country given by code or English name; None for anything else (regions and bodies among it)."""
    tables = load_countries()
    return tables.codes.get(written) or tables.names.get(written.lower())


@cache
def load_cameo() -> dict[str, tuple[str | None, str]]:
    """(PLOVER type or None, name) of each CAMEO code of three or four digits."""
    return {code: (kind or None, name) for code, kind, name in _read("cameo.csv")}


@cache
def find_cameo(code: str) -> tuple[str | None, str]:
    """PLOVER type and name of a CAMEO code; a code that is not listed is taken as the wider one. (None, "") for what is no code."""
    table = load_cameo()
    while code and code not in table and f"{code}0" not in table:
        code = code[:-1]
    return table.get(code) or table.get(f"{code}0", (None, ""))


@cache
def find_relations() -> dict[str, str]:
    """The CAMEO code of each name, in lower case."""
    return {name.lower(): code for code, (_, name) in load_cameo().items()}


@cache
def find_quad(kind: str) -> int | None:
    """PLOVER's quad class of a type; None for what is no type."""
    return plover(_lexicon()).classify(kind, None).quad or None


@cache
def find_score(kind: str, mode: str | None) -> float:
    """PLOVER's score of a type in a mode."""
    return plover(_lexicon()).classify(kind, mode).score
