"""All records of one report, sentence by sentence, and the links between them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from rawabit.lexicon.load import Lexicon
from rawabit.mention.dates import DateReader
from rawabit.mention.item import ACTOR, PUNCT, TRIGGER, Item
from rawabit.mention.resolve import Discourse
from rawabit.mention.salience import Salience
from rawabit.model import Abstention, Actor, Document, Event, Person, Reading, Span, Statement, Tie
from rawabit.model.reading import BODIES
from rawabit.record.arguments import Grammar
from rawabit.record.draft import Draft
from rawabit.record.events import Events
from rawabit.record.figures import FigureReader
from rawabit.record.judge import Judge
from rawabit.record.opinions import Opinions
from rawabit.record.plover import plover
from rawabit.record.statements import Report, Statements
from rawabit.record.ties import distinct_ties, find_ties
from rawabit.text.segment import Sentence

NEWS = timedelta(7)
"""How old a deed may be that a headline tells."""
PLACES = (1, 2, 4, 8, 16)
"""Last sentences of the classes of places in a report."""


@cache
def judge(lexicon: Lexicon) -> Judge:
    """The learned weights of a lexicon, made once."""
    return Judge(lexicon)


class ReportRecords:
    """Gathers the records of a report."""

    def __init__(
        self, doc: Document, lexicon: Lexicon, discourse: Discourse, dates: DateReader, quotes: list[tuple[int, int]], salience: Salience
    ) -> None:
        self.doc, self.lexicon, self.discourse, self.dates, self.quotes = doc, lexicon, discourse, dates, quotes
        self.salience = salience
        self.drafts: list[Draft] = []
        self.told = 0
        self.statements: list[Statement] = []
        self.ties: list[Tie] = []
        self.figures = FigureReader(lexicon)
        self.judge = judge(lexicon)
        self.abstentions: list[Abstention] = []

    def add(self, sentence: Sentence, items: list[Item]) -> None:
        """Reads one sentence whose mentions are resolved."""
        grammar = Grammar(self.lexicon, self.discourse, items)
        says = Statements(grammar, sentence, self.quotes)
        events = Events(self.lexicon, grammar, sentence, self.dates, self.salience, self.judge, self._place(sentence))
        reports: list[Report] = []
        if sentence.title:
            headline = says.headline()
            if headline is not None:
                self._say(headline, reports, items)
        source = self._source(items)
        stops = self._stops(items, says)
        for k, item in enumerate(items):
            if item.kind != TRIGGER or item.lemma is None:
                continue
            if item.lemma.report is not None:
                report = says.report(k, next((s for s in stops if s > k), len(items)), reports)
                if report is not None:
                    self._say(report, reports, items)
            if item.frames:
                draft = events.find(k, reports, source)
                if draft is not None:
                    self.drafts.append(draft)
            if item.pos == "verb":
                self._remember(k, grammar, reports)
        credited = None if reports or sentence.title else says.credited()
        if credited is not None:
            self._say(credited, [], items)
        self.ties.extend(find_ties(grammar, sentence, events))
        self._opine(sentence, items, reports)
        self.abstentions.extend(events.abstentions)
        self.figures.add(sentence, items, self.discourse, reports, source)

    def _place(self, sentence: Sentence) -> str:
        """Where in the report a sentence stands: headline, lead, or how far on."""
        if sentence.title:
            return "title"
        self.told += 1
        return f"place {next((n for n, last in enumerate(PLACES) if self.told <= last), len(PLACES))}"

    def _opine(self, sentence: Sentence, items: list[Item], reports: list[Report]) -> None:
        """Deeds done by saying, beside those that the sentence names."""
        if not reports:
            return
        opinions = Opinions(self.lexicon, sentence, items, self.dates, self.salience, self.judge)
        known = [d for d in self.drafts if d.sentence is sentence]
        for report in reports:
            best = self.judge.choose(opinions.find(report, known))
            if best is not None:
                self.drafts.append(best.draft)

    def _say(self, report: Report, reports: list[Report], items: list[Item]) -> None:
        within = any(r.start <= report.k < r.end for r in reports)
        reports.append(report)
        if report.speakers[0].code != "UNK" and not within:
            self.discourse.speaks(report.speakers)
        if report.content is None:
            return
        about = tuple(
            dict.fromkeys(
                a.code
                for i in items[report.start : report.end]
                if i.mention
                for a in i.mention.actors
                if a.code != "UNK" and a.code not in {s.code for s in report.speakers}
            )
        )
        stance = report.stance if report.stance in ("positive", "negative") else "neutral"
        self.statements.extend(Statement(s, report.quoted, about, stance, report.content) for s in report.speakers)  # type: ignore[arg-type]

    def _stops(self, items: list[Item], says: Statements) -> list[int]:
        """Items where a new saying with a content begins, which ends the content of the one before."""
        out = []
        for k, item in enumerate(items):
            if k == 0 or item.kind != TRIGGER or item.lemma is None or item.lemma.report is None or not says.tells(k):
                continue
            before = items[k - 1]
            linked = before.klass == "sub" and k > 1 and items[k - 2].kind == PUNCT
            if item.pos == "participle" and (before.kind == PUNCT or item.feature.endswith("c")):
                out.append(k - (before.kind == PUNCT))
            elif item.pos == "verb" and ((before.kind == PUNCT and (item.conj or self._turns(items, k))) or linked):
                out.append(k - (2 if linked else 1))
        return out

    def _turns(self, items: list[Item], k: int) -> bool:
        """Whether the verb of saying at item k opens a clause of its own after a comma: its subject follows at once."""
        following = items[k + 1] if k + 1 < len(items) else None
        comma = items[k - 1].word.norm in self.lexicon.orthography.list_comma
        return comma and following is not None and following.kind == ACTOR and not following.prep

    def _source(self, items: list[Item]) -> Actor | None:
        """Whom a source phrase («according to …») names."""
        for k, item in enumerate(items):
            if item.pos == "source":
                for other in items[k + 1 : k + 5]:
                    if other.kind == ACTOR and other.mention and other.mention.actors:
                        return other.mention.actors[0]
        return None

    def _remember(self, k: int, grammar: Grammar, reports: list[Report]) -> None:
        """The subject of a verb is the one that later verbs without a subject take; that of the sentence's main clause participles."""
        subject = grammar.subject_of(k)
        if subject:
            self.discourse.subject = list(subject)
            if not any(r.start <= k < r.end for r in reports):
                grammar.main = list(subject)

    # ---- the whole report --------------------------------------------------------------------------------------------------

    def reading(self, people: tuple[Person, ...]) -> Reading:
        """The finished reading."""
        return Reading(
            self.doc,
            people,
            self._events(),
            tuple(self._statements()),
            tuple(self.figures.figures(self.discourse)),
            tuple(distinct_ties(self.ties)),
            tuple(self.abstentions),
        )

    def _events(self) -> tuple[Event, ...]:
        table = plover(self.lexicon)
        share_told(self.drafts, self.doc.published)
        first: dict[tuple[object, ...], str] = {}
        out: list[Event] = []
        seen: set[tuple[object, ...]] = set()
        for draft in self.drafts:
            actors, recipients = tuple(draft.actors), tuple(draft.recipients)
            codes = (frozenset(a.code for a in actors), frozenset(a.code for a in recipients))
            told = (id(draft.sentence), draft.frame.type, *codes)
            if told in seen:
                continue
            seen.add(told)
            key = _deed(draft)
            event_id = f"e{len(out) + 1}"
            mode = table.mode(draft.frame.type, draft.mode, draft.sentence, draft.start, draft.end) or _meeting(draft)
            out.append(
                Event(
                    event_id,
                    draft.frame.type,
                    mode,
                    draft.modality,
                    actors,
                    recipients,
                    self._trigger(draft),
                    Span(draft.start, draft.end),
                    draft.date,
                    draft.place,
                    None if mode == "phone" else draft.country,
                    draft.attribution,
                    first.get(key),
                    *table.classify(draft.frame.type, mode),
                    table.contexts(draft.sentence, draft.start, draft.end),
                )
            )
            first.setdefault(key, event_id)
        return tuple(out)

    def _trigger(self, draft: Draft) -> Span:
        place = draft.sentence.starts.index(draft.trigger)
        return Span(draft.trigger, draft.sentence.ends[place])

    def _statements(self) -> list[Statement]:
        out: list[Statement] = []
        for statement in self.statements:
            if not any(s.speaker == statement.speaker and s.text == statement.text for s in out):
                out.append(statement)
        return out


def share_told(drafts: list[Draft], published: date | None) -> None:
    """Gives a telling of a deed that says no place or day those that another telling of it in the report says. A headline tells news: its
    deed is not one of the same parties long ago."""
    placed: dict[tuple[object, ...], Draft] = {}
    dated: dict[tuple[object, ...], Draft] = {}
    news: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.placed:
            placed.setdefault(_deed(draft), draft)
        if draft.dated:
            dated.setdefault((*_deed(draft), draft.modality), draft)
            if _is_news(draft, published):
                news.setdefault((*_deed(draft), draft.modality), draft)
    for draft in drafts:
        title = draft.sentence.title
        where, when = placed.get(_deed(draft)), (news if title else dated).get((*_deed(draft), draft.modality))
        if where is not None and not draft.placed:
            draft.country, draft.place = where.country, draft.place or where.place
        if when is not None and not draft.dated and (draft.date is None or title):
            draft.date = when.date


def _is_news(draft: Draft, published: date | None) -> bool:
    """Whether a deed is no older than a report's news."""
    return published is None or draft.date is None or published - draft.date.end <= NEWS


def _deed(draft: Draft) -> tuple[object, ...]:
    """What two tellings of a deed in one report have in common: its type, its parties, and whether it is denied."""
    denied = draft.modality == "negated"
    return draft.frame.type, frozenset(a.code for a in draft.actors), frozenset(a.code for a in draft.recipients), denied


def _meeting(draft: Draft) -> str | None:
    """The mode of a meeting that no word tells: of many, or at a third party's."""
    states = {a.code for a in (*draft.actors, *draft.recipients) if len(a.code) == 3 and a.code != "UNK"}
    if draft.frame.type != "CONSULT" or not states:
        return None
    if len(states) > 2 or any(a.code.startswith(BODIES) for a in draft.actors):
        return "multilateral"
    return "third-party" if len(states) == 2 and draft.country is not None and draft.country not in states else None
