"""Who may be the parties of a trigger: the grammar's own reading and every other that the sentence offers, each weighed by the judge.

Order of work: the groups of parties named in the sentence, options for actor and recipient, their pairs. Refuses to decide; `judge` does.
"""

from __future__ import annotations

from rawabit.lexicon.memo import Memo
from rawabit.mention.item import ACTOR, PUNCT, Item, Mention
from rawabit.mention.resolve import Discourse, Told
from rawabit.mention.salience import Salience
from rawabit.model import Actor
from rawabit.model.reading import BODIES, UNKNOWN
from rawabit.record.clause import describes_party, describes_place
from rawabit.record.draft import UNTOLD, Draft, acts_together
from rawabit.record.judge import GRAMMAR, NO_TRAIT, NOTHING_BESIDE, Joint, Judge, Option, Reading, Trait, goes_together

GROUPS_EACH_SIDE = 3
"""Groups of parties before and after a trigger that may be its parties."""
ACTOR_OPTIONS, RECIPIENT_OPTIONS = 6, 6
DESCRIBING = ("thing", "adjective", "nat", "place")
"""Forms of mentions that say whose something is rather than name a party."""
TOPICS = 2
"""Codes that a report names most that may be parties of a deed in any of its sentences."""
STEPS = (1, 2, 3, 5, 8, 13)
"""Upper ends of the distance classes, in items."""
GAPS = [next((n for n, end in enumerate(STEPS) if gap <= end), len(STEPS)) for gap in range(STEPS[-1] + 2)]
"""The distance class of every gap; the last holds for all wider ones."""
GOVERNOR_REACH = 3
"""Items before a party among which the word stands that governs it."""
AGREEMENT = {None: "", True: "agrees", False: "disagrees"}
"""Whether the verb has the gender of a party."""
LONE = frozenset({"PROTEST", "MOBILIZE", "ASSAULT", "RETREAT", "COERCE", "SANCTION"})
"""Types that need no recipient."""
AGENTLESS = frozenset({"ASSAULT", "COERCE", "SANCTION"})
"""Types that a passive may tell without an agent."""


class Group:
    """Parties joined by «and», at items `first` to `last`. `within`: the word by which they only describe a party before them, else -1."""

    __slots__ = ("actors", "beside", "codes", "first", "last", "mention", "slot", "who", "within")

    def __init__(self, first: int, mention: Mention, actors: list[Actor]) -> None:
        self.first = self.last = first
        self.within = -1
        self.mention, self.actors, self.slot = mention, actors, ""
        self.codes: frozenset[str] = frozenset()
        self.who, self.beside = NO_TRAIT, NOTHING_BESIDE


class Parties:
    """Reads the parties of the triggers of one sentence."""

    def __init__(self, items: list[Item], discourse: Discourse, salience: Salience, judge: Judge) -> None:
        self.items, self.discourse, self.salience, self.judge = items, discourse, salience, judge
        self.groups = _groups(items)
        for group in self.groups:
            group.codes = frozenset([a.code for a in group.actors])
            group.slot = items[group.first].prep or self._prep_before(group.first)
            group.who = self._who("named", group.actors, group.codes)
            group.beside = judge.besides[self._governor(group.first), self._follower(group.last)]
        self.codes: frozenset[str] = frozenset().union(*[g.codes for g in self.groups])
        self._barriers = _barriers(items)
        self._near: dict[int, list[Option]] = {}
        self._joints: dict[tuple[frozenset[str], frozenset[str]], Joint] = {}
        self._known: dict[str, Option] = {}
        self._topics: dict[str, Option] = {}
        self._parts: tuple[int, Memo[frozenset[str], Trait]] | None = None

    def readings(self, draft: Draft, best: int) -> list[Reading]:
        """The readings of a draft's parties that may weigh more than `best`, the grammar's own first, each set of parties once."""
        together, kind, judge, joints = acts_together(draft.frame), draft.frame.type, self.judge, self._joints
        given, made = judge.most[kind, True], judge.most[kind, False]
        parts, told = self._parts_at(draft), self.discourse.told.get(kind)
        options = self._recipient_options(draft, together, told)
        others = [(option, option.as_recipient(kind) + parts[option.codes].recipient[kind]) for option in options]
        top = max([weight for _, weight in others], default=0)
        out: list[Reading] = []
        seen: set[frozenset[str]] = set()
        for actor in self._actor_options(draft, told):
            base = draft.weight + actor.as_actor(kind) + parts[actor.codes].actor[kind]
            grammar = actor.source == GRAMMAR
            if base + top + made <= best and not (grammar or together):
                continue
            for other, weight in others:
                own = grammar and goes_together(GRAMMAR, other.source)
                hopeful = base + weight + (given if own else made) > best
                if not (hopeful or together):
                    continue
                joint = joints.get((actor.codes, other.codes)) or self._join(actor.codes, other.codes)
                if not joint.sure or not (own or joint.apart):
                    continue
                if together:
                    if joint.codes in seen or (joint.sure < 2 and not any(a.code.startswith(BODIES) for a in actor.actors)):
                        continue
                    seen.add(joint.codes)
                    if not hopeful:
                        continue
                again = told is not None and told.has(actor.codes, other.codes, together)
                out.append(self._weighed(Reading(draft, actor, other, together, base + weight, own, "", joint, again), joint))
                best = max(best, out[-1].score)
        return out

    def _parts_at(self, draft: Draft) -> Memo[frozenset[str], Trait]:
        """What the parts weigh that parties have in the deeds around a trigger, the same under every frame of it."""
        if self._parts is None or self._parts[0] != draft.k:
            traits = self.judge.parts
            self._parts = draft.k, Memo(lambda codes: traits[draft.parts(codes)])
        return self._parts[1]

    def _weighed(self, reading: Reading, joint: Joint) -> Reading:
        """A reading of weighed parties with the weight of how the two go together added."""
        actor, other, kind = reading.actor, reading.other, reading.draft.frame.type
        if actor.index >= 0 and other.index >= 0:
            reading.order = "actor first" if actor.index < other.index else "recipient first"
        order = self.judge.orders[actor.source, other.source, reading.order]
        reading.score += self.judge.hows[kind, reading.own] + order + joint.fit.weights[kind]
        if reading.again:
            reading.score += self.judge.again[kind]
        return reading

    # ---- options -----------------------------------------------------------------------------------------------------------

    def _option(self, source: str, actors: list[Actor], codes: frozenset[str]) -> Option:
        return Option(actors, codes, source, -1, self._who(source, actors, codes))

    def _who(self, source: str, actors: list[Actor], codes: frozenset[str], by: str = "") -> Trait:
        """Where parties are taken from, and of what nature they are."""
        first = actors[0]
        kind = "body" if "-" in first.code else first.sector or "thing"
        rank = min([self.salience.rank(code) for code in codes])
        return self.judge.natures[source, by, kind, bool(first.name), min(3, len(codes)), rank]

    def _actor_options(self, draft: Draft, told: Told | None) -> list[Option]:
        """Each set of parties once; no more than ACTOR_OPTIONS beside those that the report told."""
        out, named = [], self._named_groups(draft.k)
        if draft.actors:
            out.append(self._own(draft.actors, draft.roles.by, named))
            named = [o for o in named if o.codes != out[0].codes]
        elif draft.frame.type in AGENTLESS:
            out.append(self._option("nobody", [UNKNOWN], UNTOLD))
        out += named
        for source, actors in (("speaker", self.discourse.speaker), ("subject", self.discourse.subject)):
            if actors and len(out) < ACTOR_OPTIONS:
                _add(out, self._remembered(source, actors))
        return self._with_known(out[:ACTOR_OPTIONS], told.actors if told else [], "doers")

    def _recipient_options(self, draft: Draft, together: bool, told: Told | None) -> list[Option]:
        """Each set of parties once; no more than RECIPIENT_OPTIONS beside those that the report told."""
        out, named = [], self._named_groups(draft.k)
        if draft.recipients:
            out.append(self._own(draft.recipients, draft.roles.object_by, named))
            named = [o for o in named if o.codes != out[0].codes]
        if together or draft.frame.type in LONE or draft.frame.joint:
            out.append(self.judge.nobody)
        out += named
        scene = draft.country or self.discourse.scene
        if scene and len(out) < RECIPIENT_OPTIONS:
            _add(out, self._at(scene))
        return self._with_known(out[:RECIPIENT_OPTIONS], told.recipients if told else [], "others")

    def _with_known(self, options: list[Option], told: list[Actor], side: str) -> list[Option]:
        """Adds a party of the last deed of the type, and those whom the report names most, whom its sentences need not name again."""
        if told:
            _add(options, self._remembered("again", told, side))
        for code in self.salience.order[:TOPICS]:
            _add(options, self._topic(code))
        return options

    def _topic(self, code: str) -> Option:
        """A state or body that the report is about as an option, as it was named last."""
        known = self._topics.get(code)
        if known is None:
            named = (a for a, m in reversed(self.discourse.named) if a.code == code and m.form not in DESCRIBING)
            actor = next(named, Actor(code, "GOV" if len(code) == 3 else ""))
            known = self._topics[code] = self._option("topic", [actor], frozenset((code,)))
        return known

    def _remembered(self, source: str, actors: list[Actor], side: str = "") -> Option:
        """Who spoke or acted last as an option, made once while they stay the same; `side`: of a deed told before."""
        known = self._known.get(side or source)
        if known is None or known.actors is not actors:
            known = self._known[side or source] = self._option(source, actors, frozenset([a.code for a in actors]))
        return known

    def _at(self, scene: str) -> Option:
        """The people of a country as an option."""
        known = self._known.get(scene)
        if known is None:
            known = self._known[scene] = self._option("scene", [Actor(scene, "CVL")], frozenset((scene,)))
        return known

    def _own(self, actors: list[Actor], by: str, named: list[Option]) -> Option:
        """The grammar's own parties, with the place of the group that they are, where they are one."""
        first, codes = actors[0], frozenset([a.code for a in actors])
        index = next((g.first for g in self.groups if g.actors[0] == first), -1)
        same = next((o for o in named if o.codes == codes), None)
        place, beside = (same.place, same.beside) if same is not None else (NO_TRAIT, NOTHING_BESIDE)
        return Option(actors, codes, GRAMMAR, index, self._who(GRAMMAR, actors, codes, by), place, beside)

    def _named_groups(self, k: int) -> list[Option]:
        """The groups nearest to the trigger at item k, those after it first, each set of parties once."""
        known = self._near.get(k)
        if known is None:
            groups = [g for g in self.groups if g.within in (-1, k)]
            before = [g for g in groups if g.last < k][: -GROUPS_EACH_SIDE - 1 : -1]
            after = [g for g in groups if g.first > k][:GROUPS_EACH_SIDE]
            first: dict[frozenset[str], Option] = {}
            for rank, group in [*enumerate(after), *enumerate(before)]:
                if group.codes not in first:
                    place = self.judge.places[self._place(group, k, rank)]
                    first[group.codes] = Option(group.actors, group.codes, "named", group.first, group.who, place, group.beside)
            known = self._near[k] = list(first.values())
        return known

    # ---- marks -------------------------------------------------------------------------------------------------------------

    def _place(self, group: Group, k: int, rank: int) -> tuple[str | int, ...]:
        """Where a group stands as seen from the trigger at item k."""
        after = group.first > k
        gap = group.first - k if after else k - group.last
        low, high = (k, group.first) if after else (group.last, k)
        walls = self._barriers[high] - self._barriers[low]
        return (
            "guessed" if group.mention.guessed else "said",
            "after" if after else "before",
            rank,
            GAPS[min(gap, len(GAPS) - 1)],
            min(3, walls),
            group.slot or "bare",
            group.mention.form,
            AGREEMENT[group.mention.agrees_with(self.items[k])],
        )

    def _governor(self, m: int) -> str:
        """The preposition and the word that govern item m."""
        prep = self.items[m].prep
        for item in reversed(self.items[max(0, m - GOVERNOR_REACH) : m]):
            if item.klass != "prep":
                return f"{prep} {item.citation}"
            prep = prep or (item.payload.canonical if item.payload is not None else "")
        return prep

    def _follower(self, m: int) -> str:
        """The word after item m."""
        return self.items[m + 1].citation if m + 1 < len(self.items) else ""

    def _prep_before(self, m: int) -> str:
        """The preposition that governs item m, with at most a noun between."""
        for n in (m - 1, m - 2):
            if n < 0:
                return "first"
            item = self.items[n]
            name = item.klass
            if name == "prep" and item.payload is not None:
                return item.payload.canonical if item.governs else "bound"
            if name or item.kind == PUNCT:
                return name or "mark"
            if item.prep:
                return item.prep
        return ""

    def _join(self, codes: frozenset[str], others: frozenset[str]) -> Joint:
        """Two sets of parties as those of one deed, made once for the sentence."""
        every = codes | others
        sure = len(every) - ("UNK" in every)
        fit = self.judge.fits[min(4, len(self.codes)), sure == 1, every >= self.codes, self.salience.most_together(every)]
        joint = self._joints[codes, others] = Joint(every, sure, codes.isdisjoint(others), fit)
        return joint


def _add(options: list[Option], option: Option) -> None:
    """Adds an option that names someone whom no option before it names."""
    if option.codes != UNTOLD and all(o.codes != option.codes for o in options):
        options.append(option)


def _groups(items: list[Item]) -> list[Group]:
    """The named parties of a sentence, those joined by «and» as one; places and adjectives of deeds alone are none."""
    out: list[Group] = []
    for k, item in enumerate(items):
        mention = item.mention
        if item.kind != ACTOR or mention is None or mention.form == "place" or describes_place(items, k):
            continue
        actors = [a for a in mention.actors if a.code != "UNK"]
        if not actors:
            continue
        last = out[-1] if out else None
        if last is not None and last.last == k - 1 and item.conj and not item.prep and mention.form != "adjective":
            last.actors = [*last.actors, *actors]
            last.last = k
        else:
            out.append(Group(k, mention, actors))
            out[-1].within = describes_party(items, k)
    return out


def _barriers(items: list[Item]) -> list[int]:
    """For each item how many clause openings (finite verbs, complementisers, relatives, conjunctions, marks) stand up to it."""
    out, count = [], 0
    for item in items:
        if (item.kind == "T" and item.pos == "verb") or item.klass in ("comp", "rel", "sub") or item.kind == PUNCT:
            count += 1
        out.append(count)
    return out
