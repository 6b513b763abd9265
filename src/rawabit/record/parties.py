"""Who may be the parties of a trigger: the grammar's own reading and every other that the sentence offers, each with marks for the judge.

Order of work: the groups of parties named in the sentence, options for actor and recipient, their pairs. Refuses to decide; `judge` does.
"""
from __future__ import annotations

from rawabit.mention.item import ACTOR, PUNCT, Item, Mention
from rawabit.mention.resolve import Discourse
from rawabit.mention.salience import Salience
from rawabit.model import Actor
from rawabit.model.reading import UNKNOWN
from rawabit.record.clause import klass
from rawabit.record.draft import Draft, acts_together

GROUPS_EACH_SIDE = 3
"""Groups of parties before and after a trigger that may be its parties."""
ACTOR_OPTIONS, RECIPIENT_OPTIONS = 6, 6
STEPS = (1, 2, 3, 5, 8, 13)
"""Upper ends of the distance classes, in items."""
LONE = frozenset({"PROTEST", "MOBILIZE", "ASSAULT", "RETREAT", "COERCE", "SANCTION"})
"""Types that need no recipient."""
AGENTLESS = frozenset({"ASSAULT", "COERCE", "SANCTION"})
"""Types that a passive may tell without an agent."""


class Option:
    """One possible party: who, where it was taken from, and its marks without the role's name."""

    __slots__ = ("actors", "codes", "index", "marks", "source")

    def __init__(self, actors: list[Actor], source: str, index: int, marks: list[str]) -> None:
        self.actors, self.source, self.index, self.marks = actors, source, index, marks
        self.codes = frozenset(a.code for a in actors)


class Reading:
    """One reading of a trigger's parties; `parts` are lists of marks, several shared with other readings of the trigger."""

    __slots__ = ("actors", "draft", "parts", "recipients")

    def __init__(self, draft: Draft, actors: list[Actor], recipients: list[Actor], parts: tuple[list[str], ...]) -> None:
        self.draft, self.actors, self.recipients, self.parts = draft, actors, recipients, parts


class Group:
    """Parties joined by «and», at items `first` to `last`."""

    __slots__ = ("actors", "first", "last", "mention")

    def __init__(self, first: int, last: int, mention: Mention, actors: list[Actor]) -> None:
        self.first, self.last, self.mention, self.actors = first, last, mention, actors


class Parties:
    """Reads the parties of the triggers of one sentence."""

    def __init__(self, items: list[Item], discourse: Discourse, salience: Salience) -> None:
        self.items, self.discourse, self.salience = items, discourse, salience
        self.groups = _groups(items)
        self.codes = {a.code for g in self.groups for a in g.actors}
        self._barriers = _barriers(items)

    def readings(self, draft: Draft, shared: list[str]) -> list[Reading]:
        """Every reading of a draft's parties, the grammar's own first."""
        together = acts_together(draft.frame)
        actors = self._actor_options(draft)
        others = self._recipient_options(draft, together)
        kind = draft.frame.type
        named = [self._named("actor", kind, option) for option in actors]
        aimed = [self._named("recipient", kind, option) for option in others]
        out = []
        for m, actor in enumerate(actors):
            for n, other in enumerate(others):
                reading = self._pair(draft, actor, other, together, (shared, named[m], aimed[n]))
                if reading is not None:
                    out.append(reading)
        return out

    # ---- options -----------------------------------------------------------------------------------------------------------

    def _actor_options(self, draft: Draft) -> list[Option]:
        own = draft.actors
        out = [Option(own, "grammar", self._where(own), [f"by {draft.roles.by}"])] if own else []
        if not own and draft.frame.type in AGENTLESS:
            out.append(Option([UNKNOWN], "nobody", -1, []))
        out += self._named_groups(draft, out)
        for source, actors in (("speaker", self.discourse.speaker), ("subject", self.discourse.subject)):
            self._add(out, Option(list(actors), source, -1, []))
        return out[:ACTOR_OPTIONS]

    def _recipient_options(self, draft: Draft, together: bool) -> list[Option]:
        own = draft.recipients
        out = [Option(own, "grammar", self._where(own), [f"by {draft.roles.object_by}"])] if own else []
        if together or draft.frame.type in LONE or draft.frame.joint:
            out.append(Option([], "nobody", -1, []))
        out += self._named_groups(draft, out)
        scene = draft.country or self.discourse.scene
        if scene:
            self._add(out, Option([Actor(scene, "CVL")], "scene", -1, []))
        return out[:RECIPIENT_OPTIONS]

    def _named_groups(self, draft: Draft, known: list[Option]) -> list[Option]:
        """The groups nearest to the trigger, those after it first; a group that is the grammar's own adds its marks there."""
        k = draft.k
        before = [g for g in self.groups if g.last < k][-GROUPS_EACH_SIDE:]
        after = [g for g in self.groups if g.first > k][:GROUPS_EACH_SIDE]
        out: list[Option] = []
        for rank, group in [*enumerate(after), *enumerate(reversed(before))]:
            marks = self._place(group, k, rank)
            same = next((o for o in known if o.source == "grammar" and o.codes == frozenset(a.code for a in group.actors)), None)
            if same is not None:
                if len(same.marks) < 2:
                    same.marks += marks
                continue
            self._add(out, Option(group.actors, "named", group.first, marks))
        return out

    def _add(self, options: list[Option], option: Option) -> None:
        if option.actors and option.codes - {"UNK"} and all(o.codes != option.codes for o in options):
            options.append(option)

    def _where(self, actors: list[Actor]) -> int:
        return next((g.first for g in self.groups if actors and g.actors and g.actors[0] == actors[0]), -1)

    # ---- marks -------------------------------------------------------------------------------------------------------------

    def _place(self, group: Group, k: int, rank: int) -> list[str]:
        """Where a group stands as seen from the trigger at item k."""
        after = group.first > k
        side = "after" if after else "before"
        gap = group.first - k if after else k - group.last
        low, high = (k, group.first) if after else (group.last, k)
        walls = self._barriers[high] - self._barriers[low]
        item = self.items[group.first]
        slot = item.prep or self._prep_before(group.first)
        sure = "guessed" if group.mention.guessed else "said"
        return [sure, f"{side} {rank}", f"{side} gap {_step(gap)}", f"{side} walls {min(3, walls)}", f"{side} slot {slot or 'bare'}", f"form {group.mention.form}"]

    def _prep_before(self, m: int) -> str:
        """The preposition that governs item m, with at most a noun between."""
        for n in (m - 1, m - 2):
            if n < 0:
                return "first"
            item = self.items[n]
            if klass(item) == "prep" and item.payload is not None:
                return item.payload.canonical
            if klass(item) or item.kind == PUNCT:
                return klass(item) or "mark"
            if item.prep:
                return item.prep
        return ""

    def _named(self, role: str, kind: str, option: Option) -> list[str]:
        """An option's marks in a role, alone and with the type of the deed."""
        marks = [f"{role} from {option.source}", f"{kind} {role} from {option.source}"]
        for mark in option.marks:
            marks += [f"{role} {mark}", f"{kind} {role} {mark}"]
        if option.actors:
            first = option.actors[0]
            who = "body" if "-" in first.code else first.sector or "thing"
            marks += [f"{role} {who}{' named' if first.name else ''}", f"{kind} {role} {who}", f"{role} count {min(3, len(option.codes))}",
                      f"{role} rank {min(map(self.salience.rank, option.codes))}"]
        return marks

    def _pair(self, draft: Draft, actor: Option, other: Option, together: bool, parts: tuple[list[str], ...]) -> Reading | None:
        """Actor and recipient options as one reading; None where they cannot go together."""
        kind = draft.frame.type
        own = actor.source == other.source == "grammar" or (actor.source == "grammar" and not other.actors)
        if actor.codes & other.codes and not own:
            return None
        actors = _distinct([*actor.actors, *other.actors]) if together else _distinct(actor.actors, keep_unknown=True)
        recipients = [] if together else [a for a in _distinct(other.actors) if a not in actors]
        codes = actor.codes | other.codes
        if not codes - {"UNK"} or (together and len(actors) < 2 and not any(a.code.startswith(("IGO-", "REG-")) for a in actors)):
            return None
        marks = ["own" if own else "made", f"{kind} {'own' if own else 'made'}", f"{actor.source} {other.source}", f"codes {min(4, len(self.codes))}"]
        if len(codes - {"UNK"}) == 1:
            marks += ["domestic", f"domestic {kind}"]
        if codes >= self.codes:
            marks.append("all named")
        if actor.index >= 0 and other.index >= 0:
            marks.append("actor first" if actor.index < other.index else "recipient first")
        marks += together_marks(self.salience, codes, kind)
        return Reading(draft, actors, recipients, (*parts, marks))


def together_marks(salience: Salience, codes: frozenset[str], kind: str) -> list[str]:
    """How often two parties are named together in the report."""
    pair = sorted(codes)
    if len(pair) < 2:
        return []
    together = max(salience.together(a, b) for n, a in enumerate(pair) for b in pair[n + 1 :])
    return [f"together {together}", f"{kind} together {together}"]


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
            out.append(Group(k, k, mention, actors))
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


def _distinct(actors: list[Actor], keep_unknown: bool = False) -> list[Actor]:
    """Actors once each."""
    out: list[Actor] = []
    for actor in actors:
        if actor not in out and (keep_unknown or actor.code != "UNK"):
            out.append(actor)
    return out
