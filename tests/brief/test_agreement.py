"""Gender, number, duals, dates and amounts of Arabic, by rows that a reader of Arabic can edit."""
from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rawabit.brief.phrases import Phrases
from rawabit.catalogue import find_plural, known_catalogues, load_catalogue
from rawabit.lexicon.names import load_names

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "cases" / "ar" / "brief.csv").open(encoding="utf-8")))
PHRASES = Phrases(load_catalogue("ar"), load_names("ar"), {})
ROLES = {"Vladimir Putin": "president", "Ilham Aliyev": "president", "Recep Tayyip Erdogan": "president",
         "Mike Pompeo": "secretary of state"}


def tell_amount(given: str) -> str | None:
    value, bound, unit = given.split()
    return PHRASES.amount(float(value), unit, bound)


KINDS: dict[str, Callable[[str], str | None]] = {
    "verb": lambda given: PHRASES.verb("meet", given), "report": lambda given: PHRASES.count(int(given), "report"),
    "step": lambda given: PHRASES.count(int(given), "step"), "day": lambda given: PHRASES.day(date.fromisoformat(given)),
    "amount": tell_amount, "together": lambda given: PHRASES.together(tuple(given.split("|")), ROLES)}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']}-{row['given']}" for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    assert KINDS[row["kind"]](row["given"]) == row["expected"], row["note"]


def test_what_no_language_has_a_name_for_is_not_named() -> None:
    assert PHRASES.party("RUS/GOV:Nobody At All", {}) is None
    assert PHRASES.together(("RUS/GOV:Nobody At All", "AZE/GOV:Ilham Aliyev"), ROLES) is None
    assert PHRASES.amount(5e9, "XXX", "=") is None


@pytest.mark.parametrize(("number", "category"), [(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many"), (99, "many"),
                                                  (100, "other"), (102, "other"), (103, "few"), (111, "many")])
def test_plural_categories_are_those_of_cldr(number: int, category: str) -> None:
    from babel import Locale

    assert find_plural("ar", number) == category == Locale.parse("ar").plural_form(number)


def test_catalogues_have_the_same_keys() -> None:
    first, second = map(load_catalogue, known_catalogues())
    for part in ("headings", "sentences", "dates", "verbs", "counted", "scales", "bounds", "measures"):
        assert getattr(first, part).keys() == getattr(second, part).keys(), part
    assert all(len(load_catalogue(language).months) == 12 for language in known_catalogues())
