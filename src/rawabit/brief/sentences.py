"""Says what was gathered: each fact becomes one line with its proof and the number of its source. Knows no language but by its catalogue.

A line in own words holds only what the record holds and its report's words bear out; any other line is the report's own words.
"""
from __future__ import annotations

from collections.abc import Iterable

from rawabit.brief.parts import Brief, Clash, Fact, Gathered, Line, Piece, Report, Section, Source, Stage, find_lines
from rawabit.brief.phrases import Phrases
from rawabit.catalogue import fill, load_catalogue
from rawabit.lexicon.names import load_names


def make_brief(gathered: Gathered, language: str, people: dict[str, str] | None = None) -> Brief:
    """The brief in a language. `people`: names as reports write them, by English spelling (`find_people`)."""
    catalogue = load_catalogue(language)
    teller = Teller(Phrases(catalogue, load_names(language), people or {}))
    told = list(teller.sections(gathered))
    sections = tuple(section for section in (teller.section("standing", teller.standing(gathered)), *told) if find_lines((section,)))
    opened, closed = catalogue.quote
    words = {"sources": catalogue.headings["sources"], **catalogue.marks, "open_quote": opened, "close_quote": closed}
    day = fill(catalogue.sentences["subtitle"], date=teller.phrases.day(gathered.as_of))
    return Brief(language, catalogue.right_to_left, teller.title(gathered), day, gathered.as_of, sections, teller.sources(), words)


class Teller:
    """Tells facts in one language, and numbers their sources in the order in which they are first cited."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases, self.catalogue = phrases, phrases.catalogue
        self._cited: dict[str, tuple[int, Report, list[str]]] = {}

    def title(self, gathered: Gathered) -> str:
        """Whom it is about."""
        names = [self.phrases.code(code) or code for code in gathered.codes]
        masculine = gathered.kind == "target" and not self.phrases.is_feminine(gathered.codes[0])
        key = f"title_{gathered.kind}" + ("_m" if masculine else "")
        return fill(self.catalogue.sentences[key], first=names[0] if names else "", second=names[1] if len(names) > 1 else "")

    def sections(self, gathered: Gathered) -> Iterable[Section]:
        """All sections in the order of reading, but that on how things stand, which rests on them; empty ones too."""
        for key in ("steps", "disputes", "agreements"):
            yield self.section(key, map(self.step, getattr(gathered, key)))
        yield self.section("tellings", map(self.telling, gathered.tellings))
        yield self.section("figures", map(self.figure, gathered.figures))
        yield Section("said", self.catalogue.headings["said"], (), self.groups(gathered.said, "said"))
        yield Section("rivals", self.catalogue.headings["rivals"], (), self.groups(gathered.rivals, "rivals"))
        yield self.section("expected", map(self.step, gathered.expected))
        yield self.section("clashes", map(self.clash, gathered.clashes))

    def section(self, key: str, lines: Iterable[Line]) -> Section:
        """Lines under the heading of a key."""
        return Section(key, self.catalogue.headings[key], tuple(lines))

    def groups(self, groups: Iterable[tuple[str, tuple[Fact, ...]]], key: str) -> tuple[Section, ...]:
        """A section for each code."""
        tell = self.statement if key == "said" else self.step
        shown = [(code, [fact for fact in facts if key != "said" or self.speaker(fact)]) for code, facts in groups]
        return tuple(Section(code, self.phrases.code(code) or code, tuple(map(tell, facts))) for code, facts in shown if facts)

    def speaker(self, fact: Fact) -> str | None:
        """Who says a statement; None where the language has no name for them."""
        return self.phrases.party(fact.actors[0], fact.roles)

    def standing(self, gathered: Gathered) -> Iterable[Line]:
        """The phase, the last meeting and the newest report, what the brief rests on."""
        facts = [*gathered.steps, *gathered.disputes, *gathered.agreements, *gathered.expected, *gathered.figures,
                 *(fact for _, group in (*gathered.said, *gathered.rivals) for fact in group), *gathered.tellings,
                 *(fact for clash in gathered.clashes for fact in clash.facts), *(gathered.stage.facts if gathered.stage else ())]
        if gathered.stage is not None:
            yield from self.stage(gathered.stage)
        for fact in gathered.standing:
            met = fact.kind == "CONSULT" and fact is gathered.standing[0] and (fact.plain or len(gathered.standing) > 1)
            key = "last_met" if met else "newest"
            yield self.step(fact, self.catalogue.sentences[key])
        if facts:
            yield self.based(facts)

    def stage(self, stage: Stage) -> Iterable[Line]:
        """The phase and since when, and with what it began: the first of it in the same line."""
        phase, before, sentences = stage.phase, stage.before, self.catalogue.sentences
        key = "phase_told" if phase.basis == "told" else "phase"
        told = fill(sentences[key], name=self.catalogue.phases[phase.name], date=self.phrases.day(phase.start),
                    confidence=round(100 * phase.confidence))
        if before is not None:
            told = fill(sentences["phase_faded"], name=self.catalogue.phases[phase.name], date=self.phrases.day(phase.start),
                        before=self.catalogue.phases[before.name], began=self.phrases.day(before.start))
        for n, fact in enumerate(stage.facts):
            key = "said_so" if fact.kind == "saying" else "opened_too" if n else "opened" if before is None else "opened_before"
            yield self.step(fact, f"{told}{self.catalogue.marks['stop']} {sentences[key]}" if n == 0 else sentences[key])

    def based(self, facts: Iterable[Fact]) -> Line:
        """How many reports the brief rests on; cites them all."""
        told = self.phrases.count(len(self._cited), "report")
        cited = Piece("cite", f"1–{len(self._cited)}" if len(self._cited) > 1 else "1")
        return Line((Piece("text", f"{fill(self.catalogue.sentences['based'], reports=told)}{self.catalogue.marks['stop']} "), cited),
                    tuple(dict.fromkeys(record for fact in facts for record in fact.records)))

    def step(self, fact: Fact, before: str = "") -> Line:
        """A deed: its day, then what it was in own words with the report's words as proof, or in the report's words alone."""
        head = [Piece("text", before + " ")] if before else []
        told = self.told(fact) if fact.plain else None
        head += [Piece("strong", self.when(fact)), Piece("text", f"{self.catalogue.marks['colon']} ")]
        quote = Piece("quote", fact.quote, fact.report.language)
        if told is None:
            return Line((*head, quote, Piece("text", " "), self.cite(fact)), fact.records, fact.day)
        return Line((*head, Piece("text", f"{told}{self.catalogue.marks['stop']} "), self.cite(fact)), fact.records, fact.day, quote)

    def when(self, fact: Fact) -> str:
        """The days that the report's words say, else that of publication, named as such."""
        if fact.days is not None:
            return self.phrases.days(fact.days)
        day = fact.report.published
        return fill(self.catalogue.sentences["published"], date=self.phrases.day(day)) if day else self.catalogue.marks["no_day"]

    def told(self, fact: Fact) -> str | None:
        """A deed in own words; None where the language has no name for a party."""
        kind = fact.mode or "meet"
        sentence = self.sentence(kind, fact)
        if sentence is None:
            return None
        return sentence + self.where(fact, kind)

    def sentence(self, kind: str, fact: Fact) -> str | None:
        """Verb and parties."""
        verb, who = self.phrases.verb(kind, fact.actors[0]), self.phrases.together(fact.actors, fact.roles)
        parties = (*fact.actors, *fact.recipients)
        names = [self.phrases.party(party, fact.roles) for party in parties]
        if who is None or any(name is None for name in names):
            return None
        same = len({fact.roles.get(party.partition(":")[2]) for party in parties}) == 1 and names[0] != who
        key = "phone_dual" if kind == "phone" and same else kind
        return fill(self.catalogue.sentences[key], verb=verb, who=who, first=names[0], second=names[-1])

    def where(self, fact: Fact, kind: str) -> str:
        """The place, where the language has a name for it; never of a call."""
        place = self.phrases.place(fact.place) if fact.place and kind in ("meet", "talks", "handshake") else None
        return fill(self.catalogue.sentences["place"], place=place) if place else ""

    def telling(self, fact: Fact) -> Line:
        """One telling of a deed, with its outlet."""
        return self.outlet_line(fact, "")

    def outlet_line(self, fact: Fact, before: str) -> Line:
        """Outlet, day of publication, words."""
        day = self.phrases.day(fact.report.published) if fact.report.published else self.catalogue.marks["no_day"]
        outlet = self.outlet(fact.report)
        return Line((*([Piece("text", before)] if before else []), Piece("outlet", outlet),
                     Piece("text", f"{self.catalogue.marks['comma']}{day}{self.catalogue.marks['colon']} "),
                     Piece("quote", fact.quote, fact.report.language), Piece("text", " "), self.cite(fact)), fact.records, fact.day)

    def outlet(self, report: Report) -> str:
        """The outlet's name in the language; as it names itself where the catalogue has none."""
        return self.catalogue.outlets.get(report.outlet or "", report.outlet or self.catalogue.marks["no_outlet"])

    def statement(self, fact: Fact) -> Line:
        """Speaker, day, the sentence in which the words are quoted."""
        speaker = self.speaker(fact) or fact.actors[0]
        head = [Piece("strong", speaker), Piece("text", self.catalogue.marks["comma"])]
        quote = Piece("quote", fact.quote, fact.report.language)
        when = Piece("text", f"{self.when(fact)}{self.catalogue.marks['colon']} ")
        return Line((*head, when, quote, Piece("text", " "), self.cite(fact)), fact.records, fact.day)

    def figure(self, fact: Fact) -> Line:
        """What is measured and how much, with the report's words as proof; or these alone."""
        told = self.measured(fact) if fact.plain else None
        quote = Piece("quote", fact.quote, fact.report.language)
        if told is None:
            head = (Piece("strong", self.when(fact)), Piece("text", f"{self.catalogue.marks['colon']} "))
            return Line((*head, quote, Piece("text", " "), self.cite(fact)), fact.records, fact.day)
        return Line((Piece("text", f"{told}{self.catalogue.marks['stop']} "), self.cite(fact)), fact.records, fact.day, quote)

    def measured(self, fact: Fact) -> str | None:
        """A figure in own words."""
        first, second = (self.phrases.code(party.split("/")[0].split(":")[0]) for party in (*fact.actors, *fact.recipients))
        amount = self.phrases.amount(fact.value or 0, fact.unit, fact.bound)
        if first is None or second is None or amount is None:
            return None
        told = fill(self.catalogue.sentences["trade_value"], first=first, second=second, amount=amount)
        if fact.period and fact.period.isdigit():
            told += fill(self.catalogue.sentences["period"], period=fill(self.catalogue.sentences["year"], year=fact.period))
        who = self.phrases.party(fact.attribution, {}) if fact.attribution else None
        return told + (fill(self.catalogue.sentences["according"], who=who) if who else "")

    def clash(self, clash: Clash) -> Line:
        """What each outlet says of one deed, side by side, after in what they differ."""
        lines = [self.outlet_line(fact, "") for fact in clash.facts]
        pieces = [Piece("text", f"{self.catalogue.sentences[f'clash_{clash.kind}']}{self.catalogue.marks['colon']} ")]
        for n, line in enumerate(lines):
            pieces += [*([Piece("text", self.catalogue.marks["between"])] if n else []), *line.pieces]
        return Line(tuple(pieces), tuple(dict.fromkeys(record for line in lines for record in line.records)))

    def cite(self, fact: Fact) -> Piece:
        """The number of the fact's source."""
        number, _, evidence = self._cited.setdefault(fact.report.id, (len(self._cited) + 1, fact.report, []))
        evidence.extend(words for words in fact.evidence if words not in evidence)
        return Piece("cite", str(number))

    def sources(self) -> tuple[Source, ...]:
        """The sources cited so far, by number."""
        return tuple(Source(number, report, tuple(evidence)) for number, report, evidence in self._cited.values())

