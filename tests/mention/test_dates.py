"""Dates: rows that a linguist can edit (cases/ar/dates.csv), the future variants, and properties that hold on any text.

In the rows `words` is the expression with its preposition; no start and precision `none` is a time that cannot be dated; no precision at
all is a text that holds no date.
"""
from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rawabit.lexicon import load
from rawabit.lexicon.time_rows import TimeRow, compile_time
from rawabit.mention.dates import DateReader, from_hijri, to_hijri
from rawabit.model.errors import LexiconError
from rawabit.model.time import DateRange
from rawabit.text.normalise import Normaliser, Orthography
from rawabit.text.segment import Sentence, split_sentences

FOLDER = Path(load.__file__).parent / "ar"
CASES = Path(__file__).parents[1] / "cases" / "ar" / "dates.csv"
PUBLISHED = date(2018, 5, 17)  # a Thursday


def _read_yaml(name: str, kind: Any) -> Any:
    return msgspec.convert(yaml.safe_load((FOLDER / name).read_text("utf-8")), kind)


def _make_lexicon() -> load.Lexicon:
    """A lexicon of calendar words alone."""
    orthography = _read_yaml("language.yml", Orthography)
    table = [{"data": compile_time(_read_yaml("time.yml", list[TimeRow]), Normaliser(orthography))}]
    return load.Lexicon(load._Compiled(orthography, {}, {}, {}, {"time": msgspec.Raw(msgspec.json.encode(table))}))


LEXICON = _make_lexicon()


def _read(text: str, published: date | None) -> tuple[DateReader, list[tuple[Sentence, int, int, DateRange | None]]]:
    reader, out = DateReader(LEXICON, published), []
    for sentence in split_sentences(text, 0, LEXICON):
        i = 0
        while i < len(sentence.words):
            found = reader.find(sentence, i)
            if found:
                out.append((sentence, i, *found))
            i = found[0] if found else i + 1
    return reader, out


def _rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["text"])
def test_phrase(row: dict[str, str]) -> None:
    _, found = _read(row["text"], date.fromisoformat(row["published"]) if row["published"] else None)
    got = [
        (str(d.start), str(d.end), d.precision.value, row["text"][s.starts[i]:s.ends[j - 1]]) if d
        else ("", "", "none", row["text"][s.starts[i]:s.ends[j - 1]])
        for s, i, j, d in found
    ]
    assert got == ([(row["start"], row["end"], row["precision"], row["words"])] if row["precision"] else [])


def test_span_leaves_out_a_plain_preposition() -> None:
    text = "وقع في 14 يوليو 2015"
    _, [(_, _, _, found)] = _read(text, PUBLISHED)
    assert found and found.span
    assert text[found.span.start:found.span.end] == "14 يوليو 2015"


@pytest.mark.parametrize(("text", "start", "end"), [
    ("الجمعة", "2018-05-18", "2018-05-18"),
    ("الخميس", "2018-05-17", "2018-05-17"),
    ("الجمعة والسبت", "2018-05-18", "2018-05-19"),
    ("في يونيو", "2018-06-01", "2018-06-30"),
    ("في مايو", "2018-05-01", "2018-05-31"),
    ("أواخر أبريل/نيسان", "2019-04-21", "2019-04-30"),
    ("في 12 يونيو", "2018-06-12", "2018-06-12"),
    ("في فبراير", "2019-02-01", "2019-02-28"),
    ("من الجمعة إلى الأحد", "2018-05-18", "2018-05-20"),
    ("الخميس الماضي", "2018-05-10", "2018-05-10"),
    ("في يونيو 2017", "2017-06-01", "2017-06-30"),
])
def test_later(text: str, start: str, end: str) -> None:
    reader, [(_, _, _, found)] = _read(text, PUBLISHED)
    assert found
    later = reader.later(found)
    assert (str(later.start), str(later.end), later.span) == (start, end, found.span)
    assert (reader.undirected(found) is not None) == ("الماضي" not in text and "2017" not in text)


def test_hijri_there_and_back() -> None:
    for offset in range(0, 60_000, 7):
        day = date(1900, 1, 1) + timedelta(days=offset)
        assert from_hijri(*to_hijri(day)) == day
    assert from_hijri(1, 1, 1) == date(622, 7, 19)  # 16 July 622 in the Julian calendar
    assert abs((from_hijri(1440, 1, 1) - date(2018, 9, 11)).days) <= 1  # as announced in Saudi Arabia


WORDS = sorted({word for row in _read_yaml("time.yml", list[TimeRow]) for word in row.words})
PIECES = st.sampled_from([
    *WORDS, "5", "31", "2018", "1439", "9999", "0", "18/5/2018", "٣", "ال", "و", "/", "(", ")", "،", "-", ".", "رئيس",
])
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join), st.text(max_size=60))
DAYS = st.one_of(st.none(), st.just(PUBLISHED), st.dates())


@settings(max_examples=600, deadline=None)
@given(TEXTS, DAYS)
def test_spans_are_right_and_nothing_raises(text: str, published: date | None) -> None:
    reader, found = _read(text, published)
    for sentence, i, j, days in found:
        assert i < j <= len(sentence.words)
        if days:
            assert days.start <= days.end
            assert days.span and sentence.starts[i] <= days.span.start < days.span.end == sentence.ends[j - 1]
            later = reader.later(days)
            assert later.start <= later.end and later.span == days.span


@pytest.mark.parametrize("row", [
    TimeRow("month", ["x"], 13), TimeRow("weekday", ["x"], "monday"), TimeRow("unit", ["x"], "day"), TimeRow("every", ["x"], 1),
    TimeRow("month", [], 1), TimeRow("month", ["\u064b"], 1), TimeRow("direction", ["x"], 9),
])
def test_wrong_row_is_an_error(row: TimeRow) -> None:
    with pytest.raises(LexiconError):
        compile_time([row], LEXICON.normaliser)


def test_unknown_key_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "month", "words": ["x"], "value": 1, "gloss": "x"}, TimeRow)
