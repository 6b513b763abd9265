"""Readings → rows: what one report adds to each table, but for what only the ledger knows (its deeds, and when it was recorded).

Runs where the reading is made, and hands over Arrow batches. The columns that are left out here are added by the writer: `recorded_at`
everywhere, `family` of documents, `known_from` and `run_id` of readings, all of `dyads` and `deeds`.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from rawabit.text.segment import Sentence, split_sentences

LATER = frozenset({"recorded_at", "family", "known_from", "run_id"})
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

    def add_reading(self, reading: Reading, origin: Origin, notices: Iterable[str] = (),
                    sentences: Sequence[Sentence] | None = None) -> None:
        """All rows of a reading, or, where one of them cannot be made, none. `sentences`: those of its document, where they are at hand."""
        words = Words(reading.document, sentences)
        maker = _RowMaker(reading, words, self._recipe)
        made = {"documents": [_document_row(reading.document, words, maker.document_id, origin)],
                "readings": [self._reading_row(maker.document_id, None)], **maker.make_rows(),
                "issues": [make_issue_row(maker.document_id, origin.place, "notice", text) for text in notices]}
        for name, rows in made.items():
            self._rows[name].extend(rows)

    def add_failure(self, doc: Document, origin: Origin, why: str) -> None:
        """A document that could not be read: it is kept, with the reason, for a later recipe."""
        document_id = make_document_id(doc)
        self._rows["documents"].append(_document_row(doc, _try_words(doc), document_id, origin))
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


class Words:
    """The sentences of a document, and the words of each by which two reports are compared."""

    def __init__(self, doc: Document, sentences: Sequence[Sentence] | None = None) -> None:
        assert doc.language is not None
        lexicon = load_lexicon(doc.language)
        self._rarity = load_rarity(doc.language)
        self._sentences = split_sentences(doc.content, len(doc.title), lexicon) if sentences is None else sentences
        self._words = [list(find_words(sentence.words, lexicon)) for sentence in self._sentences]
        self._gists: dict[int, list[str]] = {}

    def flat(self) -> list[str]:
        """All of them in order."""
        return [word for words in self._words for word in words]

    def report_gist(self) -> list[str]:
        """The telling words of the report."""
        return make_gist(self.flat(), self._rarity, REPORT_WORDS)

    def find_sentence(self, offset: int) -> int:
        """The number of the sentence in which an offset lies."""
        return next(n for n, sentence in enumerate(self._sentences) if sentence.start <= offset < sentence.end)

    def sentence_gist(self, number: int) -> list[str]:
        """The telling words of a sentence."""
        if number not in self._gists:
            self._gists[number] = make_gist(self._words[number], self._rarity, SENTENCE_WORDS)
        return self._gists[number]


def _try_words(doc: Document) -> Words | None:
    """The words of a document; None where its language has no lexicon."""
    try:
        return Words(doc) if doc.language else None
    except InputError:
        return None


def _document_row(doc: Document, words: Words | None, document_id: str, origin: Origin) -> Row:
    return {"document_id": document_id, "given_id": doc.id, "outlet": doc.source, "language": doc.language, "published": doc.published,
            "retrieved": origin.retrieved, "url": doc.url, "place": origin.place, "raw_hash": origin.raw_hash, "title": doc.title,
            "text": doc.text, "bands": make_bands(words.flat()) if words else [], "gist": words.report_gist() if words else []}


class _RowMaker:
    """The rows of one reading."""

    def __init__(self, reading: Reading, words: Words, recipe: str) -> None:
        doc = reading.document
        self._reading, self._content, self._words = reading, doc.content, words
        self.document_id = make_document_id(doc)
        self.reading_id = make_reading_id(self.document_id, recipe)
        self._common: Row = {"reading_id": self.reading_id, "document_id": self.document_id, "published": doc.published,
                             "outlet": doc.source}

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
        number = self._words.find_sentence(offset)
        return {"sentence": number, "gist": self._words.sentence_gist(number)}

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
