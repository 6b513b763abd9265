"""Turning points against history, online and offline methods side by side, and weekly counts against ICEWS.

`python bench/turns.py --ledger DIR [--icews FILE.csv] [--seed N]`. DIR holds the reports of February to October 2018. Printed are: the ten
turning points with the day and the deed found; the turns of 30 quiet pairs (10 to 40 deeds between two states, not among the
ten, drawn with
the seed); the same by two offline methods of ruptures, which see the whole series; other events of
the year (events_2018.csv); the times of one pair and of all; and, with FILE (day,
source, target, relation, count), Spearman's correlation of weekly counts for the pairs with 20 or more ICEWS events, over all weeks and
over those that the ledger covers.
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
from rawabit.ledger.exchange.vocabulary import find_relations
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
FULL = 0.5
"""Share of the reports of the ledger's median week from which a week counts as covered."""
DRAWS = 30
"""How often ICEWS's own events are drawn by chance."""
TELLINGS = """
SELECT d.pair, r.published AS day, e.quad, e.type, e.modality, count(*)::INTEGER AS n
FROM dyads d JOIN events e USING (event_id) JOIN documents r ON r.document_id = e.document_id
WHERE r.published BETWEEN ? AND ? AND d.modality = 'actual' GROUP BY ALL
"""
SPOKEN = """
SELECT DISTINCT statement_id, least(speaker_code, code) || '|' || greatest(speaker_code, code) AS pair, published AS day
FROM (SELECT *, unnest(list_transform(about, lambda party: regexp_extract(party, '^[^/:]+'))) AS code FROM statements)
WHERE published BETWEEN ? AND ? AND speaker_code <> code AND stance <> 'negative'
"""


class Weeks(NamedTuple):
    """The weeks compared, from a first day on."""

    first: date
    last: date

    def find(self, day: date) -> int:
        """The number of a day's week, from 0."""
        return (day - self.first).days // 7

    @property
    def numbers(self) -> range:
        """Those that have days."""
        return range(self.find(self.last) + 1)


def print_icews(ledger: Ledger, deeds: Sequence[Deed], path: str) -> None:
    """Spearman's correlation of weekly counts, cooperation and conflict, by pair and week of September 2018. ICEWS counts every telling of
    some 300 sources on the day on which it was told, a meeting once in each direction, and statements; hence ours are counted as deeds
    on their own day, as meetings between those who act for states, and as tellings on the day of their report, the last also with
    statements on both sides. Weeks are all, those that the ledger covers (it has 7 reports of the third week of September, against 206 of
    the second: a pair's zero then says nothing), and of these the pair-weeks with a report of the pair. Beside it stands how well
    ICEWS's own events agree with all of them where as many are drawn by chance as we have deeds: more no sample can reach. Last, the
    share of a pair's events that is cooperation, which hangs less on how much is told."""
    side = read_side(path, lambda: ledger)
    rows = [row for row in side.rows.to_pylist() if row["day"] >= date(2018, 9, 1) and row["quad"]]
    weeks = Weeks(date(2018, 9, 1), max(row["day"] for row in rows))
    theirs: Cells = Counter()
    for row in rows:
        theirs[row["pair"], weeks.find(row["day"]), row["quad"] <= 2] += row["n"]
    total: Counter[str] = Counter()
    for (pair, _, _), n in theirs.items():
        total[pair] += n
    busy = sorted(pair for pair, n in total.items() if n >= 20)
    every = [(pair, week) for pair in busy for week in weeks.numbers]
    covered, told = find_covered(ledger, weeks), find_told(ledger, weeks)
    full = [cell for cell in every if cell[1] in covered]
    print(f"\nICEWS, {weeks.first} to {weeks.last}: {len(busy)} pairs with 20 events or more, {len(weeks.numbers)} weeks, "
          f"of which the ledger covers {len(covered)}")
    ours = {"deeds": count_deeds(deeds, weeks), "official meetings": count_deeds(deeds, weeks, meetings=True),
            "tellings": count_tellings(ledger, weeks)}
    for cells, words in ((every, "all pair-weeks"), (full, "of weeks covered"), ([cell for cell in full if cell in told], "and told of")):
        print_counts(theirs, ours, cells, words)
    spoken = correlate(theirs + read_spoken(path, weeks), ours["tellings"] + count_spoken(ledger, weeks), full, True)
    print(f"  cooperation {len(full):>3} of weeks covered  tellings, with statements on both sides {spoken:.2f}")
    for least in (1, 5):
        pairs = [pair for pair in busy if sum(count_weeks(ours["deeds"], pair, weeks.numbers)) >= least]
        found = spearmanr(*([share(count_weeks(counts, pair, weeks.numbers)) for pair in pairs] for counts in (theirs, ours["deeds"])))
        print(f"  share of cooperation, {len(pairs)} pairs with {least} deeds or more: {found.statistic:.2f}")


def print_counts(theirs: Cells, ours: dict[str, Cells], cells: Sequence[tuple[str, int]], words: str) -> None:
    """The correlations over some pair-weeks, cooperation and conflict."""
    for name, kind in (("cooperation", True), ("conflict", False)):
        found = "  ".join(f"{what} {correlate(theirs, counts, cells, kind):.2f}" for what, counts in ours.items()
                          if any(counts[*cell, kind] for cell in cells))
        most = draw_best(theirs, ours["deeds"], cells, kind)
        print(f"  {name:<11} {len(cells):>3} {words:<16}  {found}  (as many of ICEWS's own: {most:.2f})")


def correlate(one: Cells, other: Cells, cells: Sequence[tuple[str, int]], kind: bool) -> float:
    """Spearman's correlation of two counts of the same kind."""
    return float(spearmanr([one[*cell, kind] for cell in cells], [other[*cell, kind] for cell in cells]).statistic)


def draw_best(theirs: Cells, ours: Cells, cells: Sequence[tuple[str, int]], kind: bool) -> float:
    """The mean correlation of their events with as many of them drawn by chance as ours are."""
    pool = [(*cell, kind) for cell in cells for _ in range(theirs[*cell, kind])]
    many = min(sum(ours[*cell, kind] for cell in cells), len(pool))
    return float(np.mean([correlate(theirs, Counter(random.Random(n).sample(pool, many)), cells, kind) for n in range(DRAWS)]))


def find_covered(ledger: Ledger, weeks: Weeks) -> set[int]:
    """The weeks of which the ledger has `FULL` of the reports of its median week or more."""
    counts: Counter[int] = Counter()
    for row in ledger.query("SELECT published AS day FROM documents WHERE published IS NOT NULL").to_pylist():
        counts[weeks.find(row["day"])] += 1
    return {week for week in weeks.numbers if counts[week] >= FULL * float(np.median(list(counts.values())))}


def find_told(ledger: Ledger, weeks: Weeks) -> set[tuple[str, int]]:
    """The pairs and weeks of which the ledger has a report."""
    sql = ("SELECT DISTINCT d.pair, d.reading_id, r.published AS day FROM dyads d JOIN documents r USING (reading_id) "
           "WHERE r.published BETWEEN ? AND ?")
    return {(row["pair"], weeks.find(row["day"])) for row in ledger.query(sql, list(weeks)).to_pylist()}


def count_deeds(deeds: Sequence[Deed], weeks: Weeks, meetings: bool = False) -> Cells:
    """Deeds on their own day, each once; or meetings, visits and talks between those who act for states."""
    return Counter((pair, weeks.find(deed.own_day), deed.quad <= 2) for deed in deeds for pair in deed.pairs
                   if deed.day and weeks.first <= deed.day <= weeks.last and deed.modality == "actual" and deed.sharers <= 4
                   and (not meetings or (deed.type == "CONSULT" and deed.mode != "third-party" and deed.official)))


def count_tellings(ledger: Ledger, weeks: Weeks) -> Cells:
    """Tellings on the day of their report."""
    counts: Cells = Counter()
    for row in ledger.query(TELLINGS, list(weeks)).to_pylist():
        if row["quad"]:
            counts[row["pair"], weeks.find(row["day"]), row["quad"] <= 2] += row["n"]
    return counts


def count_spoken(ledger: Ledger, weeks: Weeks) -> Cells:
    """Statements of one about the other that are not against it, as cooperation, which CAMEO takes its statements (01) for."""
    return Counter((row["pair"], weeks.find(row["day"]), True) for row in ledger.query(SPOKEN, list(weeks)).to_pylist())


def read_spoken(path: str, weeks: Weeks) -> Cells:
    """The statements (01) of a file of counts by CAMEO's names, as cooperation."""
    counts: Cells = Counter()
    with Path(path).open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day, code = date.fromisoformat(row["day"]), find_relations().get(row["relation"].lower(), "")
            if weeks.first <= day <= weeks.last and code.startswith("01"):
                counts["|".join(sorted((row["source"], row["target"]))), weeks.find(day), True] += int(row["count"])
    return counts


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
