"""The arguments of a word that names a deed: what stands before and after it in its clause, and in which slot.

Refuses to interpret: it says «direct», «after the preposition على», «before the verb»; frames turn that into actor and recipient.
"""

from __future__ import annotations

from rawabit.mention.item import ACTOR, DASHES, DATE, FUNCTION, MODAL, NUMBER, PUNCT, QUOTES, TRIGGER, WORD, Item
from rawabit.text.normalise import Orthography

DIRECT = "dir"
OWNED = "own"
ADJUNCT = "#"
AGENT = "agent"
SHORT_QUOTE = 5
"""Items; a quotation up to this long names something and does not end a clause."""
REACH = 26
"""Items an argument may stand away from its trigger (97 of 100 in the dev reports stand within 20)."""


class Slot:
    """One argument: its slot, the items that fill it together (coordinated), and the item index where it starts."""

    __slots__ = ("depth", "index", "items", "slot")

    def __init__(self, slot: str, item: Item, index: int, depth: int) -> None:
        self.slot, self.items, self.index, self.depth = slot, [item], index, depth

    @property
    def bound(self) -> bool:
        """Whether a pronoun fills it."""
        return self.items[0].mention is None

    def moved(self, slot: str) -> Slot:
        """The same argument in another slot."""
        other = Slot(slot, self.items[0], self.index, self.depth)
        other.items = self.items
        return other


def collect_after(items: list[Item], k: int, writing: Orthography, pronouns: tuple[str, ...]) -> tuple[list[Slot], int]:
    """The slots after item k, and the index where its clause ends. `pronouns`: endings by which a word is bound to someone else."""
    breaks, between = writing.clause_breaks, writing.between
    slots: list[Slot] = []
    prep, noun, depth = "", False, 0
    last: Slot | None = None
    listed = False
    m, count = k + 1, min(len(items), k + 1 + REACH)
    while m < count:
        item = items[m]
        kind = item.kind
        if kind == ACTOR and (describes_place(items, m) or k < describes_party(items, m)):
            noun = False
        elif kind == ACTOR:
            slot = item.prep or prep or (OWNED if noun else DIRECT)
            if last is not None and listed:
                last.items, last.index, listed = [item], m, False
            elif last is not None and _joins(items, last, m, writing.list_comma):
                last.items.append(item)
                last.index = m
            else:
                last = Slot(slot, item, m, depth)
                slots.append(last)
            if not (prep == between and len(last.items) < 2):
                prep = ""
            noun = False
        elif kind == WORD:
            if item.payload is not None and item.payload.klass:
                pass
            elif item.prep:
                prep, noun = item.prep, False
            else:
                noun = True
            if item.word.norm.endswith(pronouns):
                prep, noun = "", False
        elif kind == FUNCTION:
            name = item.klass
            if name == "prep":
                prep, noun = item.payload.canonical if item.payload else "", False
                if item.encl:
                    if not depth and prep != between:
                        slots.append(Slot(prep, item, m, depth))
                    prep = ""
            elif name == "agent":
                prep, noun = AGENT, False
            elif name in ("adjunct", "purpose") or item.pos == "source":
                prep, noun = ADJUNCT, False
            elif name == "include":
                listed = last is not None
            elif name in ("comp", "rel", "sub"):
                break
        elif kind == TRIGGER:
            if item.pos == "verb":
                break
            depth += 1
            if item.pos == "participle" and not item.det and m > k + 1 and items[m - 1].kind == PUNCT:
                break
            if item.prep:
                prep = item.prep
            noun = True
        elif kind == PUNCT:
            mark = item.word.norm
            if mark in breaks:
                break
            if mark == "(":
                m = _closing(items, m, count)
            elif mark in QUOTES and _long_quote(items, m):
                break
        elif kind == MODAL and item.prep:
            prep = item.prep
        m += 1
    return slots, m


def describes_place(items: list[Item], m: int) -> bool:
    """«The Chinese city of Tianjin»: whether the nationality at item m only says where the place before it lies."""
    item, before = items[m], items[m - 1].mention if m else None
    if before is None or item.mention is None or not item.det or item.prep or item.conj:
        return False
    return item.mention.form in ("adjective", "nat") and before.form in ("place", "capital") and before.actors == item.mention.actors


def describes_party(items: list[Item], m: int) -> int:
    """«The militia backed by X»: the item of the word by which X, at item m, only says whose the party before that word is; else -1."""
    item = items[m]
    k = m - 1 if item.prep or (m and not items[m - 1].governs) else m - 2
    if k < 1 or items[k - 1].kind != ACTOR or item.conj:
        return -1
    word = items[k]
    standing = word.kind == TRIGGER and word.pos != "verb" and not word.conj and not word.prep and bool(word.ties)
    return k if standing else -1


def _joins(items: list[Item], last: Slot, m: int, commas: str) -> bool:
    """Whether the party at item m is one more of those in the slot before it: joined by «and», or in a list that «and» closes."""
    item, gap = items[m], m - last.index
    if item.prep or last.slot == ADJUNCT or gap > 4:
        return False
    between = items[last.index + 1 : m]
    before, after = last.items[-1].mention, item.mention
    if before is None or after is None or "adjective" in (before.form, after.form):
        return False
    if item.conj:
        return all(i.kind in (WORD, NUMBER, PUNCT) for i in between)
    if gap != 2 or between[0].kind != PUNCT or before.form != after.form:
        return False
    mark = between[0].word.norm
    return mark in DASHES or (mark in commas and _listed(items, m, commas))


def _listed(items: list[Item], m: int, commas: str) -> bool:
    """Whether more parties of the same kind follow item m, the last of them after «and»."""
    mention = items[m].mention
    n = m + 1
    while mention is not None and n < min(len(items), m + 14):
        item = items[n]
        if item.kind == PUNCT and item.word.norm in commas:
            n += 1
            continue
        if item.kind == ACTOR and item.mention is not None and item.mention.form == mention.form and not item.prep:
            if item.conj:
                return True
            n += 1
            continue
        return False
    return False


def _long_quote(items: list[Item], m: int) -> bool:
    """Whether the quotation mark at m opens more than a name."""
    for n in range(m + 1, min(len(items), m + SHORT_QUOTE + 2)):
        if items[n].kind == PUNCT and items[n].word.norm in QUOTES:
            return n - m > SHORT_QUOTE
    return True


def _closing(items: list[Item], m: int, count: int) -> int:
    for n in range(m + 1, min(count, m + 12)):
        if items[n].kind == PUNCT and items[n].word.norm == ")":
            return n
    return m


def clause_start(items: list[Item], k: int, breaks: str) -> int:
    """The index of the first item of the clause that item k stands in."""
    m = k - 1
    while m >= 0:
        item = items[m]
        if item.kind == PUNCT and item.word.norm in breaks:
            break
        if item.klass in ("comp", "sub", "rel"):
            break
        if item.kind == TRIGGER and item.pos == "verb":
            break
        m -= 1
    return m + 1


def subject_before(items: list[Item], k: int, writing: Orthography) -> Slot | None:
    """The noun phrase that opens the clause of verb k (subject before verb), or the antecedent of a relative clause."""
    start = clause_start(items, k, writing.clause_breaks)
    opener = items[start - 1] if start > 0 else None
    if opener is not None and opener.klass == "rel":
        before = start - 2
        while before >= 0 and items[before].kind in (PUNCT, DATE):
            before -= 1
        if before >= 0 and items[before].kind == ACTOR:
            return Slot("rel", items[before], before, 0)
        return None
    prep = ""
    for m in range(start, k):
        item = items[m]
        if item.kind == ACTOR:
            if item.prep or prep:
                prep = ""
                continue
            slot = Slot(DIRECT, item, m, 0)
            _coordinate(items, slot, m, k, writing.list_comma)
            slot.index = m
            return slot
        if item.kind == FUNCTION:
            name = item.klass
            prep = (
                (item.payload.canonical if item.payload else "")
                if item.governs
                else ADJUNCT
                if name in ("adjunct", "agent", "purpose", "aside")
                else ""
            )
        elif item.prep:
            prep = item.prep
        elif item.kind == TRIGGER and item.pos == "noun":
            prep = prep or ADJUNCT
    return None


def topic_before(items: list[Item], k: int, writing: Orthography) -> Slot | None:
    """The subject of the clause that a relative clause without a named antecedent belongs to («X is the only one that …»)."""
    start = clause_start(items, k, writing.clause_breaks)
    if start < 2 or items[start - 1].klass != "rel" or items[start - 2].kind != WORD:
        return None
    return subject_before(items, start - 1, writing)


def _coordinate(items: list[Item], slot: Slot, m: int, k: int, commas: str) -> None:
    n = m + 1
    while n < k:
        item = items[n]
        if item.kind == ACTOR and _joins(items, slot, n, commas):
            slot.items.append(item)
            slot.index = n
        elif not (item.kind == PUNCT or (item.kind == WORD and item.det and not item.conj)):
            return
        n += 1
