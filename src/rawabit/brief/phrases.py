"""Names, dates, amounts and counts of a language, by its catalogue and the lexicon's names."""
from __future__ import annotations

from datetime import date

from rawabit.brief.parts import Days
from rawabit.catalogue import Catalogue, fill, find_name, find_plural
from rawabit.lexicon.names import Names

MILLION, BILLION = 1_000_000, 1_000_000_000
FIRST_WORD = 3
"""The first number that has a word of its own in a count; smaller ones are in the noun's own form."""


class Phrases:
    """Words for actors, days and amounts. `people`: names as reports write them, by English spelling, before the lexicon's."""

    def __init__(self, catalogue: Catalogue, names: Names, people: dict[str, str]) -> None:
        self.catalogue, self.names, self.people = catalogue, names, people

    def code(self, code: str) -> str | None:
        """The name of a state, region or body; None where the language has none."""
        return find_name(code, self.catalogue.language)

    def party(self, party: str, roles: dict[str, str]) -> str | None:
        """An actor: a person with office and nationality, else the state or body; None where the language has no name for it."""
        head, _, name = party.partition(":")
        code = head.split("/")[0]
        if not name:
            return self.code(code)
        person = self.person(name)
        if person is None or name not in roles:
            return person
        return self.office(roles[name], code, self.is_feminine(party), person)

    def person(self, name: str) -> str | None:
        """A person's name in the language."""
        if self.catalogue.language == "en":
            return name
        return self.names.people.get(name) or self.people.get(name)

    def place(self, english: str) -> str | None:
        """A place's name in the language."""
        return english if self.catalogue.language == "en" else self.names.places.get(english)

    def office(self, role: str, code: str, feminine: bool, person: str) -> str:
        """Office, nationality, name."""
        office = self.catalogue.roles.get(f"{role} {code}", self.catalogue.roles[role])[feminine]
        nation = self.nation(code, feminine)
        return " ".join(filter(None, (office, nation, person)))

    def nation(self, code: str, feminine: bool) -> str:
        """The nationality as an adjective with the article; nothing where the language puts none before a name."""
        own = self.catalogue.adjectives.get(code) or self.names.adjectives.get(code)
        if not own or "the" not in self.catalogue.marks:
            return ""
        ending = self.catalogue.marks["feminine_ending"] if feminine else ""
        return " ".join(f"{self.catalogue.marks['the']}{word}{ending}" for word in own.split())

    def is_feminine(self, party: str) -> bool:
        """Gender of an actor: a person's, else that of the name of the state or body."""
        head, _, name = party.partition(":")
        code = head.split("/")[0]
        if name:
            return name in self.catalogue.feminine_people
        if code in self.names.states:
            return code not in self.catalogue.masculine
        return (self.code(code) or "").split(" ")[0] not in self.catalogue.masculine_heads

    def verb(self, kind: str, subject: str) -> str:
        """The verb of a kind of deed, agreeing with its subject."""
        return self.catalogue.verbs[kind][self.is_feminine(subject)]

    def together(self, parties: tuple[str, ...], roles: dict[str, str]) -> str | None:
        """Several actors in a row; two who hold one office get it in the dual."""
        told = [self.party(party, roles) for party in parties]
        if any(name is None for name in told):
            return None
        held = [roles.get(party.partition(":")[2]) for party in parties]
        if len(parties) == 2 and held[0] and held[0] == held[1] and held[0] in self.catalogue.duals:
            return self.dual(parties, held[0])
        return self.catalogue.marks["and"].join(name for name in told if name)

    def dual(self, parties: tuple[str, ...], role: str) -> str:
        """Two who hold one office: the office in the dual, then each with nationality and name."""
        women = all(map(self.is_feminine, parties))
        each = []
        for party in parties:
            code, name = party.split("/")[0], party.partition(":")[2]
            each.append(" ".join(filter(None, (self.nation(code, self.is_feminine(party)), self.person(name)))))
        return f"{self.catalogue.duals[role][women]} {self.catalogue.marks['and'].join(each)}"

    def day(self, day: date) -> str:
        """A day, with the month in the naming systems of the catalogue."""
        return fill(self.catalogue.dates["day"], day=day.day, month=self.catalogue.months[day.month - 1], year=day.year)

    def days(self, days: Days) -> str:
        """Days as precisely as they are known."""
        if days.precision == "month" and (days.start.year, days.start.month) == (days.end.year, days.end.month):
            return fill(self.catalogue.dates["month"], month=self.catalogue.months[days.start.month - 1], year=days.start.year)
        if days.precision == "year":
            return fill(self.catalogue.dates["year"], year=days.start.year)
        if days.start == days.end:
            return self.day(days.start)
        form = days.precision if days.precision in ("week", "season") else "range"
        return fill(self.catalogue.dates[form], first=self.day(days.start), last=self.day(days.end))

    def count(self, number: int, noun: str) -> str:
        """A number with its noun, as the language counts: number words to ten, digits above."""
        forms, words = self.catalogue.counted[noun], self.catalogue.number_words
        form = forms.get(find_plural(self.catalogue.language, number)) or forms["other"]
        own = words.get(forms["gender"]) or words["masculine"]
        word = own[number - FIRST_WORD] if FIRST_WORD <= number < FIRST_WORD + len(own) else f"{number:,}"
        return fill(form, n=word)

    def amount(self, value: float, unit: str, bound: str) -> str | None:
        """An amount of money in millions or billions; None where the language has no word for the unit."""
        name = self.catalogue.units.get(unit)
        if name is None or value < MILLION:
            return None
        scale, size = ("billion", BILLION) if value >= BILLION else ("million", MILLION)
        number = round(value / size, 2)
        forms = self.catalogue.scales[scale]
        category = find_plural(self.catalogue.language, int(number)) if number == int(number) else "other"
        if category == "two" and bound != "=":
            category = "two_genitive"
        told = fill(forms.get(category) or forms["other"], n=f"{number:g}")
        return fill(self.catalogue.bounds[bound], amount=f"{told} {name}")
