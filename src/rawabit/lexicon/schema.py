"""The rows of the lexicon's files. An unknown key, a missing key or a wrong type is an error that names file and row."""
from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

EVENT_TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
).split()
RELATIONS = (
    "ally partner_of member_of observer_of chairs hosts_base_of top_trade_partner_of arms_supplier_of mediates_between at_war_with "
    "no_relations_with occupies recognizes party_to backs rival_of borders"
).split()
MUTUAL = frozenset({"ally", "partner_of", "rival_of", "borders", "at_war_with", "no_relations_with"})
"""Relations that hold both ways: their sides can change places."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all rows."""


class SharedState(Row, frozen=True):
    code: str
    alpha2: str
    english: str
    region: list[str] = []
    capital: str | None = None


class State(Row, frozen=True):
    code: str
    names: list[str]
    adjective: str | list[str] = []
    people: list[str] = []
    capital: list[str] = []
    seats: list[str] = []


class Place(Row, frozen=True):
    name: list[str]
    english: str
    country: str | None


class Region(Row, frozen=True):
    actor: str
    names: list[str]
    english: str


class SharedOrganisation(Row, frozen=True):
    id: str
    actor: str
    english: str
    members: list[str] = []


class Names(Row, frozen=True):
    """Names in one language of a thing that `shared/` describes."""

    id: str
    names: list[str]
    surname: list[str] = []


class Tenure(Row, frozen=True):
    role: str
    sector: str
    since: date | int | None = msgspec.field(name="from", default=None)
    until: date | int | None = msgspec.field(name="to", default=None)


class SharedPerson(Row, frozen=True):
    id: str
    english: str
    code: str
    offices: list[Tenure]


class Office(Row, frozen=True):
    head: str
    role: str
    sector: str
    feminine: str | list[str] | None = None
    plural: list[str] = []
    complement: bool = False


class Portfolio(Row, frozen=True):
    names: list[str]
    english: str
    sector: str = "GOV"


class Title(Row, frozen=True):
    names: list[str]


class Group(Row, frozen=True):
    noun: str
    sector: str
    english: str = ""
    plural: list[str] = []


class Frame(Row, frozen=True):
    """A word that names a deed (`type`) or asserts a tie (`relation`); see docs/lexicon.md."""

    type: str = ""
    relation: str = ""
    mode: str | None = None
    verb: str | None = None
    noun: str | None = None
    phrase: str | None = None
    present: str | None = None
    masdar: list[str] = []
    plural: list[str] = []
    to: list[str] = []
    of: list[str] = []
    joint: list[str] = []
    swap: bool = False
    gen: Literal["subj", "obj", ""] = ""
    need: list[str] = []
    bar: list[str] = []
    says: bool = False
    prep: str = ""
    impersonal: bool = False
    participle: bool = True
    shape: str = ""
    who: list[str] = []
    bodies: dict[str, str] = {}
    gloss: str = ""
    example: str = ""


class Construction(Row, frozen=True):
    """A class of words (`name`), or words in order that assert a tie (`relation`, `pattern`); see docs/lexicon.md and `pattern`."""

    name: str = ""
    verbs: list[str] = []
    nouns: list[str] = []
    plural: list[str] = []
    adjectives: list[str] = []
    words: list[str] = []
    relation: str = ""
    pattern: str = ""
    of: list[str] = []
    who: list[str] = []
    by: list[str] = []
    bar: list[str] = []
    subject: str = ""
    modality: str = ""
    gloss: str = ""
    example: str = ""


class Support(Row, frozen=True):
    verb: str
    role: Literal["subj", "obj", "self", "place"]
    present: str | None = None
    masdar: list[str] = []
    prep: str = ""
    gloss: str = ""
    example: str = ""


class Reporting(Row, frozen=True):
    verb: str | None = None
    noun: str | None = None
    phrase: str | None = None
    present: str | None = None
    masdar: list[str] = []
    plural: list[str] = []
    stance: str = "neutral"
    complement: list[str] = []
    relay: str = ""
    denies: bool = False
    whole: bool = False
    kind: str = "verb"
    need: list[str] = []
    bar: list[str] = []
    gloss: str = ""
    example: str = ""


class Verb(Row, frozen=True):
    """A verb that names no deed: it opens a clause and has a subject."""

    verb: str
    present: str | None = None
    masdar: list[str] = []
    participle: bool = True
    gloss: str = ""
    example: str = ""


class Blocked(Row, frozen=True):
    """A form that a lemma must not be filed under, since it is mostly another word."""

    form: str
    lemma: str
    why: str = ""


class Function(Row, frozen=True):
    klass: str = msgspec.field(name="class")
    words: list[str] = []
    canonical: str = msgspec.field(name="as", default="")
    bound: bool = False


class Modal(Row, frozen=True):
    modality: Literal["future", "hypothetical", "negated", "demanded", "decided"]
    scope: Literal["verb", "clause", "noun"]
    words: list[str]


class Reference(Row, frozen=True):
    kind: Literal["counterpart", "pair", "leaders", "own", "parties", "region", "state", "designation"]
    words: list[str] = []
    nouns: list[str] = []
    plural: list[str] = []
    codes: list[str] = []
    scenes: dict[str, str] = {}


class Numeral(Row, frozen=True):
    """A number word: `scale` multiplies what stands before it, `many` is a scale's plural, `fraction` a part of the scale after it."""

    value: float
    words: list[str]
    scale: bool = False
    many: bool = False
    fraction: bool = False


class NumberRole(Row, frozen=True):
    """Words that play a part in number phrases; see docs/lexicon.md."""

    role: Literal["join", "partitive", "of them", "others", "between", "to", "point", "each", "label", "number", "one", "two", "two who",
                  "object", "accusative", "forces", "workplace", "one of", "goods", "based",
                  "of it", "region", "world", "persons", "bodies", "exchange"]
    words: list[str]
    code: str = ""


class Unit(Row, frozen=True):
    """`states`: whose money the word means where several states have one of that name, ISO 3166 alpha-3 to ISO 4217."""

    unit: str
    words: list[str]
    states: dict[str, str] = {}


class Bound(Row, frozen=True):
    bound: Literal["=", "~", ">", "<"]
    words: list[str]


class Measure(Row, frozen=True):
    """`nouns` is a list of counted nouns, or `$people`, `$things`, `$unit`: any word for people, any thing, the unit `unit`.

    `near` and `verbs` are words one of which must stand near; the nearest decides. `side` says whose number it is; `single`: a bare
    singular after one of the words counts one.
    """

    measure: str
    unit: str = ""
    nouns: list[str] | str = []
    plural: list[str] = []
    near: list[str] = []
    verbs: list[str] = []
    single: bool = False
    side: Literal["victim", "owner", "agent", "giver", "goods", "weapon", "stateless", "house", "states", "target", "supplier"] = "owner"


class Phase(Row, frozen=True):
    """How reports say where a relation stands; or, in one row, the words of which one must stand `near`."""

    phase: Literal["crisis", "tension", "calm", "thaw", "rapprochement", "alliance"] | None = None
    words: list[str] = []
    near: list[str] = []
    shift: bool = False
    gloss: str = ""
    example: str = ""


class Context(Row, frozen=True):
    context: str
    words: list[str]


class Mode(Row, frozen=True):
    """Words of a clause that tell the PLOVER mode of a deed. `over`: modes of the frame that they may replace."""

    type: str
    mode: str
    words: list[str]
    over: list[str] = []


class PloverType(Row, frozen=True):
    type: str
    quad: int
    score: float
    cameo: str
    modes: dict[str, tuple[float, str]] = {}


class Stance(Row, frozen=True):
    """A word or phrase that gives what is said a stance, and the type of event that it suggests."""

    stance: Literal["positive", "negative"]
    weight: int
    word: str | None = None
    verb: str | None = None
    phrase: str | None = None
    present: str | None = None
    masdar: list[str] = []
    plural: list[str] = []
    type: str = ""
    gloss: str = ""
    example: str = ""


class Member(Row, frozen=True):
    """A member of a gathering: from and to which year, both included; None where it always was, or is one."""

    code: str
    since: int | None = None
    until: int | None = None


class Format(Row, frozen=True):
    """A standing body or named format of states that meet again and again."""

    id: str
    english: str
    founded: int
    actor: str | None = None
    members: list[str | Member] = []
    guests: list[str] = []


class Rank(Row, frozen=True):
    """The rank of the offices whose English role the pattern fits whole."""

    role: str
    rank: Literal["leader", "minister", "official"]
