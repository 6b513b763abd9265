"""Deeds done by saying: what a speaker says of a named party may itself accuse, praise, refuse, demand or threaten.

Order of work: the stance words of what is said, the parties that it speaks of, one reading for each party and type that the words suggest.
Refuses to take the stance of a sentence for an event where no other party is named; the judge decides between the readings.
"""

from __future__ import annotations

from functools import cache

from rawabit.lexicon.lemma import Frame
from rawabit.lexicon.load import Lexicon, Word
from rawabit.lexicon.memo import Memo
from rawabit.mention.dates import DateReader
from rawabit.mention.item import ACTOR, TRIGGER, Item
from rawabit.mention.salience import Salience
from rawabit.model import DateRange, Precision
from rawabit.record.arguments import PLACED, Roles
from rawabit.record.draft import Draft
from rawabit.record.judge import Judge, Option, Reading, opinion_marks, together_marks
from rawabit.record.statements import Report
from rawabit.text.segment import Sentence

MAXIMAL_PARTIES = 3
LONGEST_PHRASE = 5
OPINION_TYPES = ("ACCUSE", "SUPPORT", "REJECT", "REQUEST", "THREATEN", "AGREE")
MODES = {"ACCUSE": "disapprove", "REJECT": "change", "REQUEST": "change", "THREATEN": "violence"}
SAID = {
    kind: Frame(kind, MODES.get(kind), (), (), False, "subj", frozenset(), frozenset(), True, "", False, "said") for kind in OPINION_TYPES
}


class Stances:
    """The stance words of a lexicon: (weight, type that it suggests) by form, and by word; the words that its phrases begin with."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("stance")
        self.forms: dict[str, tuple[int, str]] = table[0].data if table else {}
        self.heads = frozenset(form.partition(" ")[0] for form in self.forms if " " in form)
        self.words = Memo(self._find)

    def _find(self, word: Word) -> tuple[tuple[int, str] | None, bool]:
        """The stance of the longest stem that has one (least is taken off it), and whether the word may begin a phrase."""
        found = [stem for stem in word.stems if stem in self.forms]
        best = self.forms[min(found, key=lambda stem: (-len(stem), stem))] if found else None
        return best, not self.heads.isdisjoint(word.stems)


@cache
def stances(lexicon: Lexicon) -> Stances:
    """The stance words of a lexicon, made ready once."""
    return Stances(lexicon)


class Cues:
    """The stance words of a stretch: their weights, signs and suggested types."""

    __slots__ = ("negative", "positive", "types", "where")

    def __init__(self) -> None:
        self.negative = self.positive = 0
        self.types: set[str] = set()
        self.where: list[tuple[int, int]] = []


class Opinions:
    """Weighs what is said in one sentence."""

    def __init__(
        self, lexicon: Lexicon, sentence: Sentence, items: list[Item], dates: DateReader, salience: Salience, judge: Judge
    ) -> None:
        self.stances = stances(lexicon)
        self.sentence, self.items, self.dates, self.salience, self.judge = sentence, items, dates, salience, judge

    def find(self, report: Report, known: list[Draft]) -> list[Reading]:
        """The readings of what a report says of the parties that it names."""
        if not self.stances.forms or report.content is None or not report.speakers:
            return []
        parties = self._parties(report, {s.code for s in report.speakers})
        if not parties:
            return []
        cues = self._cues(report)
        out = []
        for rank, k in enumerate(parties):
            marks = self._marks(report, cues, k, rank, known)
            out += [self._draft(report, k, kind, marks, cues) for kind in self._types(cues)]
        return out

    def _types(self, cues: Cues) -> list[str]:
        kinds = ["ACCUSE" if cues.negative >= cues.positive else "SUPPORT"]
        kinds += [kind for kind in sorted(cues.types) if kind in SAID and kind not in kinds]
        return kinds

    def _cues(self, report: Report) -> Cues:
        cues, words, stances = Cues(), self.sentence.words, self.stances.words
        first, last = self.items[report.start].i, self.items[report.end - 1].j
        n = first
        while n < last:
            found, leads = stances[words[n]]
            size = 1
            if leads:
                phrase, size = self._phrase(n, last)
                found = phrase or found
            n += size
            if found is None:
                continue
            weight, kind = found
            cues.where.append((n - size, weight))
            if weight > 0:
                cues.positive += weight
            else:
                cues.negative -= weight
            if kind:
                cues.types.add(kind)
        return cues

    def _phrase(self, n: int, last: int) -> tuple[tuple[int, str] | None, int]:
        """The longest stance phrase that begins at token n, and how many tokens it takes (1 if there is none)."""
        words, forms = self.sentence.words, self.stances.forms
        for size in range(min(LONGEST_PHRASE, last - n), 1, -1):
            tail = " ".join([w.norm for w in words[n + 1 : n + size]])
            for stem in words[n].stems:
                found = forms.get(f"{stem} {tail}")
                if found is not None:
                    return found, size
        return None, 1

    def _parties(self, report: Report, own: set[str]) -> list[int]:
        """Items of what is said that name another party, each code once, in order."""
        out: list[int] = []
        seen = set(own)
        for k in range(report.start, report.end):
            item = self.items[k]
            mention = item.mention
            if (
                item.kind != ACTOR
                or mention is None
                or not mention.actors
                or mention.form == "place"
                or (mention.form in PLACED and item.prep)
            ):
                continue
            code = mention.actors[0].code
            if code not in seen and code != "UNK":
                seen.add(code)
                out.append(k)
        return out[:MAXIMAL_PARTIES]

    def _marks(self, report: Report, cues: Cues, k: int, rank: int, known: list[Draft]) -> list[str]:
        item, items = self.items[k], self.items
        mention = item.mention
        assert mention is not None
        place = item.i
        near = sum(w for n, w in cues.where if abs(n - place) <= 6)
        follows = items[k + 1] if k + 1 < report.end else None
        code = mention.actors[0].code
        covered = {d.frame.type for d in known if any(a.code == code for a in d.recipients) and report.start <= d.k < report.end}
        speaker = report.speakers[0]
        marks = [
            "said of",
            f"party {rank}",
            f"party form {mention.form}",
            f"party body {code[:4] if '-' in code else 'state'}",
            f"speaker {'body' if '-' in speaker.code else speaker.sector}",
            "title" if self.sentence.title else "body",
            f"cue {_sign(cues)}",
            f"near {_side(near)}",
            f"negative {min(4, cues.negative)}",
            f"positive {min(4, cues.positive)}",
            f"near {max(-3, min(3, near))}",
            "party first word" if k <= report.start + 1 else "party inside",
            "party after preposition" if item.prep else "party bare",
            "party acts" if follows is not None and follows.kind == TRIGGER and follows.pos == "verb" else "party still",
            "quoted" if report.quoted else "paraphrase",
            f"verb {report.stance}",
        ]
        own = frozenset(s.code for s in report.speakers)
        marks += [f"party rank {self.salience.rank(code)}", f"speaker rank {min(map(self.salience.rank, own))}"]
        marks += together_marks("said", self.salience.most_together(own | {code}))
        marks += [f"suggests {kind}" for kind in sorted(cues.types)]
        marks += [f"already {kind}" for kind in sorted(covered)]
        if any(d.frame.type in OPINION_TYPES and report.start > d.k and any(a.code == code for a in d.recipients) for d in known):
            marks.append("already by verb")
        return marks

    def _draft(self, report: Report, k: int, kind: str, marks: list[str], cues: Cues) -> Reading:
        roles = Roles()
        roles.start, roles.end = report.start, report.end
        draft = Draft(report.k, SAID[kind], roles, self.sentence)
        assert report.content is not None
        mention = self.items[k].mention
        assert mention is not None
        draft.actors = list(report.speakers)
        draft.recipients = [a for a in mention.actors if a.code != "UNK"]
        item = self.items[report.k]
        draft.trigger = self.sentence.starts[item.i]
        draft.start = min(report.content.start, draft.trigger)
        draft.end = max(min(report.content.end, self.sentence.end), self.sentence.ends[item.j - 1])
        if self.dates.published:
            draft.date = DateRange(self.dates.published, self.dates.published, Precision.DAY)
        draft.bundles = ((opinion_marks, (kind, *marks)),)
        speakers, party = (
            Option(actors, frozenset([a.code for a in actors]), "said") for actors in (draft.actors, draft.recipients)
        )
        return Reading(draft, speakers, party, False, self.judge.opinion(kind, marks))


def _sign(cues: Cues) -> str:
    """Which way the stance words point."""
    if not cues.negative and not cues.positive:
        return "none"
    if cues.negative and cues.positive:
        return "mixed"
    return "negative" if cues.negative else "positive"


def _side(weight: int) -> str:
    return "negative" if weight < 0 else "positive" if weight else "none"
