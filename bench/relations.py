"""How long the questions about relations take on a ledger.

`python bench/relations.py --ledger DIR [PAIR …]`. PAIR is `AZE|RUS`; without one the ten pairs with the most deeds. Each question is asked
twice of a ledger that is open, with the lexicon loaded; the second time counts. Printed in milliseconds: series with phases, contacts, both
with one reading of the deeds (`read_relation`, the budget is 500 ms), a brief; then movers over all pairs (5 s).
"""
from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import timedelta

from rawabit.brief import gather_pair, make_brief
from rawabit.ledger import Ledger
from rawabit.relation.contacts import find_contacts
from rawabit.relation.deeds import read_all_deeds
from rawabit.relation.movers import group_pairs, read_movers
from rawabit.relation.pair import read_relation
from rawabit.relation.phases import read_history
from rawabit.relation.series import find_day


def measure(ask: Callable[[], object]) -> float:
    """Milliseconds of the second asking."""
    ask()
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Reads the arguments and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("pairs", nargs="*")
    asked = parser.parse_args()
    ledger = Ledger(asked.ledger)
    day = find_day(ledger)
    counts = {pair: len(deeds) for pair, deeds in group_pairs(read_all_deeds(ledger)).items() if "-" not in pair}
    pairs = asked.pairs or sorted(counts, key=lambda pair: (-counts[pair], pair))[:10]
    print(f"{'pair':<10}{'deeds':>7}{'history':>9}{'contacts':>10}{'both':>7}{'brief':>8}  ms")
    for pair in pairs:
        a, b = pair.split("|")
        taken = [measure(ask) for ask in (lambda a=a, b=b: read_history(ledger, a, b), lambda a=a, b=b: find_contacts(ledger, a, b, day),
                                          lambda a=a, b=b: read_relation(ledger, a, b, day),
                                          lambda a=a, b=b: make_brief(gather_pair(ledger, a, b), "ar"))]
        print(f"{pair:<10}{counts.get(pair, 0):>7}" + "".join(f"{ms:>{width}.0f}" for ms, width in zip(taken, (9, 10, 7, 8), strict=True)))
    print(f"movers of 30 days over all pairs: {measure(lambda: read_movers(ledger, day - timedelta(29))):.0f} ms")


if __name__ == "__main__":
    main()
