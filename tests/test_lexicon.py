"""The lexicon: rows are checked, forms are derived, names are one actor's, and there is as much as is promised."""
from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
import pytest

import rawabit
from rawabit.lexicon import build, load_lexicon, schema
from rawabit.lexicon.inflect import Paradigms
from rawabit.lexicon.load import Lexicon, Sense
from rawabit.model import InputError, LexiconError
from rawabit.text.normalise import Orthography

ROOT = Path(rawabit.__file__).parent / "lexicon"
CASES = Path(__file__).parent / "cases"
PROPER = {"state": "state", "capital": "capital", "seat": "seat", "place": "place", "person": "person", "surname": "person", "org": "org"}
"""Kinds of names → the table that holds what they name."""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon("ar")


@pytest.fixture(scope="module")
def compiled() -> dict[str, Any]:
    table: dict[str, Any] = msgspec.json.decode((ROOT / "compiled/ar.json").read_bytes())
    return table


def read_cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_all(pattern: str, kind: type[build.T]) -> list[build.T]:
    return [row for path in sorted(ROOT.glob(pattern)) for row in build.read_rows(path, kind)]


# ---- rows ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "fault"), [
    ("- {code: FRA, names: [a], colour: blue}", "colour"),
    ("- {code: FRA}", "names"),
    ("- {code: FRA, names: a}", "array"),
    ("- {code: 7, names: [a]}", "str"),
])
def test_a_wrong_row_is_named(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "states.yml"
    path.write_text(f"- {{code: DEU, names: [b]}}\n{row}\n")
    with pytest.raises(LexiconError, match=rf"states\.yml, row 2 .*{fault}"):
        build.read_rows(path, schema.State)


@pytest.mark.parametrize("tag", ["AR", "ar-SA", " ar_EG "])
def test_a_language_in_another_spelling_is_the_same(lexicon: Lexicon, tag: str) -> None:
    assert load_lexicon(tag) is lexicon


@pytest.mark.parametrize(("tag", "fault"), [
    ("FR", "no lexicon for language 'fr': choose one of ar"), ("", "no lexicon"), ("../ar", "no ISO 639-1"),
])
def test_a_language_without_lexicon_is_named(tag: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        load_lexicon(tag)


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    path = tmp_path / "language.yml"
    path.write_text((ROOT / "ar/language.yml").read_text("utf-8") + "\ncolour: blue\n", "utf-8")
    with pytest.raises(LexiconError, match=r"language\.yml: .*colour"):
        build.read_mapping(path, Orthography)


def test_an_unknown_type_is_named() -> None:
    compiler = build.Compiler(build.read_mapping(ROOT / "ar/language.yml", Orthography),
                              build.read_mapping(ROOT / "ar/inflection.yml", Paradigms))
    with pytest.raises(LexiconError, match="WAVE"):
        build.add_frames(compiler, [schema.Frame(type="WAVE", noun="x")])


def test_compiling_twice_gives_the_same() -> None:
    assert msgspec.json.encode(build.compile_language(ROOT, "ar")) == (ROOT / "compiled/ar.json").read_bytes(), "run `make lexicon`"


# ---- how much there is ---------------------------------------------------------------------------------------------------------


def test_all_states_have_a_name() -> None:
    shared = {row.code: row for row in read_all("shared/states.yml", schema.SharedState)}
    own = {row.code: row for row in read_all("ar/states.yml", schema.State)}
    assert shared.keys() == own.keys() and len(shared.keys() - {"XKX"}) == 249
    assert len({row.alpha2 for row in shared.values()}) == 250 and all(row.names for row in own.values())


def test_states_have_a_nationality_adjective_or_are_listed() -> None:
    reasons = {row["code"]: row["why"] for row in read_cases("ar/no_adjective.csv")}
    bare = {row.code for row in read_all("ar/states.yml", schema.State) if not row.adjective}
    assert not bare - reasons.keys(), "give an adjective, or say in no_adjective.csv why there is none"
    assert all(reasons.values())


def test_bodies() -> None:
    own = {row.id for row in read_all("ar/organisations.yml", schema.Names)}
    bodies = {row.actor for row in read_all("shared/organisations.yml", schema.SharedOrganisation) if row.id in own}
    assert len([actor for actor in bodies if actor.startswith("IGO-")]) >= 80


def test_people_have_dated_offices() -> None:
    own = {row.id for row in read_all("ar/people*.yml", schema.Names)}
    people = [row for row in read_all("shared/people*.yml", schema.SharedPerson) if row.id in own]
    dated = [row for row in people if any(office.since for office in row.offices)]
    assert len(dated) >= 600 and len({row.id for row in people}) == len(people)


def test_offices_are_in_order_of_time() -> None:
    def first(office: schema.Tenure) -> str:
        return str(office.since or "")

    late = [row.id for row in read_all("shared/people*.yml", schema.SharedPerson)
            if any(office.since and office.until and str(office.until)[:4] < first(office)[:4] for office in row.offices)]
    assert not late, "an office ends before it begins"


def test_frames_cover_every_type() -> None:
    frames = read_all("ar/frames*.yml", schema.Frame)
    assert len(frames) >= 900 and {row.type for row in frames} == set(schema.EVENT_TYPES)


def test_reporting_verbs() -> None:
    assert len({row.verb for row in read_all("ar/reporting.yml", schema.Reporting) if row.verb}) >= 150


# ---- names ---------------------------------------------------------------------------------------------------------------------


def actor_of(kind: str, payload: dict[str, Any]) -> str:
    """Who a name means: a person by name, an organisation as the codebook writes it, all else by country."""
    if kind == "person":
        return f"{payload['code']}:{payload['english']}"
    return str(payload["actor"] if kind == "org" else payload.get("code") or payload.get("country"))


def test_no_name_is_two_actors(compiled: dict[str, Any]) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    single = ((form, entry) for form, entries in compiled["forms"].items() for entry in entries)
    multi = ((" ".join([form, *tail]), entry) for form, rows in compiled["multi"].items() for tail, entry in rows)
    for form, (kind, index, _) in (*single, *multi):
        if kind in PROPER:
            owners[form].add(actor_of(PROPER[kind], compiled["tables"][PROPER[kind]][index]))
    listed = {(row["form"], frozenset(row["actors"].split(" | "))) for row in read_cases("ar/collisions.csv")}
    found = {(form, frozenset(actors)) for form, actors in owners.items() if len(actors) > 1}
    assert not found - listed, "mend the rows, or list the name in tests/cases/ar/collisions.csv with what decides"


# ---- forms ---------------------------------------------------------------------------------------------------------------------


def entry_of(sense: Sense) -> tuple[str, int]:
    """(table, place) of what a sense is an inflected form of."""
    return ("lemma" if sense.kind in ("verb", "noun") else sense.kind), sense.index


@pytest.mark.parametrize("case", read_cases("ar/inflection.csv"), ids=lambda case: f"{case['lemma']}-{case['form']}-{case['feature']}")
def test_inflection(lexicon: Lexicon, case: dict[str, str]) -> None:
    lemmas = {entry_of(sense) for sense in lexicon.word(case["lemma"]).senses}
    features = {sense.feature for sense in lexicon.word(case["form"]).senses if entry_of(sense) in lemmas}
    assert case["feature"] in features
