"""Turning points against history, online and offline methods side by side, and weekly counts against ICEWS.

`python bench/turns.py --ledger DIR [--icews FILE.csv] [--seed N]`. DIR holds the reports of February to October 2018. Printed are: the ten
turning points with the day and the deed found; the turns of 30 quiet pairs (10 to 40 deeds between two states, not among the
ten, drawn with
the seed); the same by two offline methods of ruptures, which see the whole series; other events of
the year (events_2018.csv); the times of one pair and of all; and, with FILE (day,
source, target, relation, count), Spearman's correlation of weekly counts for the pairs with 20 or more ICEWS events.
"""
from __future__ import annotations

import argparse
import csv
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import ruptures
from scipy.stats import spearmanr

from rawabit.ledger import Ledger
from rawabit.ledger.exchange.sides import read_side
from rawabit.relation.deeds import Deed, read_all_deeds
from rawabit.relation.movers import group_pairs, read_movers
from rawabit.relation.phases import read_history
from rawabit.relation.series import Series, find_day, make_series
from rawabit.relation.turns import find_turns

MEET = ("CONSULT", "AGREE", "SUPPORT")
TURNS = (
    ("GBR|RUS", date(2018, 3, 14), date(2018, 3, 14), -1, ("SANCTION",)), ("KOR|PRK", date(2018, 4, 27), date(2018, 4, 27), 1, MEET),
    ("IRN|USA", date(2018, 5, 8), date(2018, 5, 8), -1, ("SANCTION",)), ("IRN|MAR", date(2018, 5, 1), date(2018, 5, 1), -1, ("SANCTION",)),
    ("ISR|TUR", date(2018, 5, 15), date(2018, 5, 15), -1, ("SANCTION",)), ("ERI|ETH", date(2018, 7, 9), date(2018, 7, 9), 1, MEET),
    ("CAN|SAU", date(2018, 8, 6), date(2018, 8, 6), -1, ("SANCTION",)), ("TUR|USA", date(2018, 8, 1), date(2018, 8, 10), -1, ("SANCTION",)),
    ("PRK|USA", date(2018, 6, 12), date(2018, 6, 12), 1, MEET), ("CHN|USA", date(2018, 7, 6), date(2018, 7, 6), -1, ("SANCTION",)))
"""Pair, first and last day, direction, and the types that the opening deed may have."""
NEAR, QUIET, ENOUGH = timedelta(3), 30, 3
OTHERS = Path(__file__).parent / "events_2018.csv"
Change = tuple[date, int, Deed | None]
Method = Callable[[Series], list[Change]]


def find_online(series: Series) -> list[Change]:
    """Rawabit's own turns."""
    return [(turn.day, turn.direction, turn.deeds[0]) for turn in find_turns(series) if turn.direction]


def make_offline(search: Callable[[np.ndarray], list[int]]) -> Method:
    """The change points of a method of ruptures on daily heat; the direction is that of the change of the mean."""
    def find(series: Series) -> list[Change]:
        heats: Counter[date] = Counter()
        for deed in series.deeds:
            if deed.modality == "actual":
                heats[deed.own_day] += deed.heat
        days = [day.day for day in series.days if day.day >= date(2018, 2, 1)]
        values = np.array([heats[day] for day in days])
        if len(values) < 10 or not values.std():
            return []
        ends = [0, *search(values / values.std())]
        means = [values[a:b].mean() for a, b in pairwise(ends)]
        return [(days[ends[n]], 1 if means[n] > means[n - 1] else -1, None) for n in range(1, len(means))]

    return find


METHODS: dict[str, Method] = {
    "online": find_online,
    "PELT, l2, penalty 8": make_offline(lambda values: list(ruptures.Pelt(model="l2", min_size=2, jump=1).fit(values).predict(pen=8))),
    "binary segmentation, l2, penalty 8": make_offline(
        lambda v: list(ruptures.Binseg(model="l2", min_size=2, jump=1).fit(v).predict(pen=8)))}


def judge(found: Sequence[Change], first: date, last: date, direction: int, types: Sequence[str]) -> Iterator[Change]:
    """The changes that are the turning point: near enough, in its direction, opened by such a deed."""
    for day, sign, deed in found:
        if first - NEAR <= day <= last + NEAR and sign == direction and (deed is None or deed.type in types):
            yield day, sign, deed


def print_turns(series: dict[str, Series], quiet: Sequence[str]) -> None:
    """The ten for each method, then what it finds in the quiet pairs."""
    for name, method in METHODS.items():
        print(f"\n{name}")
        hits = 0
        for pair, first, last, direction, types in TURNS:
            found = method(series[pair])
            good = next(judge(found, first, last, direction, types), None)
            hits += good is not None
            deed = good[2] if good else None
            told = f"{deed.type} {'+'.join(deed.actors)} > {'+'.join(deed.recipients)} ({deed.reports} reports)" if deed else ""
            print(f"  {pair}  {first}  {direction:+d}  {good[0] if good else 'not found'}  of {len(found):>2} turns  {told}")
        false = [(pair, *change) for pair in quiet for change in method(series[pair])]
        print(f"  {hits} of {len(TURNS)}; {len(false)} turns in {len(quiet)} quiet pairs")
        for pair, day, sign, deed in false if name == "online" else ():
            print(f"    {pair}  {day}  {sign:+d}  {deed.type if deed else ''}: {deed.evidence[:90] if deed else ''}")


class Event(NamedTuple):
    """A turn of the year by general knowledge. `half`: `first` (listed before any was looked for, looked at since), `tuning` and `held`
    (listed later, of those that the corpus tells of, and split by chance before any was looked for; the rules were chosen on `tuning`)."""

    pair: str
    first: date
    last: date
    direction: int
    what: str
    half: str


def read_others() -> Iterator[Event]:
    """The events of events_2018.csv."""
    with OTHERS.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            days = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
            yield Event(row["pair"], *days, int(row["direction"]), row["what"], row["half"])


def print_others(by_pair: dict[str, list[Deed]], until: date) -> None:
    """Which other events are found, and how many reports the ledger has of the chief deed in their direction within three days; then how
    many of each half."""
    print("\nother events, online")
    hits, told, listed = Counter[str](), Counter[str](), Counter[str]()
    for event in read_others():
        own = by_pair.get(event.pair, [])
        near = (event.first - NEAR, event.last + NEAR)
        most = max((deed.reports for deed in own if deed.day and near[0] <= deed.day <= near[1] and deed.score * event.direction > 0
                    and deed.modality == "actual"), default=0)
        found = find_online(make_series((event.pair[:3], event.pair[4:]), own, None, until)) if own else []
        good = next((day.isoformat() for day, sign, _ in found if near[0] <= day <= near[1] and sign == event.direction), None)
        listed[event.half] += 1
        hits[event.half] += good is not None
        told[event.half] += most >= ENOUGH
        print(f"  {event.half:<6}  {event.pair}  {event.first}  {event.direction:+d}  {good or 'not found':<10}  of {len(found):>2} turns  "
              f"chief deed in {most:>3} reports  {event.what}")
    for half in listed:
        print(f"  {half}: {hits[half]} of {listed[half]} found; {told[half]} have a deed that {ENOUGH} reports tell")


Cells = Counter[tuple[str, int, bool]]
"""Events by pair, week, and whether they are cooperation."""


def print_icews(ledger: Ledger, deeds: Sequence[Deed], path: str) -> None:
    """Spearman's correlation of weekly counts, cooperation and conflict, by pair and week of September 2018: all, and those in which
    the ledger has a report of the pair; then of the share of a pair's events that is cooperation, which hangs less on how much is told."""
    side = read_side(path, lambda: ledger)
    first, last = date(2018, 9, 1), max(side.rows["day"].to_pylist())
    weeks = range((last - first).days // 7 + 1)

    def find_week(day: date) -> int:
        return (day - first).days // 7

    theirs: Cells = Counter()
    for row in side.rows.to_pylist():
        if first <= row["day"] <= last and row["quad"]:
            theirs[row["pair"], find_week(row["day"]), row["quad"] <= 2] += row["n"]
    total: Counter[str] = Counter()
    for (pair, _, _), n in theirs.items():
        total[pair] += n
    busy = sorted(pair for pair, n in total.items() if n >= 20)
    ours: Cells = Counter((pair, find_week(deed.own_day), deed.quad <= 2) for deed in deeds for pair in deed.pairs
                          if deed.day and first <= deed.day <= last and deed.modality == "actual" and deed.sharers <= 4)
    sql = ("SELECT DISTINCT d.pair, d.reading_id, r.published AS day FROM dyads d JOIN documents r USING (reading_id) "
           "WHERE r.published BETWEEN ? AND ?")
    told = {(row["pair"], find_week(row["day"])) for row in ledger.query(sql, [first, last]).to_pylist()}
    print(f"\nICEWS, {first} to {last}: {len(busy)} pairs with 20 events or more, {len(weeks)} weeks")
    every = [(pair, week) for pair in busy for week in weeks]
    for cells, words in ((every, "all pair-weeks"), ([cell for cell in every if cell in told], "pair-weeks with a report of the pair")):
        for name, kind in (("cooperation", True), ("conflict", False)):
            found = spearmanr([theirs[*cell, kind] for cell in cells], [ours[*cell, kind] for cell in cells])
            print(f"  {name:<12} {len(cells)} {words}: {found.statistic:.2f}")
    for least in (1, 5):
        pairs = [pair for pair in busy if sum(count_weeks(ours, pair, weeks)) >= least]
        found = spearmanr(*([share(count_weeks(side, pair, weeks)) for pair in pairs] for side in (theirs, ours)))
        print(f"  share of cooperation, {len(pairs)} pairs with {least} deeds or more: {found.statistic:.2f}")


def count_weeks(cells: Cells, pair: str, weeks: Sequence[int]) -> tuple[int, int]:
    """Cooperation and conflict of a pair in all weeks."""
    return sum(cells[pair, week, True] for week in weeks), sum(cells[pair, week, False] for week in weeks)


def share(counts: tuple[int, int]) -> float:
    """The first as a share of both."""
    return counts[0] / sum(counts)


def print_times(ledger: Ledger) -> None:
    """Seconds for one pair's history, for several, and for movers over all pairs."""
    taken = []
    read_history(ledger, *TURNS[0][0].split("|"))
    for pair, *_ in TURNS:
        started = time.perf_counter()
        read_history(ledger, *pair.split("|"))
        taken.append((time.perf_counter() - started, pair))
    started = time.perf_counter()
    read_movers(ledger, date(2018, 9, 20))
    median, (worst, pair) = sorted(taken)[len(taken) // 2][0], max(taken)
    print(f"\nseries and phases: median {median * 1000:.0f} ms, slowest {worst * 1000:.0f} ms ({pair}); "
          f"movers {time.perf_counter() - started:.1f} s")


def main() -> None:
    """Reads the arguments and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--icews")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    ledger = Ledger(asked.ledger)
    until, deeds = find_day(ledger), read_all_deeds(ledger)
    by_pair = group_pairs(deeds)
    listed = {pair for pair, *_ in TURNS}
    able = sorted(pair for pair, own in by_pair.items() if 10 <= len(own) <= 40 and pair not in listed and "-" not in pair)
    quiet = random.Random(asked.seed).sample(able, QUIET)
    one = {pair: make_series((pair[:3], pair[4:]), by_pair[pair], None, until) for pair in [*listed, *able]}
    print_turns(one, quiet)
    every = sum(len(find_online(one[pair])) for pair in able)
    print(f"\nall {len(able)} quiet pairs, online: {every} turns, {every / len(able) * QUIET:.1f} in 30")
    print_others(by_pair, until)
    print_times(ledger)
    if asked.icews:
        print_icews(ledger, deeds, asked.icews)


if __name__ == "__main__":
    main()
