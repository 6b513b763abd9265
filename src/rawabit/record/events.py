"""Events: words that name deeds, with their parties, date, place, modality and source.

Order of work: choose the frame (needs and bars), fill the roles, judge the modality, attach date and place, credit the source.
Abstains, with the reason, where a frame's parties cannot be told.
"""
from __future__ import annotations

from rawabit.lexicon.load import Frame, Lexicon
from rawabit.mention.dates import DateReader
from rawabit.mention.item import ACTOR, DATE, MODAL, PUNCT, TRIGGER, WORD, Item
from rawabit.mention.resolve import Discourse
from rawabit.mention.salience import Salience
from rawabit.model import Abstention, Actor, DateRange, Span
from rawabit.model.reading import UNKNOWN, Modality
from rawabit.record.arguments import PLACED, Grammar, Roles
from rawabit.record.clause import klass
from rawabit.record.statements import Report
from rawabit.text.segment import Sentence

SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types whose parties are all actors when they act together."""
VERBAL_DEMANDS = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT"})
"""Types whose complement names a deed that has not been done."""
MAXIMAL_READINGS = 6
"""Readings of one trigger's parties that are weighed against each other."""
MAXIMAL_FRAMES = 3
"""Frames of different types that one trigger is weighed under."""
NEED_REACH = 12
BAR_REACH = 3


class Draft:
    """An event before it has an id."""

    __slots__ = ("actors", "attribution", "country", "date", "end", "frame", "k", "marks", "modality", "place", "recipients", "roles", "score", "sentence",
                 "start", "trigger")

    def __init__(self, k: int, frame: Frame, roles: Roles, sentence: Sentence) -> None:
        self.k, self.frame, self.roles, self.sentence = k, frame, roles, sentence
        self.actors: list[Actor] = []
        self.recipients: list[Actor] = []
        self.modality: Modality = "actual"
        self.date: DateRange | None = None
        self.place: str | None = None
        self.country: str | None = None
        self.attribution: Actor | None = None
        self.trigger = self.start = self.end = 0
        self.score = 0.0
        self.marks: list[str] = []

    def copy(self) -> Draft:
        """The same draft, to be given other parties."""
        other = Draft(self.k, self.frame, self.roles, self.sentence)
        for name in ("modality", "date", "place", "country", "trigger", "start", "end"):
            setattr(other, name, getattr(self, name))
        return other


class Events:
    """Finds the deeds of one sentence."""

    def __init__(self, lexicon: Lexicon, grammar: Grammar, sentence: Sentence, dates: DateReader, salience: Salience) -> None:
        self.lexicon, self.grammar, self.sentence, self.dates, self.salience = lexicon, grammar, sentence, dates, salience
        self.items, self.discourse = grammar.items, grammar.discourse
        self.codes = {a.code for i in self.items if i.mention is not None for a in i.mention.actors}
        self.barred: list[tuple[int, int]] = []
        self.taken: set[int] = set()
        self.end = 0
        self.abstentions: list[Abstention] = []

    def find(self, k: int, reports: list[Report], source: Actor | None) -> list[Draft]:
        """Every event that the trigger at item k may name, one for each reading of its parties; none with an abstention on record."""
        item = self.items[k]
        choices = choose_frames(item.frames, self.items, k, self.sentence)
        if not choices or item.i in self.taken:
            return []
        if not choices[0].weak:
            self.taken.add(choices[0].needed)
        modality = self.modality(k, item)
        drafts = []
        for rank, choice in enumerate(choices):
            drafts += self._read(k, choice, rank, modality, reports)
        first = choices[0]
        if first.frame.type in VERBAL_DEMANDS and not first.weak and not first.frame.joint:
            self.barred.append((k + 1, self._complement_end(k, self.end)))
        for draft in drafts:
            self._credit(draft, reports, source)
        if not drafts:
            self.abstain("parties unknown", k)
        return drafts

    def _read(self, k: int, choice: Choice, rank: int, modality: Modality | None, reports: list[Report]) -> list[Draft]:
        """The readings of the parties under one frame."""
        item, frame = self.items[k], choice.frame
        roles = self.grammar.noun(k, frame) if item.pos == "noun" else self.grammar.verb(k, frame)
        self.end = roles.end
        marks = self._marks(k, item, choice, roles, modality, reports)
        if rank:
            marks += ["other frame", f"other frame {frame.type}"]
        base = Draft(k, frame, roles, self.sentence)
        base.modality = modality or "hypothetical"
        self._parties(base)
        self._locate(base)
        self._date(base, item)
        self._extent(base, item)
        return [d for d in self._alternatives(base, marks) if self._worth(d)]

    def _marks(self, k: int, item: Item, choice: Choice, roles: Roles, modality: Modality | None, reports: list[Report]) -> list[str]:
        """What speaks for or against this trigger naming a deed, apart from who its parties are."""
        frame, weak = choice.frame, choice.weak
        kind = frame.type
        place = "title" if self.sentence.title else "body"
        marks = ["all", kind, f"{kind} {item.pos}", f"{item.pos} {roles.by}", f"{kind} by {roles.by}", f"object {roles.object_by}", place,
                 f"frame {frame.key} {kind}", f"feature {item.feature[:1]}"]
        if weak:
            marks += ["weak", f"weak {kind}"]
        if frame.need and not weak:
            marks.append("need met")
        if modality != "actual":
            marks += [f"modality {modality}", f"{kind} {modality}"]
        if any(start <= k < end for start, end in self.barred):
            marks.append("barred")
        if item.pos == "noun":
            marks.append(f"noun {'definite' if item.det else 'indefinite'} {'alone' if not roles.subject_known else 'with parties'}")
            before = self.items[k - 1] if k else None
            marks.append(f"noun after {before.kind if before is None or not klass(before) else klass(before)}" if before is not None else "noun first")
        own = {a.code for a in roles.actors}
        if own and roles.recipients and {a.code for a in roles.recipients} <= own:
            marks += ["object own", f"{kind} object own"]
        if not self._predicates(k, item):
            marks.append("participle as noun")
        if any(r.start <= k < r.end for r in reports):
            marks += ["said", f"said {kind}"]
        if item.prep:
            marks.append("trigger after preposition")
        return marks

    def _alternatives(self, base: Draft, marks: list[str]) -> list[Draft]:
        """Readings of the parties: the grammar's own first, then those that take a missing or doubtful party from elsewhere."""
        frame, roles = base.frame, base.roles
        together = frame.type in SYMMETRIC and frame.mode != "visit"
        out = [self._variant(base, base.actors, base.recipients, marks, "grammar")]
        aimed = self._aimed(base, roles.end)
        if not together:
            reflexive = bool(base.recipients) and {a.code for a in base.recipients} <= {a.code for a in base.actors}
            if (not base.recipients or reflexive) and base.actors and aimed:
                out.append(self._variant(base, base.actors, aimed, marks, "aimed"))
            if base.actors and (not base.recipients or reflexive):
                scene = base.country or self.discourse.scene
                if scene and scene not in {a.code for a in base.actors} and frame.type in ("ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "AID"):
                    out.append(self._variant(base, base.actors, [Actor(scene, "CVL")], marks, "scene"))
                topic = self._nearest(base, base.actors)
                if topic:
                    out.append(self._variant(base, base.actors, topic, marks, "topic"))
            if not roles.subject_known:
                own = base.recipients or aimed
                for source, actors in (("nearest", self._nearest(base, own)), ("speaker", self.discourse.speaker), ("subject", self.discourse.subject)):
                    if actors and list(actors) != base.actors:
                        out.append(self._variant(base, list(actors), own, marks, source))
        elif len({a.code for a in base.actors}) < 2:
            for source, actors in (("pair", self.discourse.pair()), ("nearest", self._nearest(base, base.actors)), ("aimed", aimed)):
                joined = _distinct([*base.actors, *actors])
                if len({a.code for a in joined}) > 1:
                    out.append(self._variant(base, joined, [], marks, source))
        return out[:MAXIMAL_READINGS]

    def _variant(self, base: Draft, actors: list[Actor], recipients: list[Actor], marks: list[str], source: str) -> Draft:
        draft = base.copy()
        draft.actors = _distinct(actors)
        draft.recipients = [a for a in _distinct(recipients) if a not in draft.actors]
        codes, others = {a.code for a in draft.actors}, {a.code for a in draft.recipients}
        kind = base.frame.type
        draft.marks = [*marks, f"parties {source}", f"{kind} parties {source}", f"actors {min(3, len(codes))} recipients {min(3, len(others))}"]
        if codes & others:
            draft.marks += ["same code", f"same code {kind}"]
        if len(codes | others) == 1:
            draft.marks.append(f"domestic {kind}")
        draft.marks += salience_marks(self.salience, codes, others, kind)
        draft.marks.append(f"sentence codes {min(5, len(self.codes))}")
        if (codes | others) == self.codes:
            draft.marks.append("all codes of the sentence")
        if not (codes | others) <= self.codes | {"UNK"}:
            draft.marks.append("party from elsewhere")
        for name, party in (("actor", draft.actors), ("recipient", draft.recipients)):
            if party:
                draft.marks.append(f"{name} {'body' if '-' in party[0].code else party[0].sector or 'thing'}{' named' if party[0].name else ''}")
        return draft

    def _nearest(self, base: Draft, exclude: list[Actor]) -> list[Actor]:
        """The last party named before the trigger in its sentence that is not among `exclude`."""
        codes = {a.code for a in exclude}
        for m in range(base.k - 1, -1, -1):
            mention = self.items[m].mention
            if mention is not None and mention.actors and mention.form not in ("place", "adjective") and mention.actors[0].code not in codes:
                return [a for a in mention.actors if a.code != "UNK"]
        return []

    def _predicates(self, k: int, item: Item) -> bool:
        """Whether a participle says that something is done («accusing…») rather than names its doer («the accuser»)."""
        if item.pos != "participle":
            return True
        return not item.det and (item.feature.endswith("c") or (k > 0 and self.items[k - 1].kind == PUNCT))

    def abstain(self, reason: str, k: int) -> None:
        item = self.items[k]
        self.abstentions.append(Abstention(reason, Span(self.sentence.starts[item.i], self.sentence.ends[item.j - 1])))

    # ---- parties -----------------------------------------------------------------------------------------------------------

    def _parties(self, draft: Draft) -> None:
        roles, frame = draft.roles, draft.frame
        actors = _distinct(roles.actors)
        recipients = [a for a in _distinct(roles.recipients) if a not in actors]
        joint = _distinct(roles.joint)
        if joint and not (recipients and frame.type not in SYMMETRIC):
            actors = _distinct(actors + joint)
            recipients = [] if frame.type in SYMMETRIC else recipients
        if frame.type in SYMMETRIC and frame.mode != "visit" and recipients:
            actors, recipients = _distinct(actors + recipients), []
        draft.actors, draft.recipients = actors, recipients

    def _aimed(self, base: Draft, end: int) -> list[Actor]:
        """The first other party that stands after the trigger within what it governs."""
        own = {a.code for a in base.actors}
        for m in range(base.k + 1, self._complement_end(base.k, base.roles.end)):
            mention = self.items[m].mention
            if mention is None or mention.form in ("place", "adjective") or any(a.code in own for a in mention.actors):
                continue
            if mention.actors:
                return self._together(m)
        return []

    def _together(self, m: int) -> list[Actor]:
        """The party at item m and those joined to it by «and»."""
        out: list[Actor] = []
        while m < len(self.items):
            item = self.items[m]
            if item.mention is None or (out and not item.conj):
                break
            out += [a for a in item.mention.actors if a.code != "UNK"]
            m += 1
        return out

    def _worth(self, draft: Draft) -> bool:
        """Whether enough is known of who did it."""
        codes = {a.code for a in draft.actors + draft.recipients}
        if not codes:
            return False
        if not draft.actors:
            if draft.frame.type in ("ASSAULT", "COERCE", "SANCTION") and draft.recipients:
                draft.actors = [UNKNOWN]
                return True
            return False
        if draft.frame.type in SYMMETRIC and draft.frame.mode != "visit":
            return len(draft.actors) > 1 or any(a.code.startswith(("IGO-", "REG-")) for a in draft.actors)
        if draft.frame.joint and len({a.code for a in draft.actors}) > 1:
            return True
        return bool(draft.recipients) or draft.frame.type in ("PROTEST", "MOBILIZE", "ASSAULT", "RETREAT", "COERCE", "SANCTION")

    # ---- modality ----------------------------------------------------------------------------------------------------------

    def modality(self, k: int, item: Item) -> Modality | None:
        """How the text presents the deed; None where it is only demanded or aimed at."""
        if item.fut:
            return "future"
        result: Modality | None = "actual"
        near = True
        for m in range(k - 1, max(-1, k - 14), -1):
            other = self.items[m]
            if other.kind == PUNCT:
                if other.word.norm in self.grammar.writing.clause_breaks or other.word.norm in self.grammar.writing.list_comma:
                    break
                continue
            name = klass(other)
            if name in ("rel", "sub"):
                break
            if near and name in ("neg", "negnoun"):
                return "negated"
            if other.kind == MODAL and other.payload is not None:
                kind = other.payload.modality
                if other.payload.scope == "verb" and not near:
                    continue
                if other.payload.scope == "verb" and kind == "hypothetical" and not item.feature.startswith("I"):
                    near = False
                    continue
                if kind == "demanded":
                    return None if item.pos == "noun" or name == "comp" or near else result
                return kind  # type: ignore[return-value]
            if other.kind == TRIGGER and other.pos == "verb":
                if other.fut and item.pos == "noun" and other.lemma is not None and other.lemma.support is not None:
                    return "future"
                if near and other.lemma is not None and other.lemma.support is not None and self._negated(m):
                    return "negated"
                if item.pos == "verb":
                    break
            if other.kind in (ACTOR, WORD) or (other.kind == TRIGGER):
                near = False
        return result

    def _negated(self, k: int) -> bool:
        return k > 0 and klass(self.items[k - 1]) in ("neg", "negnoun")

    def _complement_end(self, k: int, end: int) -> int:
        for m in range(max(k + 1, min(end, k + 2)), len(self.items)):
            other = self.items[m]
            if other.kind == PUNCT and (other.word.norm in self.grammar.writing.list_comma or other.word.norm in self.grammar.writing.clause_breaks):
                return m
            if other.kind == TRIGGER and other.pos == "verb" and other.conj and m > k + 3 and klass(self.items[m - 1]) != "comp":
                return m
            if klass(other) == "sub":
                return m
        return len(self.items)

    # ---- time and place ----------------------------------------------------------------------------------------------------

    def _window(self, draft: Draft) -> range:
        return range(max(0, draft.roles.start - 6), min(len(self.items), max(draft.roles.end + 1, draft.k + 12)))

    def _date(self, draft: Draft, item: Item) -> None:
        best, distance = None, 99
        for m in self._window(draft):
            other = self.items[m]
            if other.kind == DATE and other.date is not None:
                gap = abs(m - draft.k) + (3 if m < draft.roles.start else 0)
                if gap < distance:
                    best, distance = other.date, gap
        published = self.dates.published
        if best is not None:
            draft.date = self.dates.later(best) if draft.modality == "future" and published and best.end < published else best
            if published and draft.date.start > published and draft.modality == "actual":
                draft.modality = "future"
        elif published and draft.modality == "actual" and not self._background(draft):
            from rawabit.model import Precision

            draft.date = DateRange(published, published, Precision.DAY)

    def _background(self, draft: Draft) -> bool:
        """Whether the clause is told as past of the past."""
        for m in range(max(0, draft.roles.start - 2), draft.k):
            if klass(self.items[m]) == "aux":
                return True
        return False

    def _locate(self, draft: Draft) -> None:
        locatives = self.grammar.writing.locatives
        prep = ""
        for m in self._window(draft):
            other = self.items[m]
            if klass(other) == "prep":
                prep = other.payload.canonical if other.payload else ""
                continue
            mention = other.mention
            here = other.prep or prep
            if other.kind == ACTOR and mention is not None and here in locatives and m > draft.roles.start - 1:
                if mention.form in PLACED and mention.payload is not None:
                    draft.place, draft.country = mention.payload.english or None, mention.actors[0].code
                    break
                if mention.form == "state":
                    draft.country = mention.actors[0].code
                    break
            if other.kind == ACTOR:
                prep = ""

    # ---- source and extent -------------------------------------------------------------------------------------------------

    def _credit(self, draft: Draft, reports: list[Report], source: Actor | None) -> None:
        within = [r for r in reports if r.start <= draft.k < r.end]
        if within:
            speakers = within[-1].speakers
            if not any(s.code == a.code and s.name == a.name for s in speakers for a in draft.actors):
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


class Choice:
    """A frame that a trigger may have: the token that its need is met by (-1: it has none), and whether it is only weakly supported."""

    __slots__ = ("frame", "needed", "weak")

    def __init__(self, frame: Frame, needed: int, weak: bool) -> None:
        self.frame, self.needed, self.weak = frame, needed, weak


def choose_frames(frames: tuple[Frame, ...], items: list[Item], k: int, sentence: Sentence) -> list[Choice]:
    """The frames of a word that its clause supports, best first, one for each type: nearest need met, then those without needs, then weak ones."""
    item = items[k]
    out = [Choice(frame, n, False) for frame, n in _needs_met(frames, item, sentence)]
    out += [Choice(frame, -1, False) for frame in frames if not frame.need]
    out += [Choice(frame, -1, True) for frame in frames if frame.need]
    seen: set[str] = set()
    chosen = []
    for choice in out:
        if choice.frame.type not in seen and not _barred(choice.frame, item, sentence):
            seen.add(choice.frame.type)
            chosen.append(choice)
    return chosen[:MAXIMAL_FRAMES]


def _needs_met(frames: tuple[Frame, ...], item: Item, sentence: Sentence) -> list[tuple[Frame, int]]:
    """(frame, token) of every frame with a need that the clause meets, the nearest first."""
    needy = [f for f in frames if f.need]
    if not needy:
        return []
    out = []
    words = sentence.words
    for n in range(item.j, min(len(words), item.j + NEED_REACH)):
        word = words[n]
        if word.closes:
            break
        stems = word.stems
        pairs = {f"{stem} {words[n + 1].norm}" for stem in stems} if n + 1 < len(words) else stems
        out += [(frame, n) for frame in needy if not (frame.need.isdisjoint(stems) and frame.need.isdisjoint(pairs))]
    return out


def _barred(frame: Frame, item: Item, sentence: Sentence) -> bool:
    if not frame.bar:
        return False
    before = sentence.words[item.i - 1].stems if item.i else frozenset()
    return not frame.bar.isdisjoint(before) or not frame.bar.isdisjoint(_stems_after(sentence, item.j, BAR_REACH))


def _stems_after(sentence: Sentence, j: int, reach: int) -> set[str]:
    """Stems of the words from token j on, within reach and the clause; and pairs of neighbouring words as written."""
    out: set[str] = set()
    words = sentence.words
    last = len(words)
    for n in range(j, min(last, j + reach)):
        word = words[n]
        if word.closes:
            break
        out |= word.stems
        if n + 1 < last and not words[n + 1].closes:
            following = words[n + 1].norm
            out.update([f"{stem} {following}" for stem in word.stems])
    return out


def salience_marks(salience: Salience, actors: set[str], recipients: set[str], kind: str) -> list[str]:
    """How central the parties are to the report, and how often they are named together."""
    marks = []
    if actors:
        marks.append(f"actor rank {min(map(salience.rank, actors))}")
    if recipients:
        marks.append(f"recipient rank {min(map(salience.rank, recipients))}")
    pair = sorted(actors | recipients)
    if len(pair) > 1:
        together = max(salience.together(a, b) for n, a in enumerate(pair) for b in pair[n + 1 :])
        marks += [f"together {together}", f"{kind} together {together}"]
    return marks


def _distinct(actors: list[Actor]) -> list[Actor]:
    """Actors once each; a body without a name gives way to the same body with one."""
    out: list[Actor] = []
    for actor in actors:
        if actor.code == "UNK" or actor in out:
            continue
        out.append(actor)
    return out
