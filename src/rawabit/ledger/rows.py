"""Readings → rows: what one report adds to each table, but for what only the ledger knows (its deeds, and when it was recorded).

Runs where the reading is made, and hands over Arrow batches. The columns that are left out here are added by the writer: `recorded_at`
everywhere, `family` of documents, `known_from`, `run_id` and `batch_id` of readings, all of `dyads` and `deeds`.
"""
from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
import pyarrow as pa

from rawabit.ledger.gist import REPORT_WORDS, SENTENCE_WORDS, find_words, load_rarity, make_gist
from rawabit.ledger.ids import make_document_id, make_id, make_reading_id
from rawabit.ledger.neighbours import make_bands
from rawabit.ledger.schema import TABLES
from rawabit.lexicon.load import load_lexicon
from rawabit.model import DateRange, Document, Event, InputError, Reading, Span
from rawabit.text.segment import split_sentences

LATER = frozenset({"recorded_at", "family", "known_from", "run_id", "batch_id"})
"""Columns that the writer adds."""
MADE = ("documents", "readings", "events", "statements", "figures", "ties", "people", "issues")
"""Tables that are made here, in this order."""
Row = dict[str, Any]


class Origin(msgspec.Struct, frozen=True):
    """Where a document came from: `file:line` or address, the hash of its bytes, when they were taken (UTC)."""

    place: str
    raw_hash: str
    retrieved: datetime


class Rows:
    """Rows of some reports, by table."""

    def __init__(self, recipe: str) -> None:
        self._recipe = recipe
        self._rows: dict[str, list[Row]] = {name: [] for name in MADE}

    def add_reading(self, reading: Reading, origin: Origin, notices: Iterable[str] = ()) -> None:
        """All rows of a reading, or, where one of them cannot be made, none."""
        maker = _RowMaker(reading, self._recipe)
        made = {"documents": [_document_row(reading.document, maker.document_id, origin)],
                "readings": [self._reading_row(maker.document_id, None)], **maker.make_rows(),
                "issues": [make_issue_row(maker.document_id, origin.place, "notice", text) for text in notices]}
        for name, rows in made.items():
            self._rows[name].extend(rows)

    def add_failure(self, doc: Document, origin: Origin, why: str) -> None:
        """A document that could not be read: it is kept, with the reason, for a later recipe."""
        document_id = make_document_id(doc)
        self._rows["documents"].append(_document_row(doc, document_id, origin))
        self._rows["readings"].append(self._reading_row(document_id, why))
        self._rows["issues"].append(make_issue_row(document_id, origin.place, "failure", why))

    def _reading_row(self, document_id: str, failed: str | None) -> Row:
        return {"reading_id": make_reading_id(document_id, self._recipe), "document_id": document_id, "recipe": self._recipe,
                "failed": failed}

    def add_issue(self, place: str, kind: str, text: str) -> None:
        """A failure or notice of which no document came."""
        self._rows["issues"].append(make_issue_row(None, place, kind, text))

    def tables(self) -> dict[str, pa.Table]:
        """The rows as Arrow tables, without the columns of `LATER`."""
        return {name: pa.Table.from_pylist(rows, schema=early_schema(name)) for name, rows in self._rows.items()}


def early_schema(name: str) -> pa.Schema:
    """The schema of a table without the columns that the writer adds."""
    return pa.schema([field for field in TABLES[name].schema if field.name not in LATER])


def make_issue_row(document_id: str | None, place: str, kind: str, text: str) -> Row:
    """A row of `issues`, but for its run: its id depends on what it says alone, so that it is listed once."""
    return {"issue_id": make_id("issue", document_id, place, kind, text), "document_id": document_id, "place": place, "kind": kind,
            "text": text}


def _document_row(doc: Document, document_id: str, origin: Origin) -> Row:
    words = _words(doc)
    return {"document_id": document_id, "given_id": doc.id, "outlet": doc.source, "language": doc.language, "published": doc.published,
            "retrieved": origin.retrieved, "url": doc.url, "place": origin.place, "raw_hash": origin.raw_hash, "title": doc.title,
            "text": doc.text, "bands": make_bands(words),
            "gist": make_gist(words, load_rarity(doc.language), REPORT_WORDS) if doc.language and words else []}


def _words(doc: Document) -> list[str]:
    try:
        return list(find_words(doc.content, load_lexicon(doc.language))) if doc.language else []
    except InputError:
        return []


class _RowMaker:
    """The rows of one reading."""

    def __init__(self, reading: Reading, recipe: str) -> None:
        doc = reading.document
        self._reading, self._content = reading, doc.content
        self.document_id = make_document_id(doc)
        self.reading_id = make_reading_id(self.document_id, recipe)
        self._common: Row = {"reading_id": self.reading_id, "document_id": self.document_id, "published": doc.published,
                             "outlet": doc.source}
        self._gists: dict[int, list[str]] = {}
        self._sentences: list[tuple[int, int]] | None = None

    def make_rows(self) -> dict[str, list[Row]]:
        """Rows of the five kinds of record."""
        return {"events": self._events(), "statements": self._statements(), "figures": self._figures(), "ties": self._ties(),
                "people": self._people()}

    def _row(self, key: str, serial: int, evidence: Span, **columns: Any) -> Row:
        return {key: make_id(key, self.reading_id, serial), **self._common, "evidence_start": evidence.start,
                "evidence_end": evidence.end, "evidence": self._content[evidence.start : evidence.end], **columns}

    def _events(self) -> list[Row]:
        ids = {event.id: make_id("event_id", self.reading_id, n) for n, event in enumerate(self._reading.events)}
        return [self._row("event_id", n, event.evidence, number=event.id, same_as=ids.get(event.same_as or ""), **self._event(event))
                for n, event in enumerate(self._reading.events)]

    def _event(self, event: Event) -> Row:
        return {"type": event.type, "mode": event.mode, "modality": event.modality, "actors": [str(a) for a in event.actors],
                "recipients": [str(a) for a in event.recipients],
                "codes": sorted({a.code for a in (*event.actors, *event.recipients)}), **_dates(event.date),
                "dated": event.date is not None and event.date.span is not None, "place": event.place, "country": event.country,
                "attribution": _text(event.attribution), "quad": event.quad, "score": event.score, "cameo": event.cameo,
                "contexts": list(event.contexts), "trigger_start": event.trigger.start, "trigger_end": event.trigger.end,
                "trigger": self._content[event.trigger.start : event.trigger.end], **self._sentence(event.trigger.start)}

    def _sentence(self, offset: int) -> Row:
        """Which sentence an offset lies in, and the telling words of that sentence."""
        doc = self._reading.document
        assert doc.language is not None
        lexicon = load_lexicon(doc.language)
        if self._sentences is None:
            self._sentences = [(s.start, s.end) for s in split_sentences(self._content, len(doc.title), lexicon)]
        number = next(n for n, (start, end) in enumerate(self._sentences) if start <= offset < end)
        if number not in self._gists:
            start, end = self._sentences[number]
            self._gists[number] = make_gist(find_words(self._content[start:end], lexicon), load_rarity(doc.language), SENTENCE_WORDS)
        return {"sentence": number, "gist": self._gists[number]}

    def _statements(self) -> list[Row]:
        return [self._row("statement_id", n, s.text, speaker=str(s.speaker), speaker_code=s.speaker.code, quoted=s.quoted,
                          about=list(s.about), stance=s.stance) for n, s in enumerate(self._reading.statements)]

    def _figures(self) -> list[Row]:
        return [self._row("figure_id", n, f.evidence, measure=f.measure, subject=str(f.subject), subject_code=f.subject.code,
                          partner=f.partner, value=f.value, unit=f.unit, bound=f.bound, period=f.period,
                          attribution=_text(f.attribution)) for n, f in enumerate(self._reading.figures)]

    def _ties(self) -> list[Row]:
        return [self._row("tie_id", n, t.evidence, relation=t.relation, subject=str(t.subject), object=str(t.object),
                          subject_code=t.subject.code, object_code=t.object.code, modality=t.modality, **_dates(t.date))
                for n, t in enumerate(self._reading.ties)]

    def _people(self) -> list[Row]:
        return [self._row("person_id", n, p.name, name=self._reading.surface(p.name), english=p.english, code=p.code, sector=p.sector,
                          role=p.role) for n, p in enumerate(self._reading.people)]


def _dates(dates: DateRange | None) -> Row:
    return {"start": dates.start, "end": dates.end, "precision": dates.precision.value} if dates else dict.fromkeys(
        ("start", "end", "precision"))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
