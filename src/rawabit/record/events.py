"""Events: words that name deeds, with their parties, date, place, modality and source.

Order of work: frames of the word, modality, the grammar's reading of the parties and the others that the sentence offers, the judge's
choice, then date, place, source and extent. Abstains, with the reason, where no reading is good enough.
"""

from __future__ import annotations

from datetime import timedelta

from rawabit.lexicon.lemma import Choice, Frame
from rawabit.lexicon.load import Lexicon
from rawabit.mention.dates import DateReader
from rawabit.mention.item import ACTOR, DATE, MODAL, PUNCT, TRIGGER, WORD, Item
from rawabit.mention.salience import Salience
from rawabit.model import Abstention, Actor, DateRange, Precision, Span
from rawabit.model.reading import Modality
from rawabit.record.arguments import PLACED, Grammar, Roles
from rawabit.record.draft import Around, Bundle, Deed, Draft, acts_together
from rawabit.record.frames import choose_frames
from rawabit.record.judge import LEAST, Judge, Reading, clause_marks, near_marks, stand_marks, word_marks
from rawabit.record.parties import Parties
from rawabit.record.statements import Report
from rawabit.text.segment import Sentence

VERBAL = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "THREATEN", "AGREE", "CONCEDE"})
"""Types done by speaking: who does one is its actor, not its source."""
VERBAL_DEMANDS = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT"})
"""Types whose complement names a deed that has not been done."""
ON_THE_SPOT = frozenset({"ASSAULT", "COERCE", "PROTEST", "AID", "RETREAT"})
"""Types of deeds that have a place, most often the recipient's country (982 of 1,219 that the reports read by hand place in a party's)."""
AT_HOME = frozenset({"arrest", "deport", "censor", "curfew", "martial-law", "release", "expel", "convict"})
"""Modes of deeds that who does them does in the own country."""
DECREED = frozenset({"SANCTION", "COERCE"})
"""Types of deeds of authority, which are done when they are decided (46 of 51 in the reports read by hand)."""
WORDED = frozenset({"phone"})
"""Modes that only the words which their frames need can tell: talks are held in person unless a call is named."""
MODAL_REACH = 14
"""Items before a trigger that may say how its deed is meant."""
RULER_REACH = 20
"""Items before a trigger among which the verb that rules it is sought."""
NEXT_DEED = 8
"""Items after a trigger within which the next noun for a deed is sought."""
FIRST_REACH = 2
"""Items before a trigger that may say that its deed is the first."""
AWAITED = 4
"""Items after a deed noun within which an adjective may say that it is to come."""


class Events:
    """Finds the deeds of one sentence."""

    def __init__(
        self, lexicon: Lexicon, grammar: Grammar, sentence: Sentence, dates: DateReader, salience: Salience, judge: Judge, place: str
    ) -> None:
        self.lexicon, self.grammar, self.sentence, self.dates, self.judge = lexicon, grammar, sentence, dates, judge
        self.items, self.discourse = grammar.items, grammar.discourse
        self.parties = Parties(self.items, self.discourse, salience, judge)
        self.place = place
        self.triggers = 0
        self.barred: list[tuple[int, int]] = []
        self.taken: set[int] = set()
        self.abstentions: list[Abstention] = []
        self._last: Deed | None = None
        self._verbs: Deed | None = None
        self._places = _places(self.items, grammar.writing.locatives)

    def find(self, k: int, reports: list[Report], source: Actor | None) -> Draft | None:
        """The event that the trigger at item k names; None with an abstention on record."""
        item = self.items[k]
        choices = choose_frames(item.frames, item, self.sentence)
        if not choices or item.i in self.taken:
            return None
        if not choices[0].weak:
            self.taken.add(choices[0].needed)
        modality = self.modality(k, item)
        self.triggers += 1
        readings: list[Reading] = []
        around, end = (self._stand(k, reports), self._near(k)), k
        deeds = self._deeds_near(k)
        for rank, choice in enumerate(choices):
            roles = self.grammar.noun(k, choice.frame) if item.pos == "noun" else self.grammar.verb(k, choice.frame)
            end = max(end, roles.end)
            readings += self._read(k, choice, roles, rank, modality, around, deeds, max([r.score for r in readings], default=LEAST))
            if rank == 0:
                self._deed(item, choice.frame, roles)
        first = choices[0]
        if first.frame.type in VERBAL_DEMANDS and not first.weak and not first.frame.joint:
            self.barred.append((k + 1, self._complement_end(k, end)))
        best = self.judge.choose(readings)
        if best is None:
            self.abstain("unlikely" if readings else "parties unknown", k)
            return None
        return self._finish(best, item, reports, source)

    def _read(
        self,
        k: int,
        choice: Choice,
        roles: Roles,
        rank: int,
        modality: Modality | None,
        around: tuple[Bundle, Bundle],
        deeds: Around,
        best: int,
    ) -> list[Reading]:
        """The readings of the parties under one frame that may weigh more than `best`. `around`: where the trigger stands, and the words
        near it, which are the same under every frame; `deeds`: those of `judge.DEEDS_NEAR`."""
        item = self.items[k]
        word, clause = self._word(k, item, choice, rank, modality), self._clause(k, item, choice, roles)
        stand, near = ((choice.frame.type, *bundle) for bundle in around)
        weight = self.judge.trigger(word, clause, stand, near)
        if self.judge.hopeless(weight):
            return []
        draft = Draft(k, choice.frame, roles, self.sentence, deeds)
        draft.bundles = (word_marks, word), (clause_marks, clause), (stand_marks, stand), (near_marks, near)
        draft.weight = weight
        if choice.weak and draft.mode in WORDED:
            draft.mode = None
        draft.modality = modality or "hypothetical"
        self._fill(draft)
        self._locate(draft)
        return self.parties.readings(draft, best)

    def _finish(self, reading: Reading, item: Item, reports: list[Report], source: Actor | None) -> Draft:
        draft = reading.draft
        draft.actors, draft.recipients = reading.actors, reading.recipients
        self._settle(draft)
        self._date(draft, item)
        self._extent(draft, item)
        self._credit(draft, reports, source)
        return draft

    # ---- marks -------------------------------------------------------------------------------------------------------------

    def _word(self, k: int, item: Item, choice: Choice, rank: int, modality: Modality | None) -> Bundle:
        """The bundle of `word_marks`."""
        frame, met = choice.frame, bool(choice.frame.need) and not choice.weak
        named = not self._predicates(k, item)
        return frame.type, item.pos, frame.key, item.feature[:1], modality, choice.weak, met, rank > 0, named, bool(item.prep)

    def _clause(self, k: int, item: Item, choice: Choice, roles: Roles) -> Bundle:
        """The bundle of `clause_marks`."""
        frame = choice.frame
        back = bool(roles.actors and roles.recipients) and {a.code for a in roles.recipients} <= {a.code for a in roles.actors}
        if item.pos != "noun":
            return frame.type, item.pos, frame.key, roles.by, roles.object_by, back, "", False, ""
        before = self.items[k - 1] if k else None
        after = "" if before is None else before.klass or before.kind
        noun = "definite" if item.det else "indefinite"
        return frame.type, item.pos, frame.key, roles.by, roles.object_by, back, noun, roles.subject_known, after

    def _near(self, k: int) -> tuple[str, str, str]:
        """The words of `judge.NEAR`, cited; "" where there is none."""
        items = self.items
        behind = items[k - 1].citation if k else ""
        ahead = items[k + 1].citation if k + 1 < len(items) else ""
        verbs = (item for item in reversed(items[max(0, k - RULER_REACH) : k]) if item.kind == TRIGGER and item.pos == "verb")
        return behind, ahead, next((verb.citation for verb in verbs), "")

    def _deed(self, item: Item, frame: Frame, roles: Roles) -> None:
        """Remembers who has which part in the deed of an item, by the grammar alone."""
        self._last = _as_deed(frame, roles)
        self.discourse.tells(frame.type, [*roles.actors, *roles.joint], roles.recipients)
        if item.pos == "verb":
            self._verbs = self._last

    def _deeds_near(self, k: int) -> Around:
        """The deeds of `judge.DEEDS_NEAR`; a deed that is both the last and the verb's counts as the verb's."""
        return None if self._last is self._verbs else self._last, self._verbs, self._next_deed(k)

    def _next_deed(self, k: int) -> Deed | None:
        """The deed of the first noun for one after item k, before another verb."""
        for m, item in enumerate(self.items[k + 1 : k + 1 + NEXT_DEED], k + 1):
            if item.kind == TRIGGER and item.pos != "noun":
                return None
            if item.kind == TRIGGER and item.frames:
                return _as_deed(item.frames[0], self.grammar.noun(m, item.frames[0]))
        return None

    def _stand(self, k: int, reports: list[Report]) -> Bundle:
        """The bundle of `stand_marks` but for the type."""
        barred = any(start <= k < end for start, end in self.barred)
        said = any(r.start <= k < r.end for r in reports)
        return self.place, self._opener(k), min(4, self.triggers), barred, said

    def _opener(self, k: int) -> str:
        """What opens the clause that item k stands in: a class of function words, a mark, another verb, or nothing."""
        items = self.items
        for m in range(k - 1, -1, -1):
            item = items[m]
            name = item.klass
            if name in ("comp", "rel", "sub", "purpose", "aux"):
                return name
            if item.kind == PUNCT:
                return "mark"
            if item.kind == TRIGGER and item.pos == "verb":
                lemma = item.lemma
                return "verb" if lemma is None else "said" if lemma.report else "support" if lemma.support else "verb"
        return "first"

    def _predicates(self, k: int, item: Item) -> bool:
        """Whether a participle says that something is done («accusing…») rather than names its doer («the accuser»)."""
        if item.pos != "participle":
            return True
        return not item.det and (item.feature.endswith("c") or (k > 0 and self.items[k - 1].kind == PUNCT))

    def abstain(self, reason: str, k: int) -> None:
        item = self.items[k]
        self.abstentions.append(Abstention(reason, Span(self.sentence.starts[item.i], self.sentence.ends[item.j - 1])))

    # ---- parties -----------------------------------------------------------------------------------------------------------

    def _fill(self, draft: Draft) -> None:
        """The grammar's own reading of the parties."""
        roles, frame = draft.roles, draft.frame
        actors, recipients, joint = list(roles.actors), list(roles.recipients), list(roles.joint)
        if joint and not (recipients and not acts_together(frame)):
            actors += joint
        if acts_together(frame):
            actors, recipients = actors + recipients, []
        draft.actors = list(dict.fromkeys(a for a in actors if a.code != "UNK"))
        draft.recipients = [a for a in dict.fromkeys(recipients) if a.code != "UNK" and a not in draft.actors]

    # ---- modality ----------------------------------------------------------------------------------------------------------

    def modality(self, k: int, item: Item) -> Modality | None:
        """How the text presents the deed; None where it is only demanded or aimed at."""
        if item.fut or (item.pos == "noun" and self._awaited(k)):
            return "future"
        result: Modality | None = "actual"
        near = True
        for m in range(k - 1, max(-1, k - MODAL_REACH), -1):
            other = self.items[m]
            if other.kind == PUNCT:
                if other.word.norm in self.grammar.writing.clause_breaks or other.word.norm in self.grammar.writing.list_comma:
                    break
                continue
            name = other.klass
            if name in ("rel", "sub"):
                break
            if near and name in ("neg", "negnoun"):
                return "negated"
            if other.kind == MODAL and other.payload is not None and other.payload.scope != "noun":
                kind = other.payload.modality
                if other.payload.scope == "verb" and not near:
                    continue
                if other.payload.scope == "verb" and kind == "hypothetical" and not item.feature.startswith("I"):
                    near = False
                    continue
                if kind == "demanded":
                    return None if item.pos == "noun" or name == "comp" or near else result
                if kind == "decided":
                    return "actual" if any(f.type in DECREED for f in item.frames) else "future"
                return kind  # type: ignore[return-value]
            if other.kind == TRIGGER and other.lemma is not None and other.lemma.report is not None and other.lemma.report.denies:
                return "negated"
            if other.kind == TRIGGER and other.pos == "verb":
                if other.fut and item.pos == "noun" and other.lemma is not None and other.lemma.support is not None:
                    return "future"
                if (near or item.pos == "noun") and other.lemma is not None and other.lemma.support is not None and self._negated(m):
                    return "negated"
                if item.pos == "verb":
                    break
            if other.kind in (ACTOR, WORD) or (other.kind == TRIGGER):
                near = False
        return result

    def _awaited(self, k: int) -> bool:
        """Whether an adjective says that the deed noun at item k is to come: right after it, or after whose it is («the visit of the
        president awaited»)."""
        for m, other in enumerate(self.items[k + 1 : k + 1 + AWAITED], k + 1):
            if other.kind == MODAL and other.payload is not None and not other.prep and not other.conj:
                definite = other.word.norm.startswith(self.grammar.writing.article)
                return other.payload.modality == "future" and (definite or (other.payload.scope == "noun" and m == k + 1))
            if other.kind != ACTOR or other.prep:
                return False
        return False

    def _negated(self, k: int) -> bool:
        return k > 0 and self.items[k - 1].klass in ("neg", "negnoun")

    def _complement_end(self, k: int, end: int) -> int:
        for m in range(max(k + 1, min(end, k + 2)), len(self.items)):
            other = self.items[m]
            if other.kind == PUNCT and (
                other.word.norm in self.grammar.writing.list_comma or other.word.norm in self.grammar.writing.clause_breaks
            ):
                return m
            if other.kind == TRIGGER and other.pos == "verb" and other.conj and m > k + 3 and self.items[m - 1].klass != "comp":
                return m
            if other.klass == "sub":
                return m
        return len(self.items)

    # ---- time and place ----------------------------------------------------------------------------------------------------

    def _window(self, draft: Draft) -> range:
        return range(max(0, draft.roles.start - 6), min(len(self.items), max(draft.roles.end + 1, draft.k + 12)))

    def _date(self, draft: Draft, item: Item) -> None:
        best, distance = None, 99
        for m in self._window(draft):
            other = self.items[m]
            if m > draft.k and other.klass == "comp":
                break
            if other.kind == DATE and other.date is not None and not self._first_since(draft.k, m, other.date):
                gap = abs(m - draft.k) + (3 if m < draft.roles.start else 0)
                if gap < distance:
                    best, distance = other.date, gap
        published = self.dates.published
        if best is not None:
            draft.dated = True
            ahead = draft.modality == "future" or self._announced(draft, item)
            draft.date = self.dates.later(best) if ahead and published and best.end < published else best
            if published and draft.date.start > published and draft.modality == "actual":
                draft.modality = "future"
        elif published and draft.modality == "actual" and not self._background(draft):
            draft.date = DateRange(published, published, Precision.DAY)
        self._shift(draft)

    def _shift(self, draft: Draft) -> None:
        """«The day after a meeting», «on the eve of a visit»: a deed beside the day of what is told."""
        days = self.lexicon.day_shifts.get(self.items[draft.k - 1].word.norm, 0) if draft.k and self.items[draft.k].pos == "noun" else 0
        if days and draft.date is not None and draft.date.precision is Precision.DAY:
            day = draft.date.start + timedelta(days)
            draft.date = DateRange(day, day, Precision.DAY)

    def _first_since(self, k: int, m: int, day: DateRange) -> bool:
        """«The first meeting since May»: whether a span up to the day of publication says since when the deed is the first."""
        if day.end != self.dates.published or day.start == day.end:
            return False
        return any(item.word.norm in self.lexicon.firsts for item in self.items[max(0, k - FIRST_REACH) : max(k, m)])

    def _announced(self, draft: Draft, item: Item) -> bool:
        """«The summit discusses it on Friday»: an imperfect verb in the text tells what is to come, where the day may be either. Not one
        that is spelt like a perfect."""
        perfect = any(sense.kind == "verb" and sense.feature.startswith("P") for sense in item.word.senses)
        return item.pos == "verb" and item.feature.startswith("I") and not perfect and not self._background(draft)

    def _background(self, draft: Draft) -> bool:
        """Whether the clause is told as past of the past."""
        return any(self.items[m].klass == "aux" for m in range(max(0, draft.roles.start - 2), draft.k))

    def _locate(self, draft: Draft) -> None:
        window = self._window(draft) if self._places else range(0)
        for m, opened, country, place, last in self._places:
            if max(window.start, draft.roles.start) <= m < window.stop and opened >= window.start:
                draft.country = country
                draft.place = place or draft.place
                if last:
                    break

    def _settle(self, draft: Draft) -> None:
        """The country of a deed whose place is not told, by where such deeds are done; None where that is open.

        A visit and a deed on the spot: the recipient's. A protest: that of its people. An arrest, an expulsion: that of who does it.
        A meeting: where the report's scene is, if one of those who meet is at home there.
        """
        if draft.country is not None:
            draft.placed = True
            return
        kind, at_home = draft.frame.type, {a.code for a in draft.actors}
        if kind == "CONSULT" and draft.mode != "visit":
            draft.country = self.discourse.scene if self.discourse.scene in at_home else None
        elif kind == "CONSULT" or kind in ON_THE_SPOT or draft.mode in AT_HOME:
            parties = draft.actors if kind == "PROTEST" or draft.mode in AT_HOME else [*draft.recipients, *draft.actors]
            draft.country = next((a.code for a in parties if len(a.code) == 3 and a.code != "UNK"), None)

    # ---- source and extent -------------------------------------------------------------------------------------------------

    def _credit(self, draft: Draft, reports: list[Report], source: Actor | None) -> None:
        within = [r for r in reports if r.start <= draft.k < r.end]
        if within:
            speakers = within[-1].speakers
            if draft.frame.type not in VERBAL or not any(s.code == a.code and s.name == a.name for s in speakers for a in draft.actors):
                draft.attribution = speakers[0]
                return
        if source is not None and source not in draft.actors:
            draft.attribution = source

    def _extent(self, draft: Draft, item: Item) -> None:
        starts, ends = self.sentence.starts, self.sentence.ends
        first = min(draft.k, draft.roles.start)
        last = max([draft.k, *(s.index for s in draft.roles.slots if s.slot != "#")])
        end = min(draft.roles.end, len(self.items))
        last = max(last, end - 1)
        while last > draft.k and self.items[last].kind == PUNCT:
            last -= 1
        draft.start, draft.end = starts[self.items[first].i], ends[self.items[last].j - 1]
        draft.trigger = starts[item.i]


def _as_deed(frame: Frame, roles: Roles) -> Deed:
    return Deed(frame.type, frozenset([a.code for a in (*roles.actors, *roles.joint)]), frozenset([a.code for a in roles.recipients]))


def _places(items: list[Item], locatives: list[str]) -> list[tuple[int, int, str, str | None, bool]]:
    """(item, item of its preposition, country, place, whether to look no further) of every place that something is said to happen in."""
    out: list[tuple[int, int, str, str | None, bool]] = []
    prep, opened = "", -1
    for m, item in enumerate(items):
        if item.governs:
            prep, opened = item.payload.canonical if item.payload else "", m
        elif item.kind == ACTOR:
            mention, here = item.mention, item.prep or prep
            if mention is not None and mention.actors and here in locatives and (mention.form in PLACED or mention.form == "state"):
                place = mention.payload.english or None if mention.payload is not None and mention.form in PLACED else None
                known = mention.form == "state" or mention.payload is not None
                out.append((m, m if item.prep else opened, mention.actors[0].code, place, known))
                if not known:
                    continue
            prep = ""
    return out
