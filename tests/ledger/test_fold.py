"""Words are found whatever their spelling, and nothing in them is taken for a pattern."""
from __future__ import annotations

import duckdb
import pytest

from rawabit.ledger.fold import make_pattern


@pytest.mark.parametrize("asked, text, found", [
    ("الاتفاق النووي", "بعد الإتفاقُ\n النووى مع", True),
    ("مدّ", "مَدَّ", True),
    ("٢٠١٨", "عام 2018", True),
    ("cnn", "شبكة CNN", True),
    ("الاتفاق النووي", "الاتفاق على النووي", False),
    ("a.b(", "aXb(", False),
    ("a.b(", "A.B(", True),
    ("", "كلمة", True)])
def test_words_are_found_whatever_their_spelling(asked: str, text: str, found: bool) -> None:
    assert duckdb.execute("SELECT regexp_matches(?, ?)", [text, make_pattern(asked)]).fetchone() == (found,)
