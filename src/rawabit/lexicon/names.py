"""How a language writes the names of states, bodies, people and places, for writing: the first name of each lexicon row.

`write_names` makes `compiled/names/LANGUAGE.json` from the rows; `load_names` reads it. Refuses to transliterate: what no row names has no
name here.
"""
from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from rawabit.model.errors import LexiconError


class Names(msgspec.Struct, frozen=True):
    """By code or usual English spelling. `adjectives`: masculine, without article. `capitals`: by code. `others`: what else a state, body
    or region is called, by code, to look it up by."""

    states: dict[str, str]
    adjectives: dict[str, str]
    capitals: dict[str, str]
    bodies: dict[str, str]
    people: dict[str, str]
    places: dict[str, str]
    others: dict[str, tuple[str, ...]] = {}


@cache
def load_names(language: str) -> Names:
    """The names of a language. Raises LexiconError where they are not compiled."""
    path = resources.files("rawabit.lexicon").joinpath("compiled").joinpath("names").joinpath(f"{language}.json")
    if not path.is_file():
        raise LexiconError(f"no names compiled for language {language!r}. Run `python -m rawabit.lexicon.build`.")
    return msgspec.json.decode(path.read_bytes(), type=Names)


def write_names(root: Path) -> list[Path]:
    """Compiles the names of every language folder under `root`, and of English (the shared rows); the files written."""
    folder = root / "compiled" / "names"
    folder.mkdir(parents=True, exist_ok=True)
    shared = {"states": _rows(root, "shared/states.yml"), "bodies": _rows(root, "shared/organisations.yml"),
              "people": _people(root, "shared")}
    made = {own.name: make_names(root, own.name, shared) for own in sorted(path.parent for path in root.glob("*/language.yml"))}
    for language, names in (made | {"en": make_english(root, shared)}).items():
        (folder / f"{language}.json").write_bytes(msgspec.json.encode(names))
    return sorted(folder.glob("*.json"))


def make_names(root: Path, language: str, shared: dict[str, list[Any]]) -> Names:
    """The first name of each row of a language."""
    states = _rows(root, f"{language}/states.yml")
    bodies = {row["id"]: row["names"][0] for row in _rows(root, f"{language}/organisations.yml")}
    people = {row["id"]: row["names"][0] for row in _people(root, language)}
    capitals = {row["code"]: row["capital"][0] for row in states if row.get("capital")}
    places = {row["english"]: row["name"][0] for row in reversed(_rows(root, f"{language}/places.yml"))}
    return Names(
        {row["code"]: row["names"][0] for row in states}, {row["code"]: _first(row["adjective"]) for row in states if row.get("adjective")},
        capitals,
        {row["actor"]: bodies[row["id"]] for row in reversed(shared["bodies"]) if row["id"] in bodies}
        | {row["actor"]: row["names"][0] for row in _rows(root, f"{language}/regions.yml")},
        {row["english"]: people[row["id"]] for row in shared["people"] if row["id"] in people},
        places | {row["capital"]: capitals[row["code"]] for row in shared["states"] if row["capital"] and row["code"] in capitals},
        make_others(root, language, shared["bodies"]))


def make_others(root: Path, language: str, bodies: list[Any]) -> dict[str, tuple[str, ...]]:
    """Names after the first, by code. A code that several bodies share has those of all of them."""
    own = {row["id"]: row["names"] for row in _rows(root, f"{language}/organisations.yml")}
    found: dict[str, tuple[str, ...]] = {}
    for code, names in (*((row["code"], row["names"]) for row in _rows(root, f"{language}/states.yml")),
                        *((row["actor"], own[row["id"]]) for row in bodies if row["id"] in own),
                        *((row["actor"], row["names"]) for row in _rows(root, f"{language}/regions.yml"))):
        found[code] = (*found.get(code, ()), *names[1:])
    return {code: names for code, names in found.items() if names}


def make_english(root: Path, shared: dict[str, list[Any]]) -> Names:
    """English as the shared rows write it, regions as the rows of any language gloss them; what they do not hold is English already."""
    states = shared["states"]
    regions = {row["actor"]: row["english"] for path in sorted(root.glob("*/regions.yml"))
               for row in _rows(root, str(path.relative_to(root))) if row.get("english")}
    return Names({row["code"]: row["english"] for row in states}, {}, {row["code"]: row["capital"] for row in states if row["capital"]},
                 {row["actor"]: row["english"] for row in reversed(shared["bodies"])} | regions, {}, {})


def _people(root: Path, folder: str) -> list[Any]:
    return [row for path in sorted(root.glob(f"{folder}/people*.yml")) for row in _rows(root, str(path.relative_to(root)))]


def _rows(root: Path, name: str) -> list[Any]:
    import yaml

    return yaml.load((root / name).read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or []


def _first(value: str | list[str]) -> str:
    return value if isinstance(value, str) else value[0]
