"""Two sources side by side, on examples worked out by hand."""
from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from rawabit.cli import main
from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.exchange.compare import Comparison, compare
from rawabit.ledger.exchange.export import write_export
from rawabit.ledger.exchange.foreign import import_files
from rawabit.ledger.exchange.sides import Side, read_counts, read_side
from rawabit.model import InputError, LedgerError

MakeLedger = Callable[..., Ledger]
A = """day,source,target,quad,count
2018-09-01,AZE,RUS,1,2
2018-09-01,RUS,AZE,1,1
2018-09-02,AZE,RUS,3,1
2018-09-02,TUR,RUS,1,2
2018-09-03,USA,IRN,4,1
"""
B = """day,source,target,quad,count
2018-09-01,AZE,RUS,1,1
2018-09-02,RUS,TUR,3,4
2018-09-02,CHN,KAZ,1,1
2018-09-03,IRN,USA,4,3
"""


@pytest.fixture
def make_side(tmp_path: Path) -> Callable[[str], Side]:
    def make(text: str) -> Side:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        path.write_text(text)
        return read_counts(str(path))
    return make


def held(a: Side, b: Side, **options: object) -> Comparison:
    return compare(a, b, **options)  # type: ignore[arg-type]


def test_hand_computed(make_side: Callable[[str], Side]) -> None:
    found = held(make_side(A), make_side(B))
    every, verbal, material, conflict, force = found.agreement
    # A: AZE|RUS on 1 and 2, RUS|TUR on 2, IRN|USA on 3. B: AZE|RUS on 1, RUS|TUR on 2, CHN|KAZ on 2, IRN|USA on 3. Both: three.
    assert (every.days_a, every.days_b, every.both, every.jaccard, every.recall_a, every.recall_b) == (4, 4, 3, 3 / 5, 3 / 4, 3 / 4)
    assert (every.events_a, every.events_b, every.dyads, every.dyads_both) == (7, 9, 4, 3)
    # Counts in A: AZE|RUS 4, RUS|TUR 2, IRN|USA 1, CHN|KAZ 0; in B: 1, 4, 3, 1. Ranks 4 3 2 1 and 1.5 4 3 1.5.
    # Deviations from 2.5: 1.5 0.5 -0.5 -1.5 (squares sum to 5) and -1 1.5 0.5 -1 (4.5); products sum to -1.5 + 0.75 - 0.25 + 1.5.
    assert every.spearman == pytest.approx(0.5 / (5 * 4.5) ** 0.5)
    # Of the three that both have: ranks 3 2 1 and 1 3 2.
    assert every.spearman_both == pytest.approx(-0.5)
    # Verbal cooperation. A: AZE|RUS on 1, RUS|TUR on 2; B: AZE|RUS on 1, CHN|KAZ on 2.
    assert (verbal.days_a, verbal.days_b, verbal.both, verbal.jaccard, verbal.recall_a) == (2, 2, 1, 1 / 3, 1 / 2)
    assert (material.days_a, material.jaccard, material.recall_a, material.spearman) == (0, None, None, None)
    assert (conflict.both, conflict.recall_a, conflict.recall_b) == (0, 0, 0)
    assert (force.both, force.jaccard, force.spearman) == (1, 1, None)
    assert (found.differences[0].pair, found.differences[0].a, found.differences[0].b) == ("AZE|RUS", 4, 1)
    assert found.differences[0].difference == pytest.approx(4 / 7 - 1 / 9)
    assert [(day.day, day.pair, day.n) for day in found.only_a] == [(date(2018, 9, 2), "AZE|RUS", 1)]
    assert [(day.day, day.pair, day.n) for day in found.only_b] == [(date(2018, 9, 2), "CHN|KAZ", 1)]


def test_recall_goes_each_its_own_way(make_side: Callable[[str], Side]) -> None:
    # A has AZE|RUS on 1, 2, 3, 4; B has it on 1 and 4. B has half of A's days, A has all of B's.
    head, days = "day,source,target,quad\n", [f"2018-09-0{day},AZE,RUS,1\n" for day in (1, 2, 3, 4)]
    every = held(make_side(head + "".join(days)), make_side(head + days[0] + days[3])).agreement[0]
    assert (every.days_a, every.days_b, every.jaccard, every.recall_a, every.recall_b) == (4, 2, 1 / 2, 1 / 2, 1)


def test_days_are_those_that_both_cover_unless_given(make_side: Callable[[str], Side]) -> None:
    a, b = make_side(A + "2018-10-09,AZE,RUS,1,5\n"), make_side(B)
    assert held(a, b).until == date(2018, 9, 3) and held(a, b).agreement[0].events_a == 7
    assert held(a, b, until=date(2018, 12, 31)).agreement[0].events_a == 12
    assert held(a, b, since=date(2018, 9, 3)).agreement[0].days_a == 1
    with pytest.raises(InputError, match="no days in common"):
        held(a, make_side("day,source,target,quad\n1999-01-01,AZE,RUS,1\n"))


def test_only_the_pairs_asked_for(make_side: Callable[[str], Side]) -> None:
    found = held(make_side(A), make_side(B), pairs=("IRN|USA",))
    assert (found.agreement[0].days_a, found.agreement[0].jaccard) == (1, 1)
    with pytest.raises(InputError, match="no event between two states"):
        held(make_side(A), make_side(B), pairs=("FRA|USA",))


def test_a_file_of_counts_names_what_was_done_in_four_ways(make_side: Callable[[str], Side]) -> None:
    for head, value, quad in (("quad", "3", 3), ("type", "accuse", 3), ("cameo", "0841", 2), ("cameo", "163", 4),
                              ("relation", '"Impose embargo, boycott, or sanctions"', 4), ("relation", "Host a visit", 1)):
        side = make_side(f"day,source,target,{head}\n2018-09-01,DDR,Russian Federation,{value}\n")
        assert side.rows.to_pylist() == [{"day": date(2018, 9, 1), "pair": "DEU|RUS", "quad": quad, "n": 1}]


def test_what_does_not_count_is_told_by_reason(make_side: Callable[[str], Side]) -> None:
    side = make_side("day,source,target,cameo,count\n2018-09-01,QUU,RUS,040,1\n2018-09-01,RUS,RUS,040,1\n2018-09-01,USA,RUS,010,1\n")
    assert side.rows.num_rows == 0 and side.passed == {"no state: QUU": 1, "within one state": 1, "no type in PLOVER": 1}


@pytest.mark.parametrize(("text", "why"), [
    ("day,source,quad\n", "no column target"), ("day,source,target\n", "no column quad or type"),
    ("day,source,target,quad\n2018-02-30,USA,RUS,1\n", ":2: '2018-02-30' is no day"),
    ("day,source,target,quad\n2018-02-03,USA,RUS,5\n", "quad '5'"), ("day,source,target,relation\n2018-02-03,USA,RUS,Dance\n", "'Dance'"),
    ("day,source,target,cameo\n2018-02-03,USA,RUS,40\n", "cameo '40' is unknown"),
    ("day,source,target,quad\n2018-02-03,USA,RUS\n", "3 columns, not 4")])
def test_a_file_of_counts_that_is_wrong_says_where(make_side: Callable[[str], Side], text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        make_side(text)


def test_the_ledger_against_its_own_export(make_ledger: MakeLedger, tmp_path: Path) -> None:
    ledger = make_ledger(
        {"type": "CONSULT", "actors": ("RUS/GOV", "AZE/GOV", "IGO-UN")},
        {"type": "ACCUSE", "actors": ("USA/GOV", "GBR/GOV"), "recipients": ("RUS/GOV",), "quad": 3, "day": date(2018, 9, 4)},
        {"type": "AID", "modality": "future", "actors": ("SAU",), "recipients": ("YEM",), "quad": 2, "day": date(2018, 12, 1),
         "published": date(2018, 9, 3)},
        {"type": "ASSAULT", "modality": "negated", "actors": ("ISR",), "recipients": ("SYR",), "quad": 4},
        {"type": "SANCTION", "modality": "future", "actors": ("USA",), "recipients": ("TUR",), "quad": 4, "day": date(2018, 9, 2)},
        {"type": "PROTEST", "actors": ("FRA/CVL",), "recipients": ("FRA/GOV",), "quad": 4})
    path = tmp_path / "p.txt"
    with path.open("wb") as file:
        write_export(ledger, "polecat", file)
    import_files([str(path)], "polecat", LedgerWriter(ledger.location, "recipe"), lambda _: None)
    a, b = (read_side(name, lambda: Ledger(ledger.location)) for name in ("rawabit", "polecat"))
    key = [("day", "ascending"), ("pair", "ascending")]
    assert a.rows.sort_by(key).to_pylist() == b.rows.sort_by(key).to_pylist() == [
        {"day": date(2018, 9, 1), "pair": "AZE|RUS", "quad": 1, "n": 1}, {"day": date(2018, 9, 3), "pair": "SAU|YEM", "quad": 1, "n": 1},
        {"day": date(2018, 9, 4), "pair": "GBR|RUS", "quad": 3, "n": 1}, {"day": date(2018, 9, 4), "pair": "RUS|USA", "quad": 3, "n": 1}]
    run = CliRunner().invoke(main, ["compare", "rawabit", "polecat", "--ledger", ledger.location, "--format", "json"])
    assert run.exit_code == 0 and json.loads(run.stdout)["agreement"][0]["jaccard"] == 1.0


def test_a_source_that_is_not_there_says_how_to_get_it(make_ledger: MakeLedger) -> None:
    ledger = make_ledger({"type": "CONSULT", "actors": ("RUS", "AZE")})
    with pytest.raises(LedgerError, match="rawabit import FILE… --as icews"):
        read_side("icews", lambda: ledger)
    with pytest.raises(InputError, match="no source and no file"):
        read_side("nowhere.csv", lambda: ledger)


def test_the_table_and_its_pairs(tmp_path: Path) -> None:
    for name, text in (("a.csv", A), ("b.csv", B)):
        (tmp_path / name).write_text(text)
    files = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]
    run = CliRunner().invoke(main, ["compare", *files])
    every = next(line for line in run.stdout.splitlines() if line.startswith("all "))
    assert run.exit_code == 0 and every.split() == ["all", "4", "7", "9", "4", "4", "3", "0.600", "0.750", "0.750", "0.105", "-0.500"]
    run = CliRunner().invoke(main, ["compare", *files, "--pairs", "rus-aze,IRN-USA"])
    assert run.exit_code == 0 and "TUR" not in run.stdout
    assert CliRunner().invoke(main, ["compare", *files, "--pairs", "RUS-QQQ"]).exit_code == 2
    assert CliRunner().invoke(main, ["compare", files[0], "nothing"]).exit_code == 1
