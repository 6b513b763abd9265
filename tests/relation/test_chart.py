"""Charts: no label covers another, and a lone report of years ago leaves no empty years."""
from __future__ import annotations

from itertools import combinations

from made import day_of, make, make_deed

from rawabit.relation.chart import LETTER, WIDTH, cut_gap, make_label, place_labels
from rawabit.relation.phases import History, make_phases


def make_history(last: int = 170) -> History:
    far = [make_deed(day, "ASSAULT" if n % 2 else "AID", 40, deed_id=str(n)) for n, day in enumerate(range(20, last, 7))]
    series = make(far, last)
    return History(series, make_phases(series))


def test_no_label_covers_another() -> None:
    history = make_history()
    days = history.series.days
    boxes = []
    for phase, align, row in place_labels(history, "ar"):
        x = (phase.start - days[0].day).days * WIDTH / (days[-1].day - days[0].day).days
        width = len(make_label(phase, "ar")) * LETTER
        boxes.append((row, x if align == "left" else x - width, x + width if align == "left" else x))
    assert len(boxes) > 3
    assert not [(a, b) for a, b in combinations(boxes, 2) if a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2]]


def test_empty_years_are_cut() -> None:
    series = make([make_deed(5), *(make_deed(day, deed_id=str(day)) for day in range(900, 950, 9))], 960)
    cut = cut_gap(History(series, make_phases(series))).series.days
    assert cut[0].day > day_of(880) and cut[-1] == series.days[-1]
