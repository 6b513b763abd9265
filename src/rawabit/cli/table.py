"""A reading for people: title, source and date, then the records in the order of their dates, each with its evidence."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from rich.text import Text

from rawabit.cli.lines import INDENT, STYLES, Line, render_lines
from rawabit.model import Actor, DateRange, Event, Figure, Person, Reading, Span, Statement, Tie


def render_reading(reading: Reading, width: int = 100, colours: str | None = None) -> bytes:
    """The table as UTF-8. `colours`: a colour system of rich, None for plain text."""
    return render_lines(_lines(reading), width, colours)


def _lines(reading: Reading) -> Iterator[Line]:
    doc = reading.document
    yield Text(doc.title or doc.text[:80].replace("\n", " "), "bold"), 0, True
    yield Text(join_parts(doc.source, _day(doc.published), doc.language, doc.id), "dim"), 0, False
    for issue in reading.issues:
        yield Text(f"! {issue}", "yellow"), 0, False
    yield from _section("Events", (line for event in sorted(reading.events, key=_order) for line in _event(reading, event)))
    yield from _section("Statements", (line for s in reading.statements for line in _statement(reading, s)))
    yield from _section("Figures", (line for f in reading.figures for line in _figure(reading, f)))
    yield from _section("Ties", (line for t in reading.ties for line in _tie(reading, t)))
    yield from _section("People", (line for p in reading.people for line in _person(reading, p)))
    yield from _section("Not coded", _abstentions(reading))


def _section(name: str, lines: Iterable[Line]) -> Iterator[Line]:
    held = list(lines)
    if held:
        yield Text(f"{name}", "underline"), 0, False
        yield from held


def _order(event: Event) -> tuple[bool, str, int]:
    """By first day; undated events last; then by place in the text."""
    return event.date is None, event.date.start.isoformat() if event.date else "", event.trigger.start


def _event(reading: Reading, event: Event) -> Iterator[Line]:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    whom = f" → {_names(event.recipients)}" if event.recipients else ""
    yield Text.assemble(f"{_days(event.date)}  ", (kind, STYLES.get(event.quad, "bold")), f"  {_names(event.actors)}{whom}"), 2, False
    place = ", ".join(filter(None, (event.place, event.country)))
    again = f"same as {event.same_as}" if event.same_as else None
    told = join_parts(event.id, event.modality, place and f"in {place}", _credit(event.attribution), again)
    yield Text(told, "dim"), INDENT, False
    yield _proof(reading, event.evidence)


def _statement(reading: Reading, statement: Statement) -> Iterator[Line]:
    about = f" about {', '.join(statement.about)}" if statement.about else ""
    yield Text(f"{statement.speaker}{about} · {statement.stance} · {'quoted' if statement.quoted else 'reported'}"), 2, False
    yield _proof(reading, statement.text)


def _figure(reading: Reading, figure: Figure) -> Iterator[Line]:
    bound = "" if figure.bound == "=" else figure.bound
    partner = f" with {figure.partner}" if figure.partner else ""
    head = f"{figure.measure} of {figure.subject}{partner}: {bound}{render_number(figure.value)} {figure.unit}"
    yield Text(join_parts(head, figure.period, _credit(figure.attribution))), 2, False
    yield _proof(reading, figure.evidence)


def _tie(reading: Reading, tie: Tie) -> Iterator[Line]:
    dated = f" · {_days(tie.date)}" if tie.date else ""
    yield Text(f"{tie.subject} {tie.relation} {tie.object} · {tie.modality}{dated}"), 2, False
    yield _proof(reading, tie.evidence)


def _person(reading: Reading, person: Person) -> Iterator[Line]:
    code = str(Actor(person.code, person.sector))
    yield Text(join_parts(person.english, code, person.role, reading.surface(person.name))), 2, False


def _abstentions(reading: Reading) -> Iterator[Line]:
    for reason, count in Counter(a.reason for a in reading.abstentions).most_common():
        yield Text(f"{count} × {reason}", "dim"), 2, False


def join_parts(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))


def _credit(actor: Actor | None) -> str | None:
    return f"according to {actor}" if actor else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _names(actors: tuple[Actor, ...]) -> str:
    return ", ".join(map(str, actors)) or "?"


def _days(dates: DateRange | None) -> str:
    if dates is None:
        return "no date"
    first, last = dates.start.isoformat(), dates.end.isoformat()
    return first if first == last else f"{first} … {last}"


def _proof(reading: Reading, span: Span) -> Line:
    return Text(reading.surface(span).replace("\n", " "), "italic"), INDENT, True


def render_number(value: float) -> str:
    """A value in full, no exponent."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6f}".rstrip("0")
