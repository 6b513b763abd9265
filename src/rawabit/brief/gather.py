"""What goes into the brief of a pair as of a day: chosen deeds, agreements, disputes, figures, statements, plans and contradictions.

Order of work: deeds of the pair and their tellings; each becomes one fact or none (`choose`); each fact goes into one section; the heaviest
stay. Raises LedgerError where the ledger holds nothing of the pair. Writes nothing.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

import msgspec

from rawabit.brief.choose import CONSULTS, VERBAL, Chooser, Row, Told, drop_alike, enters, find_roles, make_report, spread
from rawabit.brief.ground import begins_with, denies_for, find_named, has_word, is_of_strangers, names_party, stands_by
from rawabit.brief.parts import Clash, Fact, Gathered, Stage
from rawabit.catalogue import find_calendar, find_words
from rawabit.ledger import Ledger
from rawabit.lexicon.load import known_languages
from rawabit.model import LedgerError
from rawabit.relation.contacts import find_met, is_ahead
from rawabit.relation.deeds import Deed, keep_between, read_deeds
from rawabit.relation.parties import acts_for_state, find_codes, is_official, read_party
from rawabit.relation.phases import Phase, make_history
from rawabit.relation.series import find_day
from rawabit.relation.sides import find_sides
from rawabit.relation.told import YEAR, Saying

STEPS, DISPUTES, AGREEMENTS, FIGURES, SAID, EXPECTED, CLASHES = 24, 8, 6, 6, 6, 5, 4
"""Lines of each section at most."""
RECENT, SOON = timedelta(days=400), timedelta(days=45)
"""How long a dispute counts as open without being told again; how long a plan without a day counts as one to come."""
FEW = 60
"""Deeds of a pair up to which all that are borne out may enter: few are told of it, and a single report may be all there is."""
COMING = ("CONSULT", "COOPERATE", "AID", "RETREAT", "SANCTION", "MOBILIZE", "COERCE", "PROTEST", "ASSAULT")
"""What can be awaited; words that are announced are told as words."""
VERBAL_CONFLICT = ("ACCUSE", "REQUEST", "REJECT", "THREATEN")
MEASURES = ("trade_value", "trade_share", "aid_value", "arms_value", "tariff_rate", "dead", "injured", "prisoners", "diplomats_expelled",
            "documents_signed", "migrant_workers", "remittances_gdp_share")
VICTIMS = ("dead", "injured")
"""Measures that belong to a relation where force is told; of an accident they do not."""
ONE = {"dead": (1,), "injured": (1,), "prisoners": (1,)}
"""Values that are no figures: the person killed or held is told among the deeds."""
PER_MEASURE = 2
"""Figures of one measure at most, the newest: estimates of one thing follow each other."""
HEAD = 300
"""Letters of a text among which a column says that it is one."""
BEGINNING = 2
"""Words of a sentence among which a verb tells a state of things («Peking is held to be its ally»)."""
ONE_VISIT, MEETING_DAYS = 2, timedelta(days=4)
ONE_MEASURE, MEASURE_DAYS = 4, timedelta(days=60)
FORMER = "ELI"
"""Sector of those who have left office, parties and the well known."""
SPEAKING = ("GOV", "MIL", "LEG")
"""Sectors that speak for a side."""
ASSEMBLY = "LEG"
"""Of whom one by name speaks, but no committee: it often speaks against its own state."""
OPENING = " :\"«“'‘"
BRIEFLY = 9
"""Words that may stand before what is said where the speaker is a state: farther on it may be another's words."""
LENGTHY = 25
"""Words of evidence from which a plan is one thing among many in it."""
SHORT = 18
"""Words of a sentence up to which it is about one thing: whom it names anywhere is a side of what it tells."""
QUOTED = 2.0
"""Weight of a statement from which it is a quotation."""
SIDES = 2
NEAR = timedelta(days=14)
"""Days within which turns in one direction count as one: a crisis begins with its chief deed, not with the first hint of it."""
MINOR = 4
"""How many times more reports may tell the chief deed that opened a phase than one that is shown beside it."""
OPENED, TRIED, FRESH = 2, 12, timedelta(days=3)
"""What opened a phase: facts that are shown, deeds that are tried for them, and how long after it was known they were told."""


def gather_pair(ledger: Ledger, first: str, second: str, as_of: date | None = None, since: date | None = None) -> Gathered:
    """What the ledger holds of two codes, as of a day (its last day of publication, where none is given), since another."""
    day = find_day(ledger, as_of)
    sides = find_sides(first, second, day.year)
    named = read_deeds(ledger, [side.codes | side.groups for side in sides], day)
    deeds = keep_since([deed for deed in named if is_of_both(deed, (first, second))], since)
    if not deeds:
        raise LedgerError(f"the ledger at {ledger.location} holds no deed of {first} and {second} as of {day}. Ask for a later day, or see "
                          f"`rawabit deeds --actor {first}` for those whom it knows; `rawabit add PATH…` adds reports.")
    between = keep_between(named, sides)
    met = frozenset(deed.deed_id for deed in find_met(sides, between, day))
    tellings = find_tellings(ledger, deeds, day)
    chooser = make_chooser(ledger, (first, second), day, tellings)
    facts, expected = choose_facts(chooser, deeds, tellings)
    stage = find_stage(chooser, make_history(ledger, sides, between, day, day).phases, tellings)
    return sort_facts(ledger, chooser, facts, expected, find_clashes(chooser, deeds, tellings), stage, met, since)


def is_of_both(deed: Deed, codes: tuple[str, ...]) -> bool:
    """Whether a deed passes between the two, or both do it together to others. What a third does to both is no deed of theirs."""
    first, second = ({code} for code in codes)
    return deed.joins(frozenset(first), frozenset(second)) or set(codes) <= find_codes(deed.actors)


def keep_since(deeds: Iterable[Deed], since: date | None) -> list[Deed]:
    """The deeds some day of which lies on or after a day; of those without a day the first told."""
    return [deed for deed in deeds if since is None or (deed.end or deed.start or deed.first_told or date.max) >= since]


def find_tellings(ledger: Ledger, deeds: Sequence[Deed], as_of: date) -> dict[str, list[Row]]:
    """The tellings of deeds, by deed."""
    ids = [deed.deed_id for deed in deeds]
    out: dict[str, list[Row]] = defaultdict(list)
    for row in ledger.query("SELECT * EXCLUDE (gist) FROM tellings WHERE list_contains(?, deed_id) ORDER BY published, event_id", (ids,),
                            as_of).to_pylist():
        out[row["deed_id"]].append(row)
    return out


def make_chooser(ledger: Ledger, codes: tuple[str, ...], as_of: date, tellings: dict[str, list[Row]], more: Iterable[Row] = ()) -> Chooser:
    """A chooser that knows the reports of tellings and of other rows."""
    ids = {row["document_id"] for rows in tellings.values() for row in rows} | {row["document_id"] for row in more}
    calendars = {language: find_calendar(language) for language in known_languages()}
    return Chooser(ledger, codes, as_of, find_reports(ledger, ids, as_of), calendars)


def find_reports(ledger: Ledger, ids: Iterable[str], as_of: date) -> dict[str, Row]:
    """Rows of `documents` by id: those published by a day, but for what is no news."""
    sql = ("SELECT document_id, outlet, published, title, text, url, language FROM documents "
           "WHERE list_contains(?, document_id) AND coalesce(published <= ?, true)")
    rows = ledger.query(sql, (sorted(ids), as_of), as_of).to_pylist()
    return {row["document_id"]: row for row in rows if is_news(row)}


def is_news(report: Row) -> bool:
    """Whether a report tells of its own time, and no opinion: neither an almanac of its day in other years nor a column."""
    language = report["language"]
    head = f"{report['title']}\n{report['text'][:HEAD]}"
    return language not in known_languages() or not (
        any(mark in report["title"] for mark in find_words(language, "almanac"))
        or any(mark in head for mark in find_words(language, "opinion")))


def choose_facts(chooser: Chooser, deeds: Sequence[Deed], tellings: dict[str, list[Row]]) -> tuple[list[Fact], list[Fact]]:
    """What happened, and what is planned to."""
    happened: list[Fact] = []
    expected: list[Fact] = []
    others: list[Fact] = []
    for deed in deeds:
        rows = tellings[deed.deed_id]
        if is_expected(deed, rows, chooser.as_of):
            planned = [row for row in rows if row["modality"] == "future"]
            fact = chooser.make_fact(deed, [row for row in planned if says_coming(chooser, row)])
            if fact is not None:
                expected.append(msgspec.structs.replace(fact, plain=False, days=None))
        elif deed.modality == "actual":
            fact = chooser.make_fact(deed, [row for row in rows if row["modality"] == "actual"])
            if fact is not None:
                ruled = enters(deed, find_roles(deed.parties, deed.published))
                (happened if ruled else others if is_minor(deed) else []).append(fact)
    return happened + (others if len(happened) + len(others) <= FEW else []), expected


def is_minor(deed: Deed) -> bool:
    """Whether a deed that one report tells may be told of a pair of which there is little else: between those who act for the sides, or
    what such do to people of the other; no case of those who have left office."""
    day = deed.start or deed.first_told
    sectors = [read_party(text).sector for text in deed.recipients]
    return deed.official or (is_official(deed.actors, day) and bool(sectors) and not {None, FORMER} & set(sectors))


def is_expected(deed: Deed, tellings: Sequence[Row], as_of: date) -> bool:
    """Whether it is to come and was lately told so. A plan that stands in one report beside what looks like its being done (a headline that
    leaves «planned» out) is one still: the tellings are asked, not only what became of the deed."""
    planned = [row for row in tellings if row["modality"] == "future" and row["published"]]
    last = max((row["published"] for row in planned), default=date.min)
    if deed.type not in COMING or last < as_of - SOON or deed.outcome == "cancelled":
        return False
    if any(row["modality"] == "actual" and row["published"] and row["published"] > last for row in tellings):
        return False
    days = [row["end"] for row in planned if row["end"] and row["dated"]]
    return max(days) >= as_of if days else is_ahead(deed, as_of)


def is_done(plan: Fact, deed: Fact) -> bool:
    """Whether a deed of the same kind and parties was told after the plan, though the ledger may not have joined them."""
    parties = {*plan.actors, *plan.recipients} == {*deed.actors, *deed.recipients}
    told, since = deed.report.published or date.min, plan.report.published or date.min
    return deed.kind == plan.kind and parties and told > since


def says_coming(chooser: Chooser, row: Row) -> bool:
    """Whether the words of a plan say that it is to come."""
    language = chooser.reports[row["document_id"]]["language"] if row["document_id"] in chooser.reports else ""
    if language not in known_languages():
        return False
    told = " ".join(word for word in row["evidence"].split() if row["trigger"] in word)
    named = find_named(row["evidence"], language)
    if named.words > LENGTHY or not named.codes >= set(chooser.codes):
        return False
    return find_named(told, language).future or has_word(row["evidence"], find_words(language, "coming"))


def sort_facts(ledger: Ledger, chooser: Chooser, facts: list[Fact], expected: list[Fact], clashes: tuple[Clash, ...], stage: Stage | None,
               met: frozenset[str], since: date | None) -> Gathered:
    """Each fact in one section; what is told in one is not told again in the next."""
    seen: list[Told] = []
    awaited: list[Told] = []
    coming = drop_alike([fact for fact in expected if not any(is_done(fact, other) for other in facts)], awaited)
    planned = {fact.quote for fact in coming}
    kept = drop_alike([fact for fact in facts if fact.quote not in planned], seen)
    seen.extend(awaited)
    signed = [fact for fact in kept if is_agreement(fact, chooser.codes)]
    since_when = chooser.as_of - RECENT
    open_ = [fact for fact in kept if fact not in signed and is_dispute(fact, chooser.codes, since_when)]
    steps = spread(thin([fact for fact in kept if fact not in signed and fact not in open_ and is_step(fact)]), STEPS)
    disputes, agreements = spread(open_, DISPUTES), spread(signed, AGREEMENTS)
    return Gathered(
        "pair", chooser.codes, chooser.as_of, stage, find_standing((*steps, *disputes, *agreements), met), steps,
        disputes, agreements, find_figures(ledger, chooser, since), find_said(ledger, chooser, since, seen), (),
        newest(coming, EXPECTED), clashes)


def is_step(fact: Fact) -> bool:
    """Whether a fact is one of its time, between those who take part: a sentence that names another state, told by few, is mostly that
    state's deed; what another state says that the two did is its charge; what a single report tells without a day far from its head is
    looked back on."""
    parties = find_codes((*fact.actors, *fact.recipients))
    foreign = {code for code in find_codes((fact.attribution,)) if "-" not in code} - parties if fact.attribution else set()
    words, language = " ".join(fact.evidence), fact.report.language
    strange = fact.kind in VERBAL_CONFLICT and is_of_strangers(words, language)
    crowded = fact.kind == "CONSULT" and fact.mode == "phone" and len(parties) > SIDES
    minor = fact.reports == 1 and fact.days is None and not fact.head
    return fact.alone and not (foreign or strange or crowded or minor or is_background(fact))


def thin(facts: Sequence[Fact]) -> list[Fact]:
    """No more than `ONE_VISIT` tellings of what two did together within a few days, or `ONE_MEASURE` of one kind of deed by one side that
    no day is told of: reports tell one visit in many sentences, and again and again what began a quarrel."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: (not f.plain, f.days is None, -f.weight, f.day, f.records)):
        if sum(are_of_one(fact, other) for other in kept) < (ONE_VISIT if fact.kind == "CONSULT" else ONE_MEASURE):
            kept.append(fact)
    return kept


def are_of_one(fact: Fact, other: Fact) -> bool:
    """Whether two facts may well tell of the same visit, or of the same measure."""
    apart = abs(other.day - fact.day)
    if other.kind == fact.kind == "CONSULT":
        return apart <= MEETING_DAYS
    same = (fact.kind, fact.mode, find_codes(fact.actors)) == (other.kind, other.mode, find_codes(other.actors))
    return same and fact.kind not in VERBAL and fact.days is None and apart <= MEASURE_DAYS


def is_background(fact: Fact) -> bool:
    """Whether a report looks back on it: it lies more than `RECENT` before, or no day is told of it and its sentence names a year before
    that of the report or begins by what tells a state of things («it is recalled that»)."""
    published = fact.report.published
    if published is None:
        return False
    if fact.days is not None:
        return published - fact.days.start > RECENT
    lasting = has_word(" ".join(fact.quote.split()[:BEGINNING]), find_words(fact.report.language, "lasting"))
    return lasting or any(int(year) < published.year for year in YEAR.findall(fact.quote))


def find_stage(chooser: Chooser, phases: Sequence[Phase], tellings: dict[str, list[Row]]) -> Stage | None:
    """The phase that lasts, from the first in a row of its name that can be shown (of those that began close together, from that which the
    weightiest deed opened), with what opened it; of one that only faded in, what
    opened the phase before. None where nothing shows it."""
    runs = [list(run) for _, run in groupby(phases, key=lambda phase: phase.name)]
    run, faded = runs[-1], runs[-1][0].basis == "faded"
    shown = runs[-2] if faded and len(runs) > 1 else run
    told = [(phase, facts) for phase in shown if (facts := find_openers(chooser, phase, tellings))]
    near = [(phase, facts) for phase, facts in told if phase.start <= told[0][0].start + NEAR]
    first, facts = max(near, key=lambda item: find_force(item[0]), default=(shown[0], ()))
    now = msgspec.structs.replace(run[0] if faded else first, confidence=max(phase.confidence for phase in run))
    return Stage(now, first if faded else None, facts) if facts else None


def find_force(phase: Phase) -> float:
    """How much the chief deed that opened a phase weighs."""
    return max((deed.weight for deed in phase.opened), default=0.0)


def find_openers(chooser: Chooser, phase: Phase, tellings: dict[str, list[Row]]) -> tuple[Fact, ...]:
    """What opened a phase: a report that says so, and deeds as reports of its first days tell them; rather those whose day is said."""
    said = [fact for saying in phase.sayings[:1] for fact in make_saying(chooser, saying)] if phase.basis == "told" else []
    told = max((deed.reports for deed in phase.opened), default=0)
    weighty = [deed for deed in phase.opened if deed.reports >= min(2, told) and deed.reports * MINOR >= told]
    tried = sorted(weighty, key=lambda deed: not deed.founding)[:TRIED]
    made = (chooser.make_fact(deed, [row for row in tellings.get(deed.deed_id, ()) if opens(chooser, row, deed, phase)]) for deed in tried)
    facts = drop_alike([fact for fact in made if fact is not None and is_own(fact, chooser.codes)], [])
    first = [fact for deed in tried[:1] for fact in facts if deed.deed_id in fact.records]
    dated = [fact for fact in facts if fact.days is not None and fact not in first]
    return tuple(sorted((said + first + (dated if first else dated or facts[:1]))[:OPENED], key=lambda fact: fact.day))


def is_own(fact: Fact, codes: tuple[str, ...]) -> bool:
    """Whether a fact that opened a phase is told by one of the sides, or by the report, and passes between the two alone."""
    source = (fact.attribution or "").split("/")[0].split(":")[0]
    return source in ("", *codes) and find_codes((*fact.actors, *fact.recipients)) <= set(codes)


def opens(chooser: Chooser, row: Row, deed: Deed, phase: Phase) -> bool:
    """Whether a telling of what opened a phase is of its first days, of something that happened, by the side that did it, and names no
    third state but that where it was done."""
    if row["modality"] != "actual" or row["published"] is None or not phase.start - FRESH <= row["published"] <= phase.known + FRESH:
        return False
    if find_codes(row["actors"]) != find_codes(deed.actors):
        return False
    return row["document_id"] in chooser.reports and chooser.find_quote(row)[1].codes <= {*chooser.codes, row["country"]}


def make_saying(chooser: Chooser, saying: Saying) -> Iterator[Fact]:
    """The fact that a report says where things stand."""
    chooser.reports.update(find_reports(chooser.ledger, [saying.document_id], chooser.as_of))
    report = chooser.reports.get(saying.document_id)
    if report is not None:
        words = " ".join(saying.sentence.split())
        yield Fact((saying.document_id,), make_report(report), words, (words,), "saying")


def newest(facts: Sequence[Fact], most: int) -> tuple[Fact, ...]:
    """Those published last, in order."""
    return tuple(sorted(facts, key=lambda f: (f.report.published or date.min, f.weight, f.records))[-most:])


def find_standing(facts: Sequence[Fact], met: frozenset[str]) -> tuple[Fact, ...]:
    """The newest meeting or call, where its words bear it out, and the newest deed."""
    told = [fact for fact in facts if fact.kind == "CONSULT" and met & set(fact.records) and is_contact(fact)]
    last_told = max(facts, key=lambda f: (f.report.published or date.min, f.weight), default=None)
    newer = max((fact.day for fact in facts if fact.kind == "CONSULT" and met & set(fact.records)), default=date.min)
    last = max((fact for fact in told if fact.day >= newer), key=lambda f: f.day, default=None)
    if last_told is not None and last_told is not last:
        last_told = msgspec.structs.replace(last_told, days=None, plain=False)
    return tuple({fact.records: fact for fact in (last, last_told) if fact is not None}.values())


def is_contact(fact: Fact) -> bool:
    """Whether the words of a meeting or call bear it out: it may be told in own words, or two people are named beside a word for it."""
    words, people = " ".join(fact.evidence), [party for party in (*fact.actors, *fact.recipients) if ":" in party]
    marks = [mark for manner in CONSULTS for mark in find_words(fact.report.language, manner)]
    return fact.plain or (len(people) == SIDES == len({*fact.actors, *fact.recipients}) and begins_with(words, tuple(marks)))


def is_agreement(fact: Fact, codes: tuple[str, ...]) -> bool:
    """Whether all sides sign, and the words of the deed name a signing and a document."""
    language, words = fact.report.language, " ".join(fact.evidence)
    own = {party.split("/")[0] for party in fact.actors}
    return (fact.kind in ("SUPPORT", "AGREE") and own >= set(codes) and has_word(words, find_words(language, "sign"))
            and begins_with(words, find_words(language, "document")))


def is_dispute(fact: Fact, codes: tuple[str, ...], since: date) -> bool:
    """Whether a verbal conflict of these sides is lately told, by a word of conflict."""
    language, words = fact.report.language, " ".join(fact.evidence)
    if not fact.alone or is_background(fact) or is_of_strangers(words, language):
        return False
    told = words if len(fact.quote.split()) > SHORT else fact.quote
    marks = find_words(language, "dispute")
    return (fact.kind in VERBAL_CONFLICT and fact.day >= since and is_between(fact, codes) and begins_with(words, marks)
            and find_named(told, language).codes == set(codes)
            and any(stands_by(words, marks, party, language) for party in fact.actors))


def is_between(fact: Fact, codes: tuple[str, ...]) -> bool:
    """Whether one side does it to the other, and no third takes part."""
    doers, others = find_codes(fact.actors), find_codes(fact.recipients)
    return len(doers) == 1 and doers | others == set(codes)


def find_figures(ledger: Ledger, chooser: Chooser, since: date | None) -> tuple[Fact, ...]:
    """Figures of one side with the other, whose sentence names both, newest first; one a sentence and measure."""
    rows = [row for row in ledger.figures(between=(chooser.codes[0], chooser.codes[1]), since=since, as_of=chooser.as_of).to_pylist()
            if row["measure"] in MEASURES]
    chooser.reports.update(find_reports(ledger, {row["document_id"] for row in rows}, chooser.as_of))
    facts = [fact for row in rows if (fact := make_figure(chooser, row)) is not None]
    facts.sort(key=lambda f: (f.report.published or date.min, f.records), reverse=True)
    once = {(f.kind, f.value): f for f in reversed(facts)}
    kept = sorted(drop_alike(once.values(), []), key=lambda f: (f.report.published or date.min, f.records), reverse=True)
    return tuple(f for n, f in enumerate(kept) if sum(other.kind == f.kind for other in kept[:n]) < PER_MEASURE)[:FIGURES]


def make_figure(chooser: Chooser, row: Row) -> Fact | None:
    """The fact of a figure, where its sentence names both sides."""
    if row["document_id"] not in chooser.reports:
        return None
    quote, named = chooser.find_quote(row)
    if {code for code in named.codes if "-" not in code} != set(chooser.codes) or row["value"] in ONE.get(row["measure"], ()):
        return None
    language = chooser.reports[row["document_id"]]["language"]
    if any(mark in quote for mark in find_words(language, "filler")):
        return None
    fact = Fact((row["figure_id"],), make_report(chooser.reports[row["document_id"]]), quote, (row["evidence"],), row["measure"],
                actors=(row["subject"],), recipients=(row["partner"],), attribution=row["attribution"], value=row["value"],
                unit=row["unit"], bound=row["bound"], period=row["period"])
    if row["measure"] in VICTIMS and (is_background(fact) or not begins_with(quote, find_words(language, "force"))):
        return None
    plain = row["measure"] == "trade_value" and row["value"] >= 1_000_000 and row["period"] is not None
    plain = plain and has_word(quote, find_words(language, "trade"), 3)
    return msgspec.structs.replace(fact, plain=plain)


def find_said(ledger: Ledger, chooser: Chooser, since: date | None, seen: list[Told]) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """What speakers of each side say of the other, newest first; only where the words before what is said name the speaker."""
    first, second = chooser.codes
    rows = ledger.statements(between=(first, second), since=since, as_of=chooser.as_of).to_pylist()
    chooser.reports.update(find_reports(ledger, {row["document_id"] for row in rows}, chooser.as_of))
    out = []
    for code, other in ((first, second), (second, first)):
        own = [fact for row in rows if row["speaker_code"] == code and (fact := make_statement(chooser, row, other)) is not None]
        own.sort(key=lambda f: (f.alone, f.weight >= QUOTED, f.report.published or date.min, f.weight, f.records), reverse=True)
        chosen = one_each(own, seen)[:SAID]
        out.append((code, tuple(sorted(chosen, key=lambda f: (f.report.published or date.min, f.weight, f.records), reverse=True))))
    return tuple(out)


def one_each(facts: Sequence[Fact], seen: list[Told]) -> list[Fact]:
    """Facts in their order, none twice, no more than two of a report."""
    kept: list[Fact] = []
    for fact in facts:
        if sum(other.report.id == fact.report.id for other in kept) < 2:
            kept.extend(drop_alike([fact], seen))
    return kept


def make_statement(chooser: Chooser, row: Row, other: str) -> Fact | None:
    """The fact of a statement: by a speaker named before it in its sentence, about the other side by name. Who holds no high office must be
    named in full somewhere in the report: a family name alone may be another's."""
    report = chooser.reports.get(row["document_id"])
    if report is None or report["language"] not in known_languages():
        return None
    quote, named = chooser.find_quote(row)
    if any(mark in quote for mark in find_words(report["language"], "filler")):
        return None
    place = quote.find(" ".join(row["evidence"].split()))
    if place < 0 or not says_so(quote[:place], row["speaker"], report["language"]):
        return None
    if not acts_for_state(row["speaker"], row["published"]):
        return None
    said = find_named(row["evidence"], report["language"])
    roles, name = find_roles((row["speaker"],), row["published"]), row["speaker"].partition(":")[2]
    if other not in said.states or said.words < 4:
        return None
    if name.isascii() and name and not roles and name not in find_named(f"{report['title']}\n{report['text']}", report["language"]).full:
        return None
    return Fact((row["statement_id"],), make_report(report), quote, (row["evidence"],), "statement", actors=(row["speaker"],),
                roles=roles, weight=float(":" in row["speaker"]) + 2.0 * row["quoted"],
                alone={code for code in named.codes if "-" not in code} <= set(chooser.codes))


def says_so(before: str, speaker: str, language: str) -> bool:
    """Whether the words before what is said name the speaker and nobody else of another state."""
    told = before.rstrip(OPENING)
    if has_word(told, find_words(language, "silent")):
        return False
    named, head = find_named(told, language), speaker.partition(":")[0]
    code, _, sector = head.partition("/")
    if sector not in SPEAKING or (sector == ASSEMBLY and ":" not in speaker):
        return False
    if named.codes - {code} or len(named.people) > 1 or any(mark in told for mark in OPENING if mark.strip(" :")):
        return False
    return names_party(named, speaker, told) and (
        ":" in speaker or (named.words <= BRIEFLY and begins_with(told, find_words(language, "voice"))))


def find_clashes(chooser: Chooser, deeds: Sequence[Deed], tellings: dict[str, list[Row]]) -> tuple[Clash, ...]:
    """Deeds that one report affirms and another denies in words. Where tellings differ in day or parties, readings err oftener than reports
    differ, so these are left to `rawabit deed`."""
    found: list[Clash] = []
    used: set[str] = set()
    for deed in sorted(deeds, key=lambda d: (-d.reports, d.deed_id)):
        rows = [row for row in tellings[deed.deed_id] if row["document_id"] in chooser.reports]
        differs = "denied" in deed.differs and deed.official
        facts = [chooser.tell(deed, row) for row in find_tellers(chooser, rows)] if differs else []
        if len(facts) == SIDES and used.isdisjoint(fact.quote for fact in facts):
            used.update(fact.quote for fact in facts)
            found.append(Clash("denied", tuple(msgspec.structs.replace(fact, plain=False) for fact in facts)))
    return tuple(found[:CLASHES])


def find_tellers(chooser: Chooser, rows: Sequence[Row]) -> tuple[Row, ...]:
    """One telling that affirms and one that denies, by the same word for the act, each in a sentence that names all sides."""
    fit = [(row, *chooser.find_quote(row)) for row in rows]
    fit = [(row, quote, named) for row, quote, named in fit if all(code in named.codes for code in chooser.codes)]
    denied = [row for row, quote, _ in fit if row["modality"] == "negated" and denies(chooser, row, quote)]
    for no in denied:
        for yes, quote, named in fit:
            same = yes["modality"] == "actual" and yes["trigger"] == no["trigger"] and not named.future
            if same and says(chooser, yes, quote, "affirm") and not says(chooser, yes, quote, "deny"):
                return yes, no
    return ()


def denies(chooser: Chooser, row: Row, quote: str) -> bool:
    """Whether a sentence holds a denial by one of the sides."""
    language = chooser.reports[row["document_id"]]["language"]
    return denies_for(quote, find_words(language, "deny"), chooser.codes, language)


def says(chooser: Chooser, row: Row, quote: str, key: str) -> bool:
    """Whether a sentence holds a word of a kind."""
    language = chooser.reports[row["document_id"]]["language"]
    return begins_with(quote, find_words(language, key))
