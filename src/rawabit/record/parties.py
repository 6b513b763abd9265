"""Who may be the parties of a trigger: the grammar's own reading and every other that the sentence offers, each weighed by the judge.

Order of work: the groups of parties named in the sentence, options for actor and recipient, their pairs. Refuses to decide; `judge` does.
"""

from __future__ import annotations

from rawabit.mention.item import ACTOR, PUNCT, Item, Mention
from rawabit.mention.resolve import Discourse
from rawabit.mention.salience import Salience
from rawabit.model import Actor
from rawabit.model.reading import BODIES, UNKNOWN
from rawabit.record.clause import klass
from rawabit.record.draft import Draft, acts_together
from rawabit.record.judge import Judge, Option, Reading

GROUPS_EACH_SIDE = 3
"""Groups of parties before and after a trigger that may be its parties."""
ACTOR_OPTIONS, RECIPIENT_OPTIONS = 6, 6
STEPS = (1, 2, 3, 5, 8, 13)
"""Upper ends of the distance classes, in items."""
LONE = frozenset({"PROTEST", "MOBILIZE", "ASSAULT", "RETREAT", "COERCE", "SANCTION"})
"""Types that need no recipient."""
AGENTLESS = frozenset({"ASSAULT", "COERCE", "SANCTION"})
"""Types that a passive may tell without an agent."""


class Group:
    """Parties joined by «and», at items `first` to `last`."""

    __slots__ = ("actors", "codes", "first", "last", "mention", "slot")

    def __init__(self, first: int, mention: Mention, actors: list[Actor]) -> None:
        self.first = self.last = first
        self.mention, self.actors, self.slot = mention, actors, ""
        self.codes: frozenset[str] = frozenset()


class Parties:
    """Reads the parties of the triggers of one sentence."""

    def __init__(self, items: list[Item], discourse: Discourse, salience: Salience, judge: Judge) -> None:
        self.items, self.discourse, self.salience, self.judge = items, discourse, salience, judge
        self.groups = _groups(items)
        for group in self.groups:
            group.codes = frozenset([a.code for a in group.actors])
            group.slot = items[group.first].prep or self._prep_before(group.first)
        self.codes: frozenset[str] = frozenset().union(*[g.codes for g in self.groups])
        self._barriers = _barriers(items)
        self._near: dict[int, list[Option]] = {}

    def readings(self, draft: Draft) -> list[Reading]:
        """Every reading of a draft's parties, the grammar's own first, each set of parties once."""
        together = acts_together(draft.frame)
        actors = self._actor_options(draft)
        others = self._recipient_options(draft, together)
        kind, judge = draft.frame.type, self.judge
        weights = [judge.option("recipient", kind, option) for option in others]
        out = []
        seen: set[frozenset[str] | tuple[frozenset[str], frozenset[str]]] = set()
        for actor in actors:
            base = draft.weight + judge.option("actor", kind, actor)
            for other, weight in zip(others, weights, strict=True):
                reading = self._pair(draft, actor, other, together)
                key = actor.codes | other.codes if together else (actor.codes, other.codes)
                if reading is not None and key not in seen:
                    seen.add(key)
                    reading.score = base + weight + judge.pair(reading.pair)
                    out.append(reading)
        return out

    # ---- options -----------------------------------------------------------------------------------------------------------

    def _option(self, actors: list[Actor], source: str, index: int = -1, by: str = "", place: tuple[str | int, ...] = ()) -> Option:
        codes = frozenset([a.code for a in actors])
        who: tuple[str | int | bool, ...] = ()
        if actors:
            first = actors[0]
            kind = "body" if "-" in first.code else first.sector or "thing"
            who = (kind, bool(first.name), min(3, len(codes)), min(map(self.salience.rank, codes)))
        return Option(actors, codes, source, index, by, who, place)

    def _actor_options(self, draft: Draft) -> list[Option]:
        own = draft.actors
        out = [self._own(draft, own, draft.roles.by)] if own else []
        if not own and draft.frame.type in AGENTLESS:
            out.append(self._option([UNKNOWN], "nobody"))
        self._add_all(out, self._named_groups(draft.k))
        for source, actors in (("speaker", self.discourse.speaker), ("subject", self.discourse.subject)):
            if len(out) < ACTOR_OPTIONS and actors:
                self._add_all(out, [self._option(list(actors), source)])
        return out[:ACTOR_OPTIONS]

    def _recipient_options(self, draft: Draft, together: bool) -> list[Option]:
        own = draft.recipients
        out = [self._own(draft, own, draft.roles.object_by)] if own else []
        if together or draft.frame.type in LONE or draft.frame.joint:
            out.append(self._option([], "nobody"))
        self._add_all(out, self._named_groups(draft.k))
        scene = draft.country or self.discourse.scene
        if scene and len(out) < RECIPIENT_OPTIONS:
            self._add_all(out, [self._option([Actor(scene, "CVL")], "scene")])
        return out[:RECIPIENT_OPTIONS]

    def _own(self, draft: Draft, actors: list[Actor], by: str) -> Option:
        """The grammar's own parties, with the place of the group that they are, where they are one."""
        where = next((g.first for g in self.groups if g.actors and g.actors[0] == actors[0]), -1)
        codes = frozenset([a.code for a in actors])
        place = next((o.place for o in self._named_groups(draft.k) if o.codes == codes), ())
        return self._option(actors, "grammar", where, f"by {by}", place)

    def _named_groups(self, k: int) -> list[Option]:
        """The groups nearest to the trigger at item k, those after it first."""
        known = self._near.get(k)
        if known is None:
            before = [g for g in self.groups if g.last < k][-GROUPS_EACH_SIDE:]
            after = [g for g in self.groups if g.first > k][:GROUPS_EACH_SIDE]
            known = self._near[k] = [
                self._option(group.actors, "named", group.first, "", self._place(group, k, rank))
                for rank, group in [*enumerate(after), *enumerate(reversed(before))]
            ]
        return known

    def _add_all(self, options: list[Option], more: list[Option]) -> None:
        """Adds the options that name someone whom no option before them names."""
        codes = {o.codes for o in options}
        for option in more:
            if option.codes not in codes and option.codes != {"UNK"}:
                codes.add(option.codes)
                options.append(option)

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
            _step(gap),
            min(3, walls),
            group.slot or "bare",
            group.mention.form,
        )

    def _prep_before(self, m: int) -> str:
        """The preposition that governs item m, with at most a noun between."""
        for n in (m - 1, m - 2):
            if n < 0:
                return "first"
            item = self.items[n]
            name = klass(item)
            if name == "prep" and item.payload is not None:
                return item.payload.canonical
            if name or item.kind == PUNCT:
                return name or "mark"
            if item.prep:
                return item.prep
        return ""

    def _pair(self, draft: Draft, actor: Option, other: Option, together: bool) -> Reading | None:
        """Actor and recipient options as one reading; None where they cannot go together."""
        own = actor.source == "grammar" and (other.source == "grammar" or not other.actors)
        if not own and not actor.codes.isdisjoint(other.codes):
            return None
        codes = actor.codes | other.codes
        sure = len(codes) - ("UNK" in codes)
        if not sure or (together and sure < 2 and not any(a.code.startswith(BODIES) for a in actor.actors)):
            return None
        order = "" if actor.index < 0 or other.index < 0 else "actor first" if actor.index < other.index else "recipient first"
        pair = (
            draft.frame.type,
            own,
            actor.source,
            other.source,
            min(4, len(self.codes)),
            sure == 1,
            codes >= self.codes,
            order,
            self.salience.most_together(codes),
        )
        return Reading(draft, actor, other, together, pair)


def _groups(items: list[Item]) -> list[Group]:
    """The named parties of a sentence, those joined by «and» as one; places and adjectives of deeds alone are none."""
    out: list[Group] = []
    for k, item in enumerate(items):
        mention = item.mention
        if item.kind != ACTOR or mention is None or mention.form == "place":
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
    return out


def _barriers(items: list[Item]) -> list[int]:
    """For each item how many clause openings (finite verbs, complementisers, relatives, conjunctions, marks) stand up to it."""
    out, count = [], 0
    for item in items:
        if (item.kind == "T" and item.pos == "verb") or klass(item) in ("comp", "rel", "sub") or item.kind == PUNCT:
            count += 1
        out.append(count)
    return out


def _step(gap: int) -> int:
    return next((n for n, end in enumerate(STEPS) if gap <= end), len(STEPS))
