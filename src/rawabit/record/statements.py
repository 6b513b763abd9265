"""Who says what: reporting verbs, participles and nouns with the stretch that is said.

Order of work: the headline «X: …», then each reporting word with its speaker and its content, to the end of the sentence or the
quotation. Also tells the events stage which words stand in whose mouth. Refuses a statement whose speaker nothing names.
"""

from __future__ import annotations

from rawabit.lexicon.lemma import OBJECT
from rawabit.mention.item import ACTOR, DATE, MODAL, PUNCT, QUOTES, TRIGGER, WORD, Item
from rawabit.mention.resolve import PRESS, Discourse
from rawabit.model import Actor, Span
from rawabit.record.arguments import PLAIN, Grammar
from rawabit.text.segment import Sentence

UNTOLD = frozenset({"THREATEN", "AGREE"})
"""Verbal deeds whose complement after a preposition is the deed itself, not something told."""
THING = "thing"
"""The form of a mention that is a noun with a nationality."""
MINIMAL_WORDS = 2
"""A statement's content has at least this many items."""
MINIMAL_OBJECT = 4
"""Items from a verb's object to the end of its content, below which it is no content."""
CONTENT_REACH = 24
"""Items between a reporting word and what is said."""
PARTICIPLE_REACH = 5
"""Items between a verb and the participle of saying that goes with it («went on, saying»)."""
SOURCE_REACH = 6
"""Items after a source phrase within which it names whom it credits."""
SAME_REACH = 4
"""Items after a source phrase within which it says that it means the statement told of before."""
MINIMAL_CREDITED = 4
"""Items that a source phrase credits at least."""
PHRASE_REACH = 7
"""Items of a subject's noun phrase among which the party stands that it names."""
VENUE_WORDS = 6
"""Items of a phrase that says where something was said, at most."""
NAME_WORDS = 5
"""A quotation of up to this many words with no verb in it, put after a noun, is a name and no speech."""


TURN = "turn"
"""What function.yml calls a subordinator («while», «likewise») with which the report goes on in its own voice."""


class Report:
    """One saying: who, with which word, and the items of what is said (`start` to `end`, exclusive)."""

    __slots__ = ("content", "end", "k", "quoted", "speakers", "stance", "start")

    def __init__(self, k: int, speakers: list[Actor], start: int, end: int, stance: str) -> None:
        self.k, self.speakers, self.start, self.end, self.stance = k, speakers, start, end, stance
        self.quoted = False
        self.content: Span | None = None


class Statements:
    """Finds the reports of one sentence."""

    def __init__(self, grammar: Grammar, sentence: Sentence, quotes: list[tuple[int, int]]) -> None:
        self.grammar, self.sentence, self.items = grammar, sentence, grammar.items
        self.discourse: Discourse = grammar.discourse
        self.quotes = quotes
        self._inherited = False
        self._main: list[Actor] = []

    def headline(self) -> Report | None:
        """«X: …» in a title."""
        for k, item in enumerate(self.items[:8]):
            if item.kind == PUNCT and item.word.norm == ":":
                actors = [i for i in self.items[:k] if i.kind == ACTOR and i.mention and i.mention.actors and i.mention.form != "place"]
                if not actors or any(i.kind == TRIGGER and i.pos == "verb" for i in self.items[:k]):
                    return None
                mention = actors[0].mention
                assert mention is not None
                return self._span(Report(k, list(mention.actors), k + 1, len(self.items), "neutral"))
        return None

    def credited(self) -> Report | None:
        """What a source phrase credits to someone: all before it in the sentence, or all after one that opens it."""
        for k, item in enumerate(self.items):
            if item.pos != "source":
                continue
            named = next((m for m in range(k + 1, min(len(self.items), k + SOURCE_REACH)) if self.items[m].kind == ACTOR), None)
            mention = self.items[named].mention if named is not None else None
            speakers = list(mention.actors) if mention is not None else []
            again = next((m for m in range(k + 1, min(len(self.items), k + SAME_REACH)) if self._points_back(m)), None)
            if again is not None:
                named, speakers = again, self.discourse.last_speaker("")
            if named is None or not speakers or speakers[0].code == "UNK":
                return None
            start, end = (self._after_source(named), len(self.items)) if k < 2 else (0, k)
            return self._span(Report(k, speakers, start, end, "neutral")) if end - start >= MINIMAL_CREDITED else None
        return None

    def _points_back(self, m: int) -> bool:
        """Whether item m is «the statement», «the report»: a saying told of before, without whose it was."""
        item = self.items[m]
        says = item.kind == TRIGGER and item.pos == "noun" and item.lemma is not None and item.lemma.report is not None
        after = self.items[m + 1].mention if m + 1 < len(self.items) else None
        return says and item.det and not (after is not None and after.actors)

    def _after_source(self, named: int) -> int:
        """The item after the comma or «that» which ends a source phrase at the sentence's start."""
        commas = self.grammar.writing.list_comma
        for m in range(named + 1, len(self.items)):
            item = self.items[m]
            if item.klass == "comp" or (item.kind == PUNCT and item.word.norm in commas):
                return m + 1
        return len(self.items)

    def report(self, k: int, stop: int, reports: list[Report]) -> Report | None:
        """The saying that the reporting word at item k opens, its content ending before item `stop`."""
        item = self.items[k]
        assert item.lemma is not None and item.lemma.report is not None
        use = item.lemma.report
        within = any(r.start <= k < r.end for r in reports)
        if within and (item.pos == "noun" or "1" in item.feature[:2]):
            return None
        start = self._content_start(k, self._complement(item), stop)
        if start is None or start >= stop:
            return None
        if use.whole and item.pos == "verb" and not item.encl:
            start = min(start, self._object_named(k, start))
        speakers = self._speakers(k)
        if self._impersonal(k, item):
            return None
        if not speakers or (self._inherited and within):
            return None
        if item.pos == "verb" and not within:
            self._main = speakers
        report = Report(k, speakers, start, self._content_end(start, stop), use.stance)
        return self._span(report)

    def tells(self, k: int) -> bool:
        """Whether the reporting word at item k has a content."""
        return self._content_start(k, self._complement(self.items[k]), len(self.items)) is not None

    def _complement(self, item: Item) -> tuple[str, ...]:
        """What may introduce the content of a reporting word: of a noun and of a verbal deed only a clause or a quotation."""
        assert item.lemma is not None and item.lemma.report is not None
        verbal_deed = any(f.type in UNTOLD and not f.need for f in item.frames)
        return () if verbal_deed or item.pos == "noun" else item.lemma.report.complement

    def _impersonal(self, k: int, item: Item) -> bool:
        """«It is recalled that …»: the report's own voice."""
        return (
            item.pos == "verb"
            and item.feature.startswith("I3sm")
            and k + 1 < len(self.items)
            and self.items[k + 1].klass == "comp"
            and (k == 0 or self.items[k - 1].kind == PUNCT)
            and not item.encl
        )

    def _speakers(self, k: int) -> list[Actor]:
        item = self.items[k]
        self._inherited = item.pos == "participle"
        if item.pos == "participle":
            return list(self._main or self._before(k) or self.discourse.subject or self.discourse.speaker)
        if item.pos == "noun":
            relay = self._relay_before(k) if item.encl else None
            if relay is not None:
                return relay
            found = self.grammar.subject_of(k)
            return self.discourse.last_speaker("m") if item.encl and found and found[0].sector == PRESS else found
        roles = self.grammar.verb(k, PLAIN)
        assert item.lemma is not None and item.lemma.report is not None
        relayed = self._relayed(k)
        if relayed is not None:
            return relayed
        self._inherited = roles.inherited
        following = self.items[k + 1] if k + 1 < len(self.items) else None
        if (roles.inherited or not roles.actors) and following is not None and self._heads_phrase(following):
            named = self._phrase(k + 1)
            if named or (following.kind == WORD and (following.det or self._names(k + 1))):
                self._inherited = False
                return named
        if roles.inherited:
            if item.feature[2:3] == "d":
                return self.discourse.pair(people=True) or self.discourse.pair()
            return self.discourse.last_speaker(item.feature[3:4])
        return roles.actors

    def _relayed(self, k: int) -> list[Actor] | None:
        """Whom the verb at item k relays, if it relays anybody («the agency quoted X»)."""
        item = self.items[k]
        use = item.lemma.report if item.lemma is not None else None
        if item.pos != "verb" or use is None or not use.relay:
            return None
        slots = [s for s in self.grammar.after(k)[0] if s.slot == use.relay]
        return self.grammar.actors_of(slots[0]) if slots else None

    def _relay_before(self, k: int) -> list[Actor] | None:
        """Whose saying the noun at item k is after a verb that relays it («quoted X as saying»)."""
        for m in range(k - 1, -1, -1):
            if self.items[m].pos == "verb":
                return self._relayed(m)
        return None

    def _before(self, k: int) -> list[Actor]:
        """The speaker of a participle by the verb before it: that verb's subject, or without one the last who spoke («went on, saying»)."""
        for m in range(k - 1, max(-1, k - PARTICIPLE_REACH), -1):
            item = self.items[m]
            if item.kind == TRIGGER and item.pos == "verb":
                roles = self.grammar.verb(m, PLAIN)
                return self.discourse.last_speaker(item.feature[3:4]) if roles.inherited else list(roles.actors)
        return []

    def _heads_phrase(self, item: Item) -> bool:
        """Whether an item may open the noun phrase of a subject that no entry covers."""
        bare = item.kind == WORD or (item.kind == TRIGGER and item.pos == "noun") or (item.mention is not None and not item.mention.actors)
        return bare and not (item.prep or item.conj or item.encl or item.payload)

    def _phrase(self, k: int) -> list[Actor]:
        """Whom the noun phrase from item k on names: the party in it («the office of statistics in X»), or whom its head meant before."""
        words: list[str] = []
        for m in range(k, min(len(self.items), k + PHRASE_REACH)):
            item = self.items[m]
            if item.kind == ACTOR and item.mention is not None and item.mention.actors:
                actors = [Actor(a.code, a.sector) for a in item.mention.actors[:1] if a.code != "UNK"]
                if item.prep not in self.grammar.writing.locatives and item.prep:
                    break
                self.discourse.heads_of(words, actors)
                return actors
            if item.kind not in (WORD, TRIGGER, ACTOR) or item.pos in ("verb", "participle") or (item.prep and m > k and not words):
                break
            words.append(item.word.bare or item.word.norm)
        return self.discourse.heads.get(self.items[k].word.bare or self.items[k].word.norm, [])

    def _names(self, k: int) -> bool:
        """Whether two words from item k on look like a name that nothing identifies."""
        pair = self.items[k : k + 2]
        return len(pair) == 2 and all(i.kind == WORD and not i.word.common and len(i.word.norm) > 2 and i.word.norm.isalpha() for i in pair)

    def _content_start(self, k: int, complement: tuple[str, ...], stop: int) -> int | None:
        """The item where what is said begins: after «that», a colon or a quotation mark; else the complement of the verb."""
        items, nominal, within = self.items, None, False
        for m in range(k + 1, min(len(items), stop, k + CONTENT_REACH)):
            item = items[m]
            name = item.klass
            if name == "comp" and not within and (nominal in (None, m) or items[m - 1].kind == PUNCT):
                return m + 1
            within = (within or name == "rel") and item.kind != PUNCT
            if item.kind == PUNCT:
                opened = self._opened(m)
                if opened is not None:
                    return opened if nominal is None or item.word.norm == ":" else nominal
                if item.word.norm in self.grammar.writing.clause_breaks:
                    break
            if nominal is None:
                nominal = self._nominal(m, complement)
                if (
                    nominal is not None
                    and items[nominal].kind in (WORD, TRIGGER, MODAL)
                    and items[nominal].klass != "comp"
                    and item.word.norm in self.grammar.lexicon.content_preps
                    and not self._venue(nominal, stop)
                ):
                    break
            if not within and ((item.kind == TRIGGER and item.pos == "verb" and m > k + 1 and not self._describes(m)) or name == "sub"):
                break
        told = self._object_start(k, stop) if OBJECT in complement else None
        return nominal if told is None else told if nominal is None else min(told, nominal)

    def _venue(self, k: int, stop: int) -> bool:
        """Whether the noun phrase from item k on says where something was said: a comma ends it and «that» or a quotation follows."""
        for m in range(k, min(len(self.items) - 1, stop, k + VENUE_WORDS)):
            item, following = self.items[m], self.items[m + 1]
            if item.kind == PUNCT and item.word.norm in self.grammar.writing.list_comma:
                return following.klass == "comp"
            if item.kind == PUNCT or item.pos in ("verb", "participle") or item.klass == "comp":
                return False
        return False

    def _describes(self, m: int) -> bool:
        """Whether the verb at item m only says something of the indefinite noun before it («in a statement that it issued»)."""
        noun = self.items[m - 1]
        led = bool(noun.prep) or (m > 1 and self.items[m - 2].governs)
        return led and noun.kind in (WORD, TRIGGER) and noun.pos in ("", "noun") and not (noun.det or noun.encl or self.items[m].conj)

    def _opened(self, m: int) -> int | None:
        """The item after a colon or a long quotation that opens at item m."""
        items, mark = self.items, self.items[m].word.norm
        if mark == ":":
            return m + 2 if m + 1 < len(items) and items[m + 1].word.norm in QUOTES else m + 1
        return m + 1 if mark in QUOTES and self._quote_at(items[m]) and not self._named_in_quotes(m) else None

    def _named_in_quotes(self, m: int) -> bool:
        """Whether the quotation that opens at item m only names something and the sentence goes on after it."""
        if m == 0 or self.items[m - 1].kind not in (ACTOR, WORD):
            return False
        for n in range(m + 1, min(len(self.items), m + NAME_WORDS + 2)):
            item = self.items[n]
            if item.kind == PUNCT and item.word.norm in QUOTES:
                return n + 1 < len(self.items) and (self.items[n + 1].kind != PUNCT or self._told_later(n + 2))
            if item.kind == PUNCT or (item.kind == TRIGGER and item.pos == "verb") or item.klass in ("comp", "neg"):
                return False
        return False

    def _told_later(self, k: int) -> bool:
        """Whether what is said only begins after item k, with «that» or a quotation mark."""
        later = self.items[k : k + NAME_WORDS]
        return any(i.klass == "comp" or (i.kind == PUNCT and i.word.norm in QUOTES) for i in later)

    def _nominal(self, m: int, complement: tuple[str, ...]) -> int | None:
        """Where the complement of a reporting verb begins that stands after one of its prepositions."""
        item = self.items[m]
        if item.klass == "prep" and item.payload is not None and item.payload.canonical in complement:
            return m + 1 if m + 1 < len(self.items) else None
        return m if item.prep and item.prep in complement else None

    def _object_start(self, k: int, stop: int) -> int | None:
        """A verb's object that tells a content: «denied any part in …». It follows the subject directly, or the verb or participle whose
        subject stands before it, and is no party itself."""
        if self.items[k].encl:
            return None
        m, end = k + 1, min(stop, len(self.items))
        while m < end and (self.items[m].kind == DATE or self._named_at(m, k) or (m > k + 1 and self._comma(m))):
            m += 1
        if (m == k + 1 and not self._led(k)) or m + MINIMAL_OBJECT > end:
            return None
        item = self.items[m]
        told = item.kind in (TRIGGER, WORD, MODAL) or (item.mention is not None and item.mention.form == THING)
        return m if told and item.pos in ("", "noun") and not item.prep and not item.conj else None

    def _named_at(self, m: int, k: int) -> bool:
        """Whether item m names someone after the verb at item k; a thing of a state («the Turkish decision») that follows him is told."""
        mention = self.items[m].mention
        return mention is not None and (mention.form != THING or m == k + 1)

    def _comma(self, m: int) -> bool:
        """Whether item m is a comma that sets off a date or a name before what is told."""
        item, before = self.items[m], self.items[m - 1]
        return item.kind == PUNCT and item.word.norm in self.grammar.writing.list_comma and before.kind in (DATE, ACTOR)

    def _led(self, k: int) -> bool:
        """Whether the subject of the reporting word at item k stands before it."""
        if self.items[k].pos == "participle":
            return self.items[k].conj or k == 0 or self.items[k - 1].kind == PUNCT
        return self.grammar.verb(k, PLAIN).by == "before"

    def _object_named(self, k: int, start: int) -> int:
        """Where the object of the verb at item k begins, which has its content from item `start` on said of it; `start` if it has none."""
        roles = self.grammar.verb(k, PLAIN)
        m = k + 1
        if roles.by == "after":
            while m < start and self.items[m].kind in (ACTOR, DATE, PUNCT):
                m += 1
        while m < start and (self.items[m].kind in (DATE, PUNCT) or self.items[m].klass in ("prep", "comp")):
            m += 1
        return m if m < start - 1 else start

    def _quote_at(self, item: Item) -> tuple[int, int] | None:
        """The quotation that opens at a mark, if it is long enough to be speech."""
        place = self.sentence.ends[item.i]
        for start, end in self.quotes:
            if start == place:
                return (start, end) if end - start > 12 else None
        return None

    def _content_end(self, start: int, stop: int) -> int:
        """The item after the last one said: before an aside or a source phrase that a comma sets off."""
        end = min(stop, len(self.items))
        for m in range(start + 2, end):
            item = self.items[m]
            if item.klass == "aside" or (item.pos == "source" and self.items[m - 1].kind == PUNCT):
                return m
            if (
                item.klass == "sub"
                and item.payload is not None
                and item.payload.canonical == TURN
                and self.items[m - 1].kind == PUNCT
                and not self._quoted(m)
            ):
                return m
        return end

    def _quoted(self, m: int) -> bool:
        place = self.sentence.starts[self.items[m].i]
        return any(start <= place < end for start, end in self.quotes)

    def _span(self, report: Report) -> Report | None:
        """The content's offsets, closed at the end of a quotation that opens it."""
        items, sentence = self.items, self.sentence
        if report.end - report.start < MINIMAL_WORDS:
            return None
        first = sentence.starts[items[report.start].i]
        last = sentence.ends[items[report.end - 1].j - 1]
        inside = [q for q in self.quotes if q[0] <= first + 1 and first < q[1]]
        if inside:
            quote = inside[0]
            report.quoted = True
            first = max(first, quote[0])
            if quote[1] >= last or self._closes(quote[1], report):
                last = quote[1]
        elif any(first <= q[0] < last for q in self.quotes):
            report.quoted = True
            spanning = [q for q in self.quotes if q[0] < last <= q[1]]
            if spanning:
                last = spanning[0][1] + 1
        last = self._trim(first, last)
        if last <= first:
            return None
        report.content = Span(first, last)
        return report

    def _trim(self, first: int, last: int) -> int:
        """The end without marks that close the sentence."""
        ends, words = self.sentence.ends, self.sentence.words
        for n in range(len(ends) - 1, -1, -1):
            if ends[n] <= last and not words[n].norm[:1].isalnum():
                if ends[n] == last and self.sentence.starts[n] > first:
                    last = self.sentence.starts[n]
                continue
            if ends[n] <= last:
                break
        return last

    def _closes(self, place: int, report: Report) -> bool:
        """Whether the speech ends with the quotation mark at an offset: what follows is a mark, an aside or a new saying."""
        for m in range(report.start, report.end):
            item = self.items[m]
            if self.sentence.starts[item.i] > place:
                says = item.kind == TRIGGER and item.lemma is not None and item.lemma.report is not None
                return item.kind == PUNCT or says or item.klass in ("aside", "sub") or item.pos == "source"
        return True
