"""A chart of a pair: its temperature, its phases as shaded stretches, and the deeds that opened them as labelled marks. PNG or SVG.

Altair and vl-convert are loaded when a chart is drawn and not before; nothing is fetched. Letters are shaped by the renderer; runs with
figures in them stand in direction marks, or they come out in the wrong order.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec

from rawabit.catalogue import find_name, load_catalogue
from rawabit.relation.phases import History, Phase
from rawabit.relation.series import LOOK_BACK

COLOURS = {"crisis": "#d98a83", "tension": "#f0cfa6", "calm": "#f4f4f2", "thaw": "#cfe3ee", "rapprochement": "#a9d0c4",
           "alliance": "#7fb8a4"}
LINE, MARK, GREY = "#22313f", "#8c1c13", "#5a6570"
WIDTH, HEIGHT, ROWS = 1000, 400, 7
"""In points; rows of labels at most."""
LETTER = 6.2
"""Width of a letter of a label in points, on the safe side."""
GAP = timedelta(180)
"""Days without a deed from which what lies before them is left out of a chart: a lone report of years ago makes it empty."""
FONT = "Noto Naskh Arabic, Noto Sans Arabic, DejaVu Sans, Arial, sans-serif"
RIGHT, LEFT, END = "\u2067", "\u2066", "\u2069"
"""Marks that keep a run in its direction: right to left, left to right, end."""
MOST = 12
"""Turning points that are labelled; of more, those of the greatest heat."""


def render_png(history: History, language: str) -> bytes:
    """The chart as PNG, twice its size in points."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(make_chart(history, language), scale=2))


def render_svg(history: History, language: str) -> bytes:
    """The chart as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(make_chart(history, language))).encode("utf-8")


def make_chart(history: History, language: str) -> dict[str, Any]:
    """The chart as a Vega-Lite specification."""
    import altair

    alt: Any = altair
    history = cut_gap(history)
    catalogue, days = load_catalogue(language), history.series.days
    words = catalogue.chart
    low, high = min(day.temperature for day in days), max(day.temperature for day in days)
    room = max(high - low, 10.0) * 0.09
    placed = place_labels(history, language)
    top = high + room * (1.5 + max((row for _, _, row in placed), default=0))
    scale = alt.Scale(domain=[low - room, top], nice=False, zero=False)
    y = alt.Y("temperature:Q", scale=scale, title=isolate(words["temperature"], language))
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m-%d", labelAngle=0, tickCount=8, grid=False))
    bands = alt.Chart(alt.Data(values=list(_bands(history, language)))).mark_rect(opacity=0.75).encode(
        x=x, x2="end:T", color=alt.Color("name:N", scale=_colours(history, language), title=isolate(words["phase"], language)))
    line = alt.Chart(alt.Data(values=[{"day": d.day.isoformat(), "temperature": round(d.temperature, 2)} for d in days])).mark_line(
        color=LINE, strokeWidth=1.6).encode(x=x, y=y)
    zero = alt.Chart(alt.Data(values=[{"temperature": 0}])).mark_rule(color=GREY, strokeDash=[3, 3]).encode(y=y)
    marks = list(_marks(placed, history, language, high + room * 0.7, room))
    rules = alt.Chart(alt.Data(values=marks)).mark_rule(color=MARK, strokeWidth=0.8, opacity=0.7).encode(x=x, y=y, y2="bottom:Q")
    labels = [_label(alt, [mark for mark in marks if mark["align"] == align], align, x, y) for align in ("left", "right")]
    one, other = (find_name(code, language) or code for code in history.series.pair)
    title = isolate(words["title"].format(one=one, other=other, day=isolate_date(days[-1].day.isoformat())), language)
    anchor: Any = "end" if catalogue.right_to_left else "start"
    chart = alt.layer(bands, zero, rules, line, *labels).properties(
        width=WIDTH, height=HEIGHT, background="white",
        title=alt.TitleParams(title, subtitle=isolate(words["subtitle"], language), anchor=anchor, fontSize=18, subtitleColor=GREY))
    return dict(chart.configure(font=FONT).configure_legend(orient="bottom").configure_view(stroke=None).to_dict())


def _label(alt: Any, marks: Sequence[dict[str, Any]], align: str, x: Any, y: Any) -> Any:
    """The labels to one side of their rules."""
    return alt.Chart(alt.Data(values=list(marks))).mark_text(align=align, dx=4 if align == "left" else -4, fontSize=11, color=LINE).encode(
        x=x, y=y, text="label:N")


def _colours(history: History, language: str) -> Any:
    import altair as alt

    used = [name for name in COLOURS if any(phase.name == name for phase in history.phases)]
    return alt.Scale(domain=[_name(name, language) for name in used], range=[COLOURS[name] for name in used])


def _bands(history: History, language: str) -> Iterator[dict[str, str]]:
    days = history.series.days
    for phase in history.phases:
        end = phase.end or days[-1].day
        if end >= days[0].day:
            yield {"day": max(phase.start, days[0].day).isoformat(), "end": (end + timedelta(1)).isoformat(),
                   "name": _name(phase.name, language)}


def cut_gap(history: History) -> History:
    """The history from the last day on before which nothing was told for long."""
    days = history.series.days
    told = [day.day for day in days if day.deeds]
    first = next((after for before, after in reversed(list(pairwise(told))) if after - before > GAP), None)
    if first is None:
        return history
    kept = tuple(day for day in days if day.day >= first - timedelta(LOOK_BACK))
    return msgspec.structs.replace(history, series=msgspec.structs.replace(history.series, days=kept))


def place_labels(history: History, language: str) -> list[tuple[Phase, str, int]]:
    """The turning points that are labelled, the side of its rule on which each label stands, and its row: the lowest in which it covers no
    other. Those for which no row is left go without."""
    days = history.series.days
    turned = [phase for phase in history.phases if phase.basis != "faded" and phase.start >= days[0].day]
    point = WIDTH / max((days[-1].day - days[0].day).days, 1)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(ROWS)]
    placed = []
    for phase in sorted(sorted(turned, key=lambda phase: -abs(phase.heat))[:MOST], key=lambda phase: phase.start):
        x, width = (phase.start - days[0].day).days * point, len(make_label(phase, language)) * LETTER
        align = "left" if x + width < WIDTH else "right"
        span = (x, x + width) if align == "left" else (x - width, x)
        row = next((n for n, spans in enumerate(taken) if all(span[1] < a or b < span[0] for a, b in spans)), None)
        if row is not None:
            taken[row].append(span)
            placed.append((phase, align, row))
    return placed


def _marks(placed: Sequence[tuple[Phase, str, int]], history: History, language: str, bottom: float,
           room: float) -> Iterator[dict[str, Any]]:
    """A rule and a label for each turning point."""
    for phase, align, row in placed:
        yield {"day": phase.start.isoformat(), "temperature": bottom + room * row, "bottom": min(0.0, history.series.days[0].temperature),
               "label": make_label(phase, language), "align": align}


def make_label(phase: Phase, language: str) -> str:
    """What a turning point is labelled with: the phase, what opened it, and the day."""
    catalogue = load_catalogue(language)
    by_deed = phase.basis in ("found", "met", "charged") and phase.opened
    cause = catalogue.types[phase.opened[0].type] if by_deed else catalogue.chart["told"]
    return isolate(f"{catalogue.phases[phase.name]}: {cause} {_short(phase.start, language)}", language)


def _short(day: date, language: str) -> str:
    return isolate_date(f"{day.day}/{day.month}") if load_catalogue(language).right_to_left else f"{day:%m-%d}"


def _name(phase: str, language: str) -> str:
    return isolate(load_catalogue(language).phases[phase], language)


def isolate(text: str, language: str) -> str:
    """The text as a run of the language's direction, so that figures and letters of another script stay in their place."""
    return f"{RIGHT}{text}{END}" if load_catalogue(language).right_to_left else text


def isolate_date(text: str) -> str:
    """A date in figures, which is read from left to right everywhere; its hyphens would turn it round."""
    return f"{LEFT}{text}{END}"
