"""The nouns of a brief: what was gathered (`Fact`, `Gathered`) and what is said of it (`Piece`, `Line`, `Section`, `Brief`)."""
from __future__ import annotations

from datetime import date

import msgspec

from rawabit.relation.phases import Phase


class Days(msgspec.Struct, frozen=True):
    """First and last day of something, and how precisely that is known: day, week, month, season, year or range."""

    start: date
    end: date
    precision: str


class Report(msgspec.Struct, frozen=True):
    """Where something stands."""

    id: str
    outlet: str | None
    published: date | None
    title: str
    url: str | None
    language: str


class Fact(msgspec.Struct, frozen=True):
    """One thing that may be told: the records that prove it, the words of the report, and what of it these bear out.

    `plain`: the record may be told in own words; otherwise the report's words stand for it. `days`: null where the words of the report
    do not bear the record's date out. `roles`: offices of the people named, held on the day. `alone`: the sentence names no state that
    takes no part. `head`: it stands where the report says what it is about.
    """

    records: tuple[str, ...]
    report: Report
    quote: str
    evidence: tuple[str, ...]
    kind: str
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    days: Days | None = None
    place: str | None = None
    attribution: str | None = None
    plain: bool = False
    weight: float = 0.0
    reports: int = 1
    roles: dict[str, str] = {}
    value: float | None = None
    unit: str = ""
    bound: str = "="
    period: str | None = None
    alone: bool = True
    head: bool = True

    @property
    def day(self) -> date:
        """The day that it is filed under: its own, else that of publication."""
        if self.days is not None:
            return self.days.start
        return self.report.published or date.min


class Clash(msgspec.Struct, frozen=True):
    """One deed that is told in two ways: `kind` is denied."""

    kind: str
    facts: tuple[Fact, ...]


class Stage(msgspec.Struct, frozen=True):
    """The phase that the relation stands in. `before`: the one before, where the present one only faded in; `facts`: what opened the one or
    the other, by day."""

    phase: Phase
    before: Phase | None
    facts: tuple[Fact, ...]


class Gathered(msgspec.Struct, frozen=True):
    """What goes into a brief. `groups`: facts under a code (what each side says; what each rival does)."""

    kind: str
    codes: tuple[str, ...]
    as_of: date
    stage: Stage | None = None
    standing: tuple[Fact, ...] = ()
    steps: tuple[Fact, ...] = ()
    disputes: tuple[Fact, ...] = ()
    agreements: tuple[Fact, ...] = ()
    figures: tuple[Fact, ...] = ()
    said: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    rivals: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    expected: tuple[Fact, ...] = ()
    clashes: tuple[Clash, ...] = ()
    tellings: tuple[Fact, ...] = ()
    told_by: int = 0


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a line: `text`, `strong` (a date or name), `outlet`, `quote` (words of a report, in its own language) or `cite` (the
    number of a source)."""

    kind: str
    text: str
    language: str = ""


class Line(msgspec.Struct, frozen=True):
    """A sentence, the records that prove it, and the words of the report below it, where the sentence does not itself hold them."""

    pieces: tuple[Piece, ...]
    records: tuple[str, ...]
    day: date | None = None
    proof: Piece | None = None


class Section(msgspec.Struct, frozen=True):
    """Lines under a heading; `parts` are sections below it."""

    key: str
    heading: str
    lines: tuple[Line, ...] = ()
    parts: tuple[Section, ...] = ()


class Source(msgspec.Struct, frozen=True):
    """A report that lines cite, by number, with the words that prove them."""

    number: int
    report: Report
    evidence: tuple[str, ...]


class Brief(msgspec.Struct, frozen=True):
    """The whole, in one language. `right_to_left` holds for the page; a quotation goes its own way. `words`: what renderers need said."""

    language: str
    right_to_left: bool
    title: str
    subtitle: str
    as_of: date
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    words: dict[str, str] = {}


def find_lines(sections: tuple[Section, ...]) -> list[Line]:
    """All lines of sections and of the sections below them."""
    return [line for section in sections for line in (*section.lines, *find_lines(section.parts))]
