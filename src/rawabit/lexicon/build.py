"""Compiles the lexicon: rows of YAML to one lookup table for each language.

Order of work: read and check every file against `schema`, derive inflected forms, pass every form through the text's own normaliser,
refuse collisions between names of different things, write JSON. Refuses to guess: an unknown key or a collision is an error.
"""
from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from rawabit.lexicon import schema
from rawabit.lexicon.inflect import Paradigms, conjugate, inflect
from rawabit.lexicon.names import write_names
from rawabit.lexicon.pattern import parse_pattern
from rawabit.lexicon.time_rows import TimeRow, compile_time
from rawabit.model.errors import LexiconError
from rawabit.text.normalise import Normaliser, Orthography

T = TypeVar("T")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_rows(path: Path, kind: type[T]) -> list[T]:
    """The rows of one file, checked. Raises LexiconError naming file and row."""
    rows = yaml.load(path.read_text("utf-8"), Loader=Loader) or []
    out = []
    for number, row in enumerate(rows, 1):
        try:
            out.append(msgspec.convert(row, kind))
        except msgspec.ValidationError as error:
            raise LexiconError(f"{path.name}, row {number} {row!r}: {error}. Mend the row; docs/lexicon.md names the keys.") from error
    return out


def read_mapping(path: Path, kind: type[T]) -> T:
    """A file that is one mapping, checked."""
    try:
        return msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=Loader), kind)
    except msgspec.ValidationError as error:
        raise LexiconError(f"{path.name}: {error}. Mend the file; docs/lexicon.md names the keys.") from error


class Compiler:
    """Gathers forms and payloads of one language. A form may have several entries; a multiword form is filed under its first word."""

    def __init__(self, orthography: Orthography, paradigms: Paradigms) -> None:
        self.orthography, self.paradigms = orthography, paradigms
        self.normaliser = Normaliser(orthography)
        self.forms: dict[str, list[list[Any]]] = defaultdict(list)
        self.multi: dict[str, list[list[Any]]] = defaultdict(list)
        self.tables: dict[str, list[Any]] = defaultdict(list)
        self._lemmas: dict[str, int] = {}
        self.lemma_names: list[str] = []
        self.blocked: set[tuple[str, str]] = set()
        self.mistaken: set[str] = set()
        self.grammatical: set[str] = set()
        self.spelt: dict[str, list[list[Any]]] = defaultdict(list)

    def add(self, surface: str, kind: str, index: int, feature: str = "") -> None:
        """Files one surface form; one that is blocked for that lexeme only as it is spelt, where that tells it from the other word."""
        words = self.normaliser.phrase(surface).split()
        if not words:
            return
        entry = [kind, index, feature]
        if kind in ("verb", "noun") and (self.lemma_names[index], " ".join(words)) in self.blocked:
            written = _bare(surface)
            if len(words) == 1 and written not in self.mistaken and written != words[0] and entry not in self.spelt[written]:
                self.spelt[written].append(entry)
            return
        if len(words) == 1:
            if entry not in self.forms[words[0]]:
                self.forms[words[0]].append(entry)
            return
        row = [words[1:], entry]
        if row not in self.multi[words[0]]:
            self.multi[words[0]].append(row)

    def add_row(self, kind: str, payload: Any) -> int:
        """Files a payload; its index."""
        self.tables[kind].append(payload)
        return len(self.tables[kind]) - 1

    def add_names(self, names: Iterable[str], kind: str, payload: Any) -> int:
        """A payload under its names, as they stand."""
        index = self.add_row(kind, payload)
        for name in names:
            self.add(name, kind, index)
        return index

    def lemma(self, key: str) -> dict[str, Any]:
        """The lexeme of that citation form, made if new."""
        if key not in self._lemmas:
            self.lemma_names.append(self.normaliser.phrase(key.split(":", 1)[1]))
            self._lemmas[key] = self.add_row("lemma", {"frames": [], "ties": [], "support": None, "report": None})
        table: dict[str, Any] = self.tables["lemma"][self._lemmas[key]]
        return table

    def lemma_index(self, key: str) -> int:
        return self._lemmas[key]

    def add_verb(self, past: str, present: str | None, index: int, participle: bool = True, masdar: Sequence[str] = ()) -> None:
        """A verb's finite forms and participles. A particle after the verb stays as it is. `masdar`: of a verb of saying."""
        head, _, tail = past.partition(" ")
        present_head = present.split(" ")[0] if present else None
        for form, feature in conjugate(self.paradigms, _bare(head), _bare(present_head) if present_head else None, [*map(_bare, masdar)]):
            if participle or not feature.startswith("A"):
                self.add(f"{form} {tail}".strip(), "verb", index, feature)

    def add_nominal(self, noun: str, rules: list[Any], kind: str, index: int) -> None:
        """A noun's forms: of several words the first is inflected, and a following adjective agrees in definiteness."""
        head, _, tail = _bare(noun).partition(" ")
        article = self.orthography.article
        for form, feature in inflect(rules, head):
            self.add(f"{form} {tail}".strip(), kind, index, feature)
            if tail and not tail.startswith(article):
                self.add(f"{article}{form} {article}{tail}", kind, index, feature)
                for accusative, _ in list(inflect(rules, tail.split(" ")[0]))[1:2]:
                    self.add(f"{form} {accusative}", kind, index, feature)


def _bare(word: str) -> str:
    """Without combining marks, so that the inflection rules see letters only."""
    return "".join(c for c in word if not unicodedata.combining(c))


def _needs(compiler: Compiler, words: list[str]) -> list[str]:
    """Every normal form under which a word that a frame needs may stand, clitics aside: two words also with the article on the second.

    Words of grammar are not inflected.
    """
    forms: set[str] = set()
    article = compiler.orthography.article
    for word in words:
        head, _, tail = _bare(word).partition(" ")
        if tail or compiler.normaliser.word(word) in compiler.grammatical:
            forms.add(compiler.normaliser.phrase(word))
            if tail and not tail.startswith(article):
                forms.add(compiler.normaliser.phrase(f"{head} {article}{tail}"))
            continue
        for rules in (compiler.paradigms.noun, compiler.paradigms.masdar, compiler.paradigms.plural):
            forms.update(compiler.normaliser.word(form) for form, _ in inflect(rules, head))
    return sorted(forms)


def _frame(compiler: Compiler, row: schema.Frame) -> dict[str, Any]:
    gen = row.gen or ("obj" if "obj" in row.to else "subj")
    return {
        "type": row.type or row.relation, "mode": row.mode, "to": row.to or row.of, "joint": row.joint, "swap": row.swap, "gen": gen,
        "need": _needs(compiler, row.need), "bar": _needs(compiler, row.bar), "says": row.says, "prep": row.prep,
        "impersonal": row.impersonal, "key": compiler.normaliser.phrase(row.verb or row.noun or row.phrase or ""),
        "shape": row.shape, "who": row.who, "bodies": row.bodies,
    }


def add_frames(compiler: Compiler, rows: Iterable[schema.Frame]) -> None:
    """Verbs and nouns that name deeds or ties."""
    for row in rows:
        key = row.verb or row.noun or row.phrase or ""
        if (row.type and row.type not in schema.EVENT_TYPES) or (row.relation and row.relation not in schema.RELATIONS):
            raise LexiconError(f"frame {key!r}: unknown type {row.type or row.relation!r}. Use a type or relation of the codebook.")
        name = f"{'v' if row.verb else 'n'}:{key}"
        lexeme = compiler.lemma(name)
        lexeme["frames" if row.type else "ties"].append(_frame(compiler, row))
        _add_forms(compiler, row, compiler.lemma_index(name))


def add_verbs(compiler: Compiler, rows: Iterable[schema.Verb]) -> None:
    """Verbs that name no deed."""
    for row in rows:
        compiler.lemma(f"v:{row.verb}")
        _add_forms(compiler, row, compiler.lemma_index(f"v:{row.verb}"))


def _add_forms(compiler: Compiler, row: schema.Frame | schema.Reporting | schema.Support | schema.Verb, index: int) -> None:
    paradigms = compiler.paradigms
    if row.verb:
        says = isinstance(row, schema.Reporting) or getattr(row, "says", False)
        compiler.add_verb(row.verb, row.present, index, getattr(row, "participle", True), row.masdar if says else ())
    noun = getattr(row, "noun", None)
    if noun:
        compiler.add_nominal(noun, paradigms.masdar, "noun", index)
    for masdar in row.masdar:
        compiler.add_nominal(masdar, paradigms.masdar, "noun", index)
    for plural in getattr(row, "plural", []):
        compiler.add_nominal(plural, paradigms.plural, "noun", index)
    phrase = getattr(row, "phrase", None)
    if phrase:
        compiler.add(phrase, "noun", index, "Ms")


def add_support(compiler: Compiler, rows: Iterable[schema.Support]) -> None:
    """Verbs that lend their subject to a deed noun."""
    for row in rows:
        compiler.lemma(f"v:{row.verb}")["support"] = {"role": row.role, "prep": row.prep}
        _add_forms(compiler, row, compiler.lemma_index(f"v:{row.verb}"))


def add_reporting(compiler: Compiler, rows: Iterable[schema.Reporting]) -> None:
    """Verbs, nouns and source phrases of saying."""
    for row in rows:
        key = row.verb or row.noun or row.phrase or ""
        if row.phrase or row.kind == "source":
            compiler.add_names([key], "source", {"stance": row.stance})
            continue
        name = f"{'v' if row.verb else 'n'}:{key}"
        compiler.lemma(name)["report"] = {
            "stance": row.stance, "complement": row.complement, "relay": row.relay, "denies": row.denies, "whole": row.whole}
        _add_forms(compiler, row, compiler.lemma_index(name))


def add_states(compiler: Compiler, rows: Iterable[schema.State], english: dict[str, schema.SharedState]) -> None:
    """States with CLDR's name for each, nationality adjectives, capitals and seats of power."""
    from babel import Locale

    territories = Locale.parse(compiler.orthography.code).territories
    article = compiler.orthography.article
    for row in rows:
        shared = english.get(row.code)
        if shared is None:
            raise LexiconError(f"states.yml: {row.code} is not in shared/states.yml. Add it there first.")
        names = dict.fromkeys([*row.names, *([territories[shared.alpha2]] if shared.alpha2 in territories else [])])
        compiler.add_names([n for n in names if "(" not in n], "state", {"code": row.code, "english": shared.english})
        nat = compiler.add_row("nat", {"code": row.code})
        called = [*names, *row.capital, *row.seats, *([row.adjective] if isinstance(row.adjective, str) else row.adjective)]
        words = [compiler.normaliser.phrase(word) for word in called if len(word) > 2]
        compiler.tables["called"].append({"code": row.code, "data": {"words": words}})
        for adjective in [row.adjective] if isinstance(row.adjective, str) else row.adjective:
            for form, feature in _nationality(compiler, adjective, article):
                compiler.add(form, "nat", nat, feature)
        for people in row.people:
            compiler.add(people.removeprefix(article), "nat", nat, "Npm")
        compiler.add_names(row.capital, "capital", {"code": row.code, "english": shared.capital or ""})
        compiler.add_names(row.seats, "seat", {"code": row.code, "english": ""})


def _nationality(compiler: Compiler, adjective: str, article: str) -> Iterator[tuple[str, str]]:
    rules = compiler.paradigms.adjective
    first, _, last = adjective.partition(" ")
    if not last:
        yield from inflect(rules, first)
        return
    both = _bare(first).endswith(_bare(last)[-1])
    for form, feature in inflect(rules, last):
        head = next((f for f, x in inflect(rules, first) if x == feature), first) if both else first
        yield f"{head} {form}", feature
        yield f"{article}{head} {article if both else ''}{form}", feature


def add_people(compiler: Compiler, names: Iterable[schema.Names], people: dict[str, schema.SharedPerson]) -> None:
    """People under their full names, and under surnames that are distinctive."""
    for row in names:
        person = people.get(row.id)
        if person is None:
            raise LexiconError(f"people: {row.id} is not in shared/. Add it there first.")
        offices = [[t.role, t.sector, _iso(t.since), _iso(t.until)] for t in person.offices]
        index = compiler.add_names(row.names, "person", {"english": person.english, "code": person.code, "offices": offices})
        for surname in row.surname:
            compiler.add(surname, "surname", index)


def _iso(value: Any) -> str | None:
    return str(value) if value is not None else None


def _indefinite(compiler: Compiler, name: str) -> str:
    """A single word without its article, which the look-up takes off by itself; several words as they stand."""
    return name if " " in name else name.removeprefix(compiler.orthography.article)


def add_offices(compiler: Compiler, offices: Iterable[schema.Office], portfolios: Iterable[schema.Portfolio]) -> None:
    """Heads of offices in singular, feminine, dual and plural, and the portfolios that follow them."""
    for row in offices:
        index = compiler.add_row("office", {"role": row.role, "sector": row.sector, "complement": row.complement})
        feminine = [row.feminine] if isinstance(row.feminine, str) else row.feminine or []
        for head in [row.head, *feminine]:
            compiler.add_nominal(head, compiler.paradigms.noun, "office", index)
        for plural in row.plural:
            compiler.add_nominal(plural, compiler.paradigms.plural, "office", index)
    for portfolio in portfolios:
        names = [_indefinite(compiler, n) for n in portfolio.names]
        compiler.add_names(names, "portfolio", {"english": portfolio.english, "sector": portfolio.sector})


def add_groups(compiler: Compiler, rows: Iterable[schema.Group]) -> None:
    """Collective and generic actors."""
    for row in rows:
        index = compiler.add_row("group", {"sector": row.sector, "english": row.english, "noun": row.noun})
        compiler.add_nominal(row.noun, compiler.paradigms.noun, "group", index)
        for plural in row.plural:
            compiler.add_nominal(plural, compiler.paradigms.plural, "group", index)


def _pronoun(compiler: Compiler, word: str) -> str:
    """The pronoun that a short preposition ends with."""
    norm, orthography = compiler.normaliser.word(word), compiler.orthography
    return next(e for e in sorted(orthography.enclitics, key=len, reverse=True) if norm.endswith(e))


def _common(own: Path) -> list[str]:
    """Everyday words, which are never part of an unknown name."""
    path = own / "common.txt"
    return path.read_text("utf-8").split() if path.exists() else []


def _frequency(own: Path) -> list[tuple[str, float]]:
    """How rare words are in news: the natural logarithm of reports for each report with the word in it (tools/count_words.py)."""
    path = own / "frequency.tsv"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [(word, float(rarity)) for word, _, rarity in (line.partition("\t") for line in lines)]


def add_references(compiler: Compiler, rows: Iterable[schema.Reference]) -> None:
    """Words that point at someone named elsewhere."""
    for row in rows:
        index = compiler.add_names(row.words, "ref", {"kind": row.kind, "codes": row.codes, "data": row.scenes})
        for noun in row.nouns:
            compiler.add_nominal(noun, compiler.paradigms.noun, "ref", index)
        for plural in row.plural:
            compiler.add_nominal(plural, compiler.paradigms.plural, "ref", index)


def add_quantities(compiler: Compiler, own: Path) -> None:
    """Numerals, units, bounds, and what numbers may measure."""
    normal = compiler.normaliser.phrase
    for numeral in read_rows(own / "numbers.yml", schema.Numeral):
        kind = "scale" if numeral.scale else "many" if numeral.many else "fraction" if numeral.fraction else ""
        compiler.add_names(numeral.words, "number", {"value": numeral.value, "kind": kind})
    for role in read_rows(own / "number_roles.yml", schema.NumberRole):
        compiler.tables["number role"].append({"kind": role.role, "code": role.code, "data": {"words": [normal(w) for w in role.words]}})
    units = read_rows(own / "units.yml", schema.Unit)
    for unit in [*units, *_currencies(compiler, {w for u in units for w in u.words})]:
        compiler.add_names(unit.words, "unit", {"unit": unit.unit})
        data = {"words": [normal(w) for w in unit.words], "states": unit.states}
        compiler.tables["quantity unit"].append({"unit": unit.unit, "data": data})
    for bound in read_rows(own / "bounds.yml", schema.Bound):
        compiler.tables["bound"].append({"kind": bound.bound, "data": {"words": [normal(w) for w in bound.words]}})
    for row in read_rows(own / "measures.yml", schema.Measure):
        compiler.tables["measure"].append({"measure": row.measure, "unit": row.unit, "data": _measure(compiler, row)})


def _measure(compiler: Compiler, row: schema.Measure) -> dict[str, Any]:
    """The counted nouns of a row by form, with the numbers each form may stand for, and the words that must be near."""
    nouns: dict[str, str] | str = row.nouns if isinstance(row.nouns, str) else {}
    if isinstance(nouns, dict):
        for words, rules in ((row.nouns, compiler.paradigms.noun), (row.plural, compiler.paradigms.plural)):
            for word in words:
                for form, feature in inflect(rules, _bare(word)):
                    form = compiler.normaliser.phrase(form)
                    nouns[form] = "".join(sorted({*nouns.get(form, ""), feature[1:2]}))
    finite = ((form, feature) for verb in row.verbs for form, feature in conjugate(compiler.paradigms, _bare(verb), None))
    verbs = {compiler.normaliser.phrase(form) for form, feature in finite if not feature.startswith("A")}
    return {"nouns": nouns, "cues": _needs(compiler, row.near), "verbs": sorted(verbs), "side": row.side, "single": row.single}


def _currencies(compiler: Compiler, known: set[str]) -> list[schema.Unit]:
    """Currencies under CLDR's names, as they stand and in the accusative; a historic one has its years in brackets and is left out."""
    from babel import Locale
    from babel.numbers import get_territory_currencies

    locale = Locale.parse(compiler.orthography.code)
    current = {code for territory in map(str, locale.territories) if len(territory) == 2 for code in get_territory_currencies(territory)}
    out = []
    for code in sorted(current):
        name = locale.currencies.get(code, "")
        words = name.split()
        if not name or "(" in name or name in known or len(words) > 3:
            continue
        accusative = " ".join(_accusative(compiler, _bare(word)) for word in words)
        out.append(schema.Unit(code, list(dict.fromkeys([name, accusative]))))
    return out


def _accusative(compiler: Compiler, word: str) -> str:
    return next((f for f, feature in inflect(compiler.paradigms.noun, word) if feature == "Ms" and f != word and f.startswith(word)), word)


def add_stance(compiler: Compiler, own: Path) -> None:
    """Words and phrases that give what is said a stance: form to [signed weight, type]. A phrase's form is its words, one space between."""
    forms: dict[str, list[Any]] = {}
    paradigms = compiler.paradigms
    for row in read_rows(own / "stance.yml", schema.Stance):
        value = [row.weight if row.stance == "positive" else -row.weight, row.type]
        surfaces: set[str] = {row.phrase} if row.phrase else set()
        if row.verb:
            surfaces.update(form for form, _ in conjugate(paradigms, _bare(row.verb), _bare(row.present) if row.present else None))
        for noun in [row.word, *row.masdar]:
            if noun:
                surfaces.update(form for form, _ in inflect(paradigms.masdar, _bare(noun)))
                surfaces.update(form for form, _ in inflect(paradigms.adjective, _bare(noun)))
        for plural in row.plural:
            surfaces.update(form for form, _ in inflect(paradigms.plural, _bare(plural)))
        for surface in sorted(surfaces):
            forms.setdefault(compiler.normaliser.phrase(surface), value)
    compiler.tables["stance"].append({"data": forms})


def add_constructions(compiler: Compiler, rows: Iterable[schema.Construction]) -> None:
    """Classes of words by form, and the patterns of those words that assert ties."""
    forms: dict[str, list[str]] = defaultdict(list)
    named: set[str] = set()
    for row in rows:
        if row.name:
            named.add(row.name)
            for form in _class_forms(compiler, row):
                forms[form].append(row.name)
            continue
        try:
            unknown = {*row.bar, *(e.name for e in parse_pattern(row.pattern) if e.kind == "word")} - named
        except ValueError as error:
            raise LexiconError(f"constructions.yml: {error}. docs/lexicon.md says what a pattern may hold.") from error
        if unknown or row.relation not in schema.RELATIONS:
            what = ", ".join(sorted(unknown)) or row.relation
            raise LexiconError(f"constructions.yml: {row.pattern!r}: unknown {what}. Name the class above it.")
        data = {"pattern": row.pattern, "of": row.of, "who": row.who, "by": row.by, "bar": row.bar, "subject": row.subject}
        compiler.tables["construction"].append({"kind": row.relation, "modality": row.modality, "data": data})
    compiler.tables["word class"].append({"data": dict(sorted(forms.items()))})


def _class_forms(compiler: Compiler, row: schema.Construction) -> set[str]:
    """Every normal form of the words of a class, clitics aside. A verb is written past/present where the rules need its present."""
    paradigms, forms = compiler.paradigms, {compiler.normaliser.word(word) for word in row.words}
    for verb in row.verbs:
        past, _, present = _bare(verb).partition("/")
        forms.update(compiler.normaliser.word(f) for f, feature in conjugate(paradigms, past, present or None) if feature[:1] != "A")
    for words, rules in ((row.nouns, paradigms.masdar), (row.plural, paradigms.plural), (row.adjectives, paradigms.adjective)):
        for word in words:
            forms.update(compiler.normaliser.word(form) for form, _ in inflect(rules, _bare(word)))
    return forms


def add_phases(compiler: Compiler, rows: Iterable[schema.Phase]) -> None:
    """Phrases that say where a relation stands, in their normal form, and the words of which one must stand near."""
    for row in rows:
        words = [compiler.normaliser.phrase(word) for word in (row.words or row.near)]
        compiler.tables["phase"].append({"kind": row.phase or "near", "data": {"words": words, "shift": row.shift}})


def add_time(compiler: Compiler, own: Path) -> None:
    """Words of the calendar."""
    rows = read_rows(own / "time.yml", TimeRow)
    compiler.tables["time"].append({"data": compile_time(rows, compiler.normaliser)})


def add_plover(compiler: Compiler, own: Path, shared: Path) -> None:
    """Quads, scores and CAMEO codes of types and modes; words that give a context."""
    for row in read_rows(shared / "plover.yml", schema.PloverType):
        modes = {mode: list(pair) for mode, pair in row.modes.items()}
        data = {"quad": row.quad, "modes": modes}
        compiler.tables["plover"].append({"kind": row.type, "value": row.score, "code": row.cameo, "data": data})
    for mode in read_rows(own / "modes.yml", schema.Mode):
        data = {"mode": mode.mode, "words": _needs(compiler, mode.words), "over": mode.over}
        compiler.tables["mode"].append({"kind": mode.type, "data": data})
    for context in read_rows(own / "contexts.yml", schema.Context):
        compiler.tables["context"].append({"kind": context.context, "data": {"words": _needs(compiler, context.words)}})


def compile_language(root: Path, code: str) -> dict[str, Any]:
    """The compiled table of one language. `root` holds `shared/` and the language's folder."""
    own, shared = root / code, root / "shared"
    compiler = Compiler(read_mapping(own / "language.yml", Orthography), read_mapping(own / "inflection.yml", Paradigms))
    states = {row.code: row for row in read_rows(shared / "states.yml", schema.SharedState)}
    add_states(compiler, read_rows(own / "states.yml", schema.State), states)
    for place in read_rows(own / "places.yml", schema.Place):
        compiler.add_names(place.name, "place", {"english": place.english, "country": place.country})
    for region in read_rows(own / "regions.yml", schema.Region):
        compiler.add_names(region.names, "org", {"actor": region.actor, "members": []})
    organisations = {row.id: row for row in read_rows(shared / "organisations.yml", schema.SharedOrganisation)}
    for names in read_rows(own / "organisations.yml", schema.Names):
        organisation = organisations[names.id]
        compiler.add_names(names.names, "org", {"actor": organisation.actor, "members": organisation.members})
    people = {row.id: row for path in sorted(shared.glob("people*.yml")) for row in read_rows(path, schema.SharedPerson)}
    for path in sorted(own.glob("people*.yml")):
        add_people(compiler, read_rows(path, schema.Names), people)
    add_offices(compiler, read_rows(own / "offices.yml", schema.Office), read_rows(own / "portfolios.yml", schema.Portfolio))
    for title in read_rows(own / "titles.yml", schema.Title):
        compiler.add_names([_indefinite(compiler, n) for n in title.names], "title", {})
    add_groups(compiler, read_rows(own / "groups.yml", schema.Group))
    normal = compiler.normaliser.phrase
    function = read_rows(own / "function.yml", schema.Function)
    compiler.grammatical = {normal(word) for row in function for word in row.words}
    if (own / "blocked.yml").exists():
        blocked = read_rows(own / "blocked.yml", schema.Blocked)
        compiler.blocked = {(normal(b.lemma), normal(b.form)) for b in blocked}
        compiler.mistaken = {_bare(b.form) for b in blocked}
    for path in [*sorted(own.glob("frames*.yml")), own / "ties.yml"]:
        add_frames(compiler, read_rows(path, schema.Frame))
    if (own / "verbs.yml").exists():
        add_verbs(compiler, read_rows(own / "verbs.yml", schema.Verb))
    add_support(compiler, read_rows(own / "support.yml", schema.Support))
    add_reporting(compiler, read_rows(own / "reporting.yml", schema.Reporting))
    for row in function:
        for word in row.words:
            pronoun = {"encl": _pronoun(compiler, word)} if row.bound else {}
            compiler.add_names([word], "func", {"class": row.klass, "as": row.canonical or compiler.normaliser.phrase(word), **pronoun})
    add_references(compiler, read_rows(own / "reference.yml", schema.Reference))
    compiler.tables["common"] = [{"noun": word} for word in sorted({compiler.normaliser.word(w) for w in _common(own)})]
    for modal in read_rows(own / "modality.yml", schema.Modal):
        compiler.add_names(modal.words, "modal", {"modality": modal.modality, "scope": modal.scope})
    add_quantities(compiler, own)
    add_plover(compiler, own, shared)
    add_time(compiler, own)
    if (own / "stance.yml").exists():
        add_stance(compiler, own)
    if (own / "constructions.yml").exists():
        add_constructions(compiler, read_rows(own / "constructions.yml", schema.Construction))
    if (own / "phases.yml").exists():
        add_phases(compiler, read_rows(own / "phases.yml", schema.Phase))
    for lexeme in compiler.tables["lemma"]:
        for rows in (lexeme["frames"], lexeme["ties"]):
            rows.sort(key=lambda frame: not frame["need"])
    judgement = own / "judgement.json"
    if judgement.exists():
        compiler.tables["judgement"].append({"data": msgspec.json.decode(judgement.read_bytes())})
    compiler.tables["frequency"] = [{"noun": word, "value": rarity} for word, rarity in _frequency(own)]
    detection = own / "detection.json"
    if detection.exists():
        compiler.tables["detection"] = [{"kind": kind, "data": data} for kind, data in msgspec.json.decode(detection.read_bytes()).items()]
    settings = yaml.load((own / "language.yml").read_text("utf-8"), Loader=Loader)
    return {"orthography": settings, "forms": compiler.forms, "spelt": compiler.spelt, "multi": compiler.multi, "tables": compiler.tables}


def compile_shared(shared: Path) -> dict[str, Any]:
    """What is known of the world whatever the language: gatherings, offices with their holders, ranks of offices, states of a region
    or body."""
    groups: dict[str, list[str]] = defaultdict(list)
    for state in read_rows(shared / "states.yml", schema.SharedState):
        for region in state.region:
            groups[region].append(state.code)
    bodies = {row.actor: row.members for row in read_rows(shared / "organisations.yml", schema.SharedOrganisation)
              if row.members and ":" not in row.actor}
    people = [row for path in sorted(shared.glob("people*.yml")) for row in read_rows(path, schema.SharedPerson)]
    formats = [msgspec.structs.replace(row, members=[schema.Member(m) if isinstance(m, str) else m for m in row.members])
               for row in read_rows(shared / "formats.yml", schema.Format)]
    return {"formats": formats, "ranks": read_rows(shared / "ranks.yml", schema.Rank), "groups": groups, "bodies": bodies,
            "offices": [{"name": row.english, "code": row.code, "role": office.role, "since": _iso(office.since),
                         "until": _iso(office.until)} for row in people for office in row.offices]}


def write_compiled(root: Path) -> list[Path]:
    """Compiles every language folder under `root`, and what all languages share; the files written."""
    folder = root / "compiled"
    (folder / "shared").mkdir(parents=True, exist_ok=True)
    written = [folder / "shared" / "world.json"]
    written[0].write_bytes(msgspec.json.encode(compile_shared(root / "shared")))
    for own in sorted(path.parent for path in root.glob("*/language.yml")):
        target = folder / f"{own.name}.json"
        target.write_bytes(msgspec.json.encode(compile_language(root, own.name)))
        written.append(target)
    return [*written, *write_names(root)]


if __name__ == "__main__":
    write_compiled(Path(__file__).parent)
