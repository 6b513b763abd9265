"""The whole reading of a report, in order: read this file first.

text → sentences → items (names, deeds, dates) → who is meant → sayings → deeds → figures, ties, people → Reading
"""
from __future__ import annotations

from datetime import date

import msgspec

from rawabit.lexicon.load import Lexicon, load_lexicon
from rawabit.mention.chunk import Chunker
from rawabit.mention.dates import DateReader
from rawabit.mention.item import Item
from rawabit.mention.names import Names
from rawabit.mention.resolve import Discourse
from rawabit.mention.salience import Salience
from rawabit.model import Document, Reading
from rawabit.model.document import make_id
from rawabit.record.people import find_people
from rawabit.record.report import ReportRecords
from rawabit.source.clean import clean_document
from rawabit.text.language import find_language
from rawabit.text.segment import Sentence, find_quotes, split_sentences


def read(text: str, *, title: str = "", published: date | None = None, language: str | None = None, source: str | None = None) -> Reading:
    """Reads one report. `language` is an ISO 639-1 code; None lets the script of the text decide.

    Raises InputError when the text is empty or in a language without a lexicon.
    """
    return read_document(Document(make_id(title, text), title, text, source, language, published))


def read_document(doc: Document) -> Reading:
    """Reads one document. Raises InputError as `read` does."""
    return read_sentences(*split_document(doc))


def split_document(doc: Document) -> tuple[Document, list[Sentence]]:
    """The document as it is read, cleaned and with its language, and its sentences with their words. Raises InputError as `read` does."""
    doc = clean_document(doc)
    language = doc.language or find_language(doc)
    doc = msgspec.structs.replace(doc, language=language)
    return doc, split_sentences(doc.content, len(doc.title), load_lexicon(language))


def read_sentences(doc: Document, sentences: list[Sentence]) -> Reading:
    """Reads a document that `split_document` gave, with its sentences: for those who want these too."""
    assert doc.language is not None
    lexicon = load_lexicon(doc.language)
    quotes = find_quotes(doc.content, lexicon.orthography.quotes)
    dates = DateReader(lexicon, doc.published)
    items = _chunk(doc, sentences, lexicon, dates)
    salience = Salience(sentences, items)
    discourse = Discourse(lexicon, salience.order)
    records = ReportRecords(doc, lexicon, discourse, dates, quotes, salience)
    for sentence, units in zip(sentences, items, strict=True):
        discourse.resolve(units)
        records.add(sentence, units)
    return records.reading(find_people(sentences, items))


def _chunk(doc: Document, sentences: list[Sentence], lexicon: Lexicon, dates: DateReader) -> list[list[Item]]:
    """Items of every sentence. The headline is taken last: it names by surname whom the text names in full."""
    names = Names()
    chunker = Chunker(lexicon, doc.published, names.by_word, dates)
    items: list[list[Item]] = [[] for _ in sentences]
    for index in sorted(range(len(sentences)), key=lambda i: (sentences[i].title, i)):
        items[index] = chunker.chunk(sentences[index])
        names.note(sentences[index], items[index])
    return items
