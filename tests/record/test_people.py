"""People whom the lexicon does not know, on sentences of our own."""
from __future__ import annotations

import pytest

from rawabit import read


@pytest.mark.parametrize(("text", "name", "code"), [
    ("قال الناشط السوري بلال أبو صلاح إن القصف استمر.", "بلال أبو صلاح", "SYR"),
    ("قالت الفنانة اللبنانية نانسي عجرم إنها حزينة.", "نانسي عجرم", "LBN"),
    ("ألقت الشرطة القبض على السعودي سامي فهد المطيري.", "سامي فهد المطيري", "SAU"),
])
def test_an_unknown_name_after_a_word_for_one_person(text: str, name: str, code: str) -> None:
    reading = read(text, language="ar")
    assert [(reading.surface(p.name), p.code) for p in reading.people] == [(name, code)]


@pytest.mark.parametrize("text", [
    "قال الناشط السوري إن القصف استمر.",
    "انتقد الصحفيون السوريون بلال أبو صلاح.",
    "استعاد الجيش السوري تلبيسة والحولة.",
])
def test_no_name(text: str) -> None:
    assert read(text, language="ar").people == ()


def test_one_person_under_one_name() -> None:
    reading = read("قال الناشط السوري بلال أبو صلاح إن القصف استمر.\nوأضاف الناشط السوري بلال أبو صلاح أنه باق.", language="ar")
    assert len(reading.people) == 1


def test_xi_says_is_no_city() -> None:
    reading = read("وأعلن شي أن بلاده ستساعد.", language="ar")
    assert all(e.place is None for e in reading.events)
