"""Who does and who suffers: the slots of a clause read through a frame.

Order of work: subject (before the verb, after it, dropped), object, prepositions of the frame, co-actors. Refuses to fill a role from an
adjunct.
"""

from __future__ import annotations

from rawabit.lexicon.lemma import Frame
from rawabit.lexicon.load import Lexicon
from rawabit.mention.item import ACTOR, DATE, NUMBER, PUNCT, TRIGGER, WORD, Item, Mention
from rawabit.mention.resolve import Discourse
from rawabit.model import Actor
from rawabit.record.clause import ADJUNCT, AGENT, DIRECT, OWNED, Slot, collect_after, subject_before, topic_before

PLACED = ("place", "capital")
GENERIC = ("CVL", "REF", "JRN", "UAF", "SOC", "EDU", "LAB", "MED", "BUS", "AGR")
"""Sectors that suffer force and arrest more often than they use it."""
INDEFINITE = ("nat", "thing", "group")
"""Forms of mentions that name nobody in particular."""
FORCE = "ASSAULT"
REFUSED = ("ACCUSE", "SANCTION", "REQUEST", "THREATEN")
"""Types of deeds that their recipient may refuse in words."""
OWN = ("genitive", "agent", "enclitic")
"""How a noun names the doer of its deed itself."""
JUDGED = ("ACCUSE", "SUPPORT", "REJECT")
"""Types of deeds done to whoever did the deed that is their object."""
NEAR_VERB = 5
"""Items between a verb and the deed noun that is its object, at most."""


class Roles:
    """The filled roles of one trigger, and the stretch of items that its clause covers."""

    __slots__ = ("actors", "by", "end", "inherited", "joint", "object_by", "recipients", "slots", "start", "subject_known")

    def __init__(self) -> None:
        self.actors: list[Actor] = []
        self.recipients: list[Actor] = []
        self.joint: list[Actor] = []
        self.slots: list[Slot] = []
        self.start = self.end = 0
        self.by = self.object_by = "none"
        self.inherited = False
        self.subject_known = False


class Grammar:
    """Fills roles in one sentence."""

    def __init__(self, lexicon: Lexicon, discourse: Discourse, items: list[Item]) -> None:
        self.lexicon, self.discourse, self.items = lexicon, discourse, items
        self.writing = lexicon.orthography
        self.subjects: dict[int, list[Actor]] = {}
        self.main: list[Actor] = []
        self._after: dict[int, tuple[list[Slot], int]] = {}
        self._clauses: dict[int, tuple[Slot | None, list[Slot]]] = {}

    def after(self, k: int) -> tuple[list[Slot], int]:
        """The slots after item k and where its clause ends. Not to be changed."""
        known = self._after.get(k)
        if known is None:
            known = self._after[k] = collect_after(self.items, k, self.writing, self.lexicon.pronouns)
        return known

    # ---- verbs -------------------------------------------------------------------------------------------------------------

    def verb(self, k: int, frame: Frame) -> Roles:
        """The roles of a finite verb or participle at item k."""
        roles = Roles()
        roles.slots, roles.end = self.after(k)
        before, direct = self._around(k)
        roles.start = min(k, before.index) if before else k
        subject, rest = self._split(k, before, direct, frame, roles)
        roles.actors = subject
        objects = self._objects(k, rest, before, subject)
        self._recipients(frame, roles, objects)
        if not roles.recipients and frame.type in JUDGED:
            self._doers_of_object(k, frame, roles)
        if frame.swap:
            roles.actors, roles.recipients = roles.recipients, roles.actors
        self.subjects[k] = subject
        return roles

    def _doers_of_object(self, k: int, frame: Frame, roles: Roles) -> None:
        """«X condemned the Turkish raid», «the raid by Y»: the recipient is whoever did the deed that is the object."""
        prep = ""
        for m in range(k + 1, min(roles.end, len(self.items))):
            other = self.items[m]
            if other.governs or other.klass in ("adjunct", "purpose"):
                prep = (other.payload.canonical if other.payload else "") if other.governs else ADJUNCT
            elif other.kind == TRIGGER:
                prep = other.prep or prep
                if other.pos != "noun" or not other.frames or (prep and prep not in frame.to):
                    return
                own = self.noun(m, other.frames[0])
                codes = {a.code for a in roles.actors}
                doers = [a for a in own.actors if a.code not in codes] if own.by in OWN else []
                if doers:
                    roles.recipients, roles.object_by = doers, "doer"
                return
            elif other.kind in (ACTOR, WORD):
                prep = ""

    def _around(self, k: int) -> tuple[Slot | None, list[Slot]]:
        """What stands before the verb at item k as its subject may, and without a preposition after it; found once. Not to be changed."""
        known = self._clauses.get(k)
        if known is None:
            item, before = self.items[k], None
            if item.pos != "participle" and not item.conj:
                before = (self._described(k) or subject_before(self.items, k, self.writing) or topic_before(self.items, k, self.writing))
            if before is not None and (not self.may_act(before) or (before.slot != "rel" and self._disagrees(item, before))):
                before = None
            known = self._clauses[k] = before, _plain(self.after(k)[0])
        return known

    def _described(self, k: int) -> Slot | None:
        """«A citizen whom it held»: an indefinite noun that the verb right after it describes, and points back at, without a pronoun of
        relation."""
        owner = self.items[k - 1] if k else None
        if not self.items[k].encl or owner is None or owner.kind != ACTOR or owner.det or owner.mention is None:
            return None
        return Slot("rel", owner, k - 1, 0) if owner.mention.form in INDEFINITE and not owner.mention.name else None

    def _split(self, k: int, before: Slot | None, direct: list[Slot], frame: Frame, roles: Roles) -> tuple[list[Actor], list[Slot]]:
        """The subject's actors and the direct slots that are left for the object."""
        item = self.items[k]
        feature = item.feature
        agents = self._agents(roles)
        if agents:
            roles.by = "agent"
            return agents, ([before] if before else []) + direct
        if "1" in feature[:2]:
            roles.by = "first person"
            return list(self.discourse.speaker), direct
        if item.pos == "participle":
            roles.by = "participle"
            return list(self.main or self.discourse.subject), direct
        if feature.endswith("p") and len(feature) > 4:
            means = self._means(k, frame, roles)
            roles.by = "agent" if means else "passive"
            return means, ([before] if before else []) + direct
        if (
            before is not None
            and direct
            and direct[0].slot == DIRECT
            and (item.encl or (before.slot == "rel" and self._disagrees(item, before)))
            and (self._near(k, direct[0]))
        ):
            roles.subject_known, roles.by = True, "in relative"
            return self.actors_of(direct[0]), ([before] if item.encl else []) + direct[1:]
        if before is not None and before.slot == "rel" and item.encl:
            roles.inherited, roles.by = True, "inherited"
            return self._another(before), [before, *direct]
        if before is not None:
            roles.subject_known, roles.by = True, "antecedent" if before.slot == "rel" else "before"
            return self.actors_of(before), direct
        first = direct[0] if direct else None
        if "obj" in frame.to and self._counted(k):
            means = self._means(k, frame, roles)
            roles.by = "agent" if means else "passive"
            return means, direct
        acts = first is not None and first.slot == DIRECT and self.may_act(first) and not self._disagrees(item, first)
        if first is not None and acts and feature[2:3] not in ("p", "d") and self._near(k, first):
            means = self._means(k, frame, roles)
            if "obj" in frame.to and len(direct) == 1 and not item.encl and (means or self._suffers(first)):
                roles.by = "agent" if means else "passive"
                return means, direct
            roles.subject_known, roles.by = True, "after"
            return self.actors_of(first), direct[1:]
        if first is not None and first.slot == OWNED and "obj" not in frame.to and not frame.joint and self._near_noun(k, first):
            roles.by = "thing"
            return [], direct
        deed = -1 if item.encl else self._deed_before(k)
        if deed >= 0:
            own = self.noun(deed, self.items[deed].frames[0])
            if own.by in OWN:
                roles.by = "of deed"
                return own.actors, direct
        roles.inherited, roles.by = True, "inherited"
        return list(self.discourse.subject), direct

    def _deed_before(self, k: int) -> int:
        """«The Turkish attack that hit X»: the deed noun that the relative clause of the verb at item k tells of, whose doer is the verb's;
        -1 if there is none."""
        m = k - 1
        if m < 0 or self.items[m].klass != "rel":
            return -1
        for n in range(m - 1, max(-1, m - NEAR_VERB), -1):
            other = self.items[n]
            if other.kind == TRIGGER:
                return n if other.pos == "noun" and other.frames else -1
            described = other.kind == WORD and other.det and not other.prep
            if not (described or (other.kind == ACTOR and other.mention is not None and other.mention.form == "adjective")):
                return -1
        return -1

    def _counted(self, k: int) -> bool:
        """Whether a number follows the verb at once: those counted suffer the deed («killed were five»)."""
        for other in self.items[k + 1 : k + 4]:
            if other.kind == NUMBER:
                return True
            if other.klass != "quant":
                return False
        return False

    def _disagrees(self, item: Item, slot: Slot) -> bool:
        """Whether a verb's gender rules out that whoever fills the slot is its subject."""
        mention = slot.items[0].mention
        return mention is not None and mention.agrees_with(item) is False

    def _near_noun(self, k: int, slot: Slot) -> bool:
        """Whether a noun and its genitive follow the verb at once."""
        return slot.index - len(slot.items) - k <= 2

    def _near(self, k: int, slot: Slot) -> bool:
        """Whether only dates, numbers, commas and phrases like «in its work» stand between the verb and its subject."""
        first = slot.index - len(slot.items) + 1
        between = self.items[k + 1 : max(k + 1, first)]
        governed = False
        for item in between:
            if governed and item.kind == WORD and item.word.norm.endswith(self.lexicon.pronouns):
                governed = False
            elif governed or not (item.kind in (DATE, NUMBER, PUNCT) or item.klass in ("quant", "dem", "prep")):
                return False
            else:
                governed = item.governs
        return not governed

    def _suffers(self, slot: Slot) -> bool:
        mention = slot.items[0].mention
        if mention is None:
            return False
        index = slot.index - len(slot.items)
        counted = index >= 0 and self.items[index].kind == NUMBER
        return counted or mention.sector in GENERIC or mention.form in ("nat", "thing", "place")

    def _another(self, antecedent: Slot) -> list[Actor]:
        """The subject that a clause drops which points back at its antecedent: who acts, if that is another; else who was named before."""
        held = {a.code for a in self.actors_of(antecedent)}
        before = (item.mention.actors for item in reversed(self.items[: antecedent.index]) if item.mention is not None)
        for actors in (self.main, self.discourse.subject, *before):
            if actors and held.isdisjoint(a.code for a in actors):
                return list(actors)
        return []

    def _means(self, k: int, frame: Frame, roles: Roles) -> list[Actor]:
        """«Killed in a Turkish raid», «in raids by X»: whose deed of force it was, of those who suffered one."""
        if frame.type != FORCE:
            return []
        for m in range(k + 1, min(roles.end, len(self.items))):
            other = self.items[m]
            deed = next((f for f in other.frames if f.type == FORCE), None) if other.kind == TRIGGER and other.pos == "noun" else None
            if deed is not None and (other.prep or self.items[m - 1].klass in ("prep", "adjunct")):
                own = self.noun(m, deed)
                owners = [a for s in own.slots if s.slot == self.writing.possessive and not s.depth for a in self.actors_of(s)]
                return own.actors if own.by in ("genitive", "agent") else owners
        return []

    def _agents(self, roles: Roles) -> list[Actor]:
        agents = [s for s in roles.slots if s.slot == AGENT]
        return [a for s in agents for a in self.actors_of(s)] if agents else []

    def _objects(self, k: int, rest: list[Slot], before: Slot | None, subject: list[Actor]) -> list[Actor]:
        item = self.items[k]
        if item.encl and item.pos != "noun" and not (before is not None and before.slot == "rel" and before in rest):
            found = self.discourse.antecedent(item.encl, k, frozenset(a.code for a in subject))
            if found:
                return found
        for slot in rest:
            actors = self.actors_of(slot)
            if actors:
                return actors
        return []

    # ---- nouns -------------------------------------------------------------------------------------------------------------

    def noun(self, k: int, frame: Frame) -> Roles:
        """The roles of a verbal noun or deed noun at item k."""
        item, roles = self.items[k], Roles()
        roles.slots, roles.end = self.after(k)
        roles.start = k
        self._relative(roles)
        if not (item.det or item.encl) and (self.writing.author not in frame.to or frame.type == "REQUEST"):
            roles.slots = [s.moved(AGENT) if s.slot == self.writing.author and s.index - len(s.items) == k + 1 else s for s in roles.slots]
        plain = _plain(roles.slots)
        genitive = [s for s in plain if s.slot == DIRECT and self._attached(k, s)]
        others = [s for s in plain if s not in genitive]
        subject, objects = self._genitive(k, frame, genitive, others, roles)
        agents = self._agents(roles) or (self._means(k, frame, roles) if objects and not subject else [])
        roles.actors = agents or subject
        roles.by = "agent" if agents else "enclitic" if subject and item.encl else "genitive" if subject else "none"
        if frame.joint:
            roles.actors = [*roles.actors, *(a for s in genitive[1:] for a in self.actors_of(s))]
            if not roles.actors:
                roles.actors = [a for s in roles.slots if s.slot == self.writing.possessive and s.depth == 0 for a in self.actors_of(s)]
        self._recipients(frame, roles, objects)
        if not roles.recipients and frame.type == FORCE and (hit := self._hit(roles)):
            roles.recipients, roles.object_by = hit, "relative"
        roles.subject_known = bool(roles.actors or roles.recipients or roles.joint)
        if not roles.actors and not (roles.joint and len(roles.joint) > 1):
            roles.actors = self.lent(k, frame, roles)
            roles.by = "lent by verb" if roles.inherited else "lent" if roles.actors else "none"
        elif not (roles.recipients or frame.joint):
            roles.recipients = self._sufferer(k)
        if not roles.recipients and roles.by == "genitive" and frame.type in REFUSED:
            roles.recipients = self._refuser(k)
        if frame.swap:
            roles.actors, roles.recipients = roles.recipients, roles.actors
        return roles

    def _sufferer(self, k: int) -> list[Actor]:
        """«X came under criticism from Y»: the subject of the verb that says to whom the noun's deed was done."""
        m = self._verb_before(k)
        lemma = self.items[m].lemma if m >= 0 else None
        return list(self.subject_of(m)) if lemma is not None and lemma.support is not None and lemma.support.role == "obj" else []

    def _refuser(self, k: int) -> list[Actor]:
        """«X rejected the accusations of Y»: they were made against X."""
        m = self._verb_before(k)
        refuses = m >= 0 and (self.items[m].klass == "modal" or any(f.type == "REJECT" for f in self.items[m].frames))
        return list(self.subject_of(m)) if refuses else []

    def _verb_before(self, k: int) -> int:
        """The verb whose object the deed noun at item k may be; -1 where none stands near before it in its clause."""
        for m in range(k - 1, max(-1, k - NEAR_VERB), -1):
            other = self.items[m]
            if other.kind == PUNCT:
                break
            if other.kind == TRIGGER and other.pos == "verb":
                return m
        return -1

    def _relative(self, roles: Roles) -> None:
        """«The strikes that X carried out on Y»: the relative clause's subject and objects are the noun's."""
        k = roles.end
        if k < len(self.items) and self.items[k].kind == TRIGGER and self.items[k].encl and k == roles.start + 1:
            k -= 1
        elif k + 1 >= len(self.items) or self.items[k].klass != "rel":
            return
        verb = self.items[k + 1]
        if verb.kind != TRIGGER or verb.pos != "verb" or not (verb.encl or (verb.lemma is not None and verb.lemma.support is not None)):
            return
        slots, roles.end = self.after(k + 1)
        first = next((n for n, slot in enumerate(slots) if not slot.bound), -1)
        if first >= 0 and slots[first].slot == DIRECT and verb.encl:
            slots = [*slots[:first], slots[first].moved(AGENT), *slots[first + 1 :]]
        roles.slots = [*roles.slots, *(s for s in slots if s.slot != DIRECT)]

    def _hit(self, roles: Roles) -> list[Actor]:
        """«The attack that hit X»: the object of a verb of force in the relative clause right after the noun."""
        k = roles.end
        verb = self.items[k + 1] if k + 1 < len(self.items) and self.items[k].klass == "rel" else None
        if verb is None or verb.kind != TRIGGER or verb.pos != "verb" or verb.encl or not any(f.type == FORCE for f in verb.frames):
            return []
        direct = _plain(self.after(k + 1)[0])
        return self.actors_of(direct[0]) if direct else []

    def _attached(self, k: int, slot: Slot) -> bool:
        first = slot.index - len(slot.items) + 1
        between = self.items[k + 1 : max(k + 1, first)]
        return not between or (
            all(i.kind == NUMBER or i.klass in ("quant", "dem") or (i.kind == WORD and i.det and not i.prep) for i in between)
            and len(between) <= 3
        )

    def _genitive(self, k: int, frame: Frame, genitive: list[Slot], others: list[Slot], roles: Roles) -> tuple[list[Actor], list[Actor]]:
        """Subject and object among what follows a noun without preposition, or clings to it."""
        item = self.items[k]
        if item.encl:
            bound = self._bound(k)
            objects = [a for s in genitive + others for a in self.actors_of(s)]
            return (bound, objects) if frame.gen == "subj" or objects else ([], bound)
        if not genitive:
            return [], [a for s in others[:1] for a in self.actors_of(s)] if item.det is False else []
        first = genitive[0]
        mention = first.items[0].mention
        actors = self.actors_of(first)
        if mention is not None and mention.form == "adjective":
            return actors, [a for s in (genitive[1:] + others)[:1] for a in self.actors_of(s)]
        possessed = [s for s in roles.slots if s.slot == self.writing.possessive and s.depth == 0]
        second = (genitive[1:] + others)[:1]
        if frame.gen == "obj" and not (second and second[0].slot == DIRECT) and not possessed:
            return [], actors
        if frame.gen == "obj":
            return actors, [a for s in (second or possessed) for a in self.actors_of(s)]
        return actors, [a for s in second for a in self.actors_of(s)]

    def _bound(self, k: int) -> list[Actor]:
        item = self.items[k]
        feature = self.writing.enclitic_features.get(item.encl, "")
        if feature.startswith("1"):
            return list(self.discourse.speaker)
        return self.discourse.antecedent(item.encl, k)

    def lent(self, k: int, frame: Frame, roles: Roles) -> list[Actor]:
        """The subject that a support verb, a noun's possessor or the verb of the clause lends to a noun with none of its own."""
        if k > 1:
            owner, before = self.items[k - 1], self.items[k - 2]
            if (
                owner.kind == ACTOR
                and not owner.prep
                and owner.mention is not None
                and owner.mention.form != "place"
                and (before.kind == WORD or (before.kind == TRIGGER and before.pos != "verb" and self.items[k].prep))
            ):
                return list(owner.mention.actors)
        for m in range(k - 1, max(-1, k - 16), -1):
            other = self.items[m]
            if other.kind == PUNCT and other.word.norm in self.writing.clause_breaks:
                break
            if other.kind != TRIGGER or other.lemma is None:
                continue
            if other.lemma.support is not None or other.pos == "verb":
                subject = self.subject_of(m)
                roles.inherited = other.lemma.support is None
                if other.lemma.support is not None and other.lemma.support.role == "obj":
                    roles.recipients = roles.recipients or subject
                    return []
                roles.start = min(roles.start, m)
                return subject
        return []

    # ---- shared ------------------------------------------------------------------------------------------------------------

    def subject_of(self, k: int) -> list[Actor]:
        """Who is the subject of the trigger at item k, whatever it names."""
        if k not in self.subjects:
            item = self.items[k]
            if item.pos == "noun":
                roles = Roles()
                roles.slots, roles.end = self.after(k)
                attached = [s for s in roles.slots if s.slot == DIRECT and s.depth == 0 and self._attached(k, s)]
                found = self.actors_of(attached[0]) if attached else self._bound(k) if item.encl else []
                self.subjects[k] = found or (
                    self.lent(k, PLAIN, roles) if item.lemma is not None and item.lemma.support is not None else []
                )
            else:
                self.subjects[k] = self.verb(k, PLAIN).actors
        return self.subjects[k]

    def may_act(self, slot: Slot) -> bool:
        mention = slot.items[0].mention
        return mention is not None and mention.form not in ("place", "adjective") and not (mention.form == "capital" and slot.items[0].prep)

    def actors_of(self, slot: Slot, exclude: frozenset[str] = frozenset()) -> list[Actor]:
        """Every actor in a slot, once. `exclude`: the codes of the clause's subject, which no pronoun of the clause means."""
        if slot.bound:
            return self.discourse.antecedent(slot.items[0].encl, slot.index, exclude)
        if len(slot.items) == 1 and (mention := slot.items[0].mention) is not None and len(mention.actors) < 2:
            return list(mention.actors)
        out: list[Actor] = []
        for item in slot.items:
            if item.mention is not None:
                out.extend(a for a in item.mention.actors if a not in out)
        return out

    def _recipients(self, frame: Frame, roles: Roles, objects: list[Actor]) -> None:
        """The object where the frame asks for one first, else the nearest of the frame's prepositions."""
        if frame.to and frame.to[0] == "obj" and objects:
            roles.recipients, roles.object_by = objects, "object"
        else:
            own = frozenset(a.code for a in roles.actors)
            governed = [s for s in roles.slots if s.slot in frame.to]
            near = next((s for s in governed if not self._located(s, s.slot) and self.actors_of(s, own)), None) if governed else None
            roles.recipients = self.actors_of(near, own) if near is not None else objects if "obj" in frame.to else []
            roles.object_by = ("pronoun" if near.bound else "preposition") if near is not None else "object" if roles.recipients else "none"
        if frame.joint:
            own = frozenset(a.code for a in roles.actors)
            roles.joint.extend(a for name in frame.joint for s in roles.slots if s.slot == name for a in self.actors_of(s, own))
        if frame.impersonal:
            roles.actors, roles.recipients = [*objects, *roles.joint], []
            roles.joint = []

    def _located(self, slot: Slot, name: str) -> bool:
        mention = slot.items[0].mention
        return name in self.writing.locatives and mention is not None and mention.form in PLACED


def _plain(slots: list[Slot]) -> list[Slot]:
    """Those that no preposition governs and that are no deed's own."""
    return [s for s in slots if s.depth == 0 and (s.slot == DIRECT or s.slot == OWNED)]


PLAIN = Frame("", None, (), (), False, "subj", frozenset(), frozenset(), False, "", False)
"""A frame that asks for the subject only."""


def mentions(items: list[Item]) -> list[Mention]:
    """The mentions of a sentence in order."""
    return [i.mention for i in items if i.kind == ACTOR and i.mention is not None]
