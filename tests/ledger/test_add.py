"""Adding reports: one that cannot be read costs no other."""
from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from appender import find_reports

from rawabit.ledger import Ledger, LedgerWriter, add
from rawabit.ledger.add import Tally, add_reports
from rawabit.ledger.check import check_ledger
from rawabit.ledger.rows import _RowMaker
from rawabit.lexicon.load import Lexicon, Word, load_lexicon

REPORTS = 3
HURT = "KeyError: 'hurt'"


def add_some(place: Path) -> Tally:
    """A few of the bundled reports, added."""
    return add_reports(islice(find_reports(), REPORTS), LedgerWriter(str(place), "recipe"), None, "test", lambda tally: None)


def hurt_second(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    """Gives a function a bug that is met when it is called for the second time."""
    sound, calls = getattr(owner, name), iter(range(1000))

    def hurt(*given: Any) -> Any:
        if next(calls) == 1:
            raise KeyError("hurt")
        return sound(*given)

    monkeypatch.setattr(owner, name, hurt)


@pytest.mark.parametrize("owner, name", [(add, "read_sentences"), (_RowMaker, "make_rows")])
def test_a_bug_met_in_one_report_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    hurt_second(monkeypatch, owner, name)
    tally = add_some(tmp_path)
    (why,) = tally.failures
    assert (tally.new, tally.failed) == (REPORTS, 1) and HURT in why and "send this report" in why
    ledger = Ledger(str(tmp_path))
    assert ledger.documents().num_rows == REPORTS - 1
    assert ledger.query("SELECT kind, text FROM issues WHERE text LIKE '%hurt%'").to_pylist() == [{"kind": "failure", "text": why}]
    assert ledger.query("SELECT failed FROM raw_readings WHERE failed IS NOT NULL").to_pylist() == [{"failed": why}]
    assert list(check_ledger(str(tmp_path))) == []


def test_a_report_whose_words_cannot_be_taken_apart_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound, bad = Lexicon.stem, next(islice(find_reports(), 1, None)).document.content.split()[0]

    def hurt(lexicon: Lexicon, word: Word) -> str:
        if word is lexicon.word(bad):
            raise KeyError("hurt")
        return sound(lexicon, word)

    monkeypatch.setattr(Lexicon, "stem", hurt)
    tally = add_some(tmp_path)
    assert tally.failed >= 1 and tally.new + tally.failed == REPORTS and all(HURT in why for why in tally.failures)
    assert Ledger(str(tmp_path)).documents().num_rows == tally.new


def test_a_report_is_taken_apart_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon, taken = load_lexicon("ar"), []

    class Token:
        """The pattern of words, which notes how many letters it goes through."""

        pattern = lexicon.token

        def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
            taken.append(min(end, len(text)) - start)
            return self.pattern.finditer(text, start, end)

    monkeypatch.setattr(lexicon, "token", Token())
    add_some(tmp_path)
    assert sum(taken) <= sum(len(item.document.content) for item in islice(find_reports(), REPORTS))
