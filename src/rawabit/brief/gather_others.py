"""What goes into a brief of a target and its rivals, and into the brief of one deed."""
from __future__ import annotations

from collections import defaultdict
from datetime import date

from rawabit.brief.choose import Chooser, drop_alike, enters, find_roles, spread
from rawabit.brief.gather import find_clashes, find_tellings, keep_since, make_chooser
from rawabit.brief.parts import Fact, Gathered
from rawabit.ledger import Ledger
from rawabit.ledger.story import find_story
from rawabit.lexicon.load import known_languages
from rawabit.lexicon.names import load_names
from rawabit.model import LedgerError
from rawabit.relation.deeds import make_deed, read_deeds
from rawabit.relation.series import find_day
from rawabit.relation.sides import make_side

RIVALS, EACH = 6, 5
"""Rivals at most, and lines of each."""


def gather_target(ledger: Ledger, target: str, as_of: date | None = None, since: date | None = None) -> Gathered:
    """Who from outside deals with a state or region, each with its deeds there; the busiest first."""
    day = find_day(ledger, as_of)
    inside = make_side(target, day.year).codes
    deeds = keep_since(read_deeds(ledger, [[target]], day), since)
    if not deeds:
        raise LedgerError(f"the ledger at {ledger.location} holds no deed with {target} as of {day}. Ask for a later day, or see "
                          "`rawabit deeds` for those whom it knows.")
    tellings = find_tellings(ledger, deeds, day)
    groups: dict[str, list[Fact]] = defaultdict(list)
    choosers: dict[str, Chooser] = {}
    for deed in deeds:
        roles = find_roles(deed.parties, deed.published)
        for code in sorted(set(deed.codes) - inside):
            if is_state(code) and deed.modality == "actual" and enters(deed, roles):
                chooser = choosers.get(code) or choosers.setdefault(code, make_chooser(ledger, (target, code), day, tellings))
                fact = chooser.make_fact(deed, [row for row in tellings[deed.deed_id] if row["modality"] == "actual"])
                groups[code].extend([fact] if fact is not None else [])
    rivals = sorted(((code, drop_alike(facts, [])) for code, facts in groups.items()), key=lambda g: (-sum(f.weight for f in g[1]), g[0]))
    return Gathered("target", (target,), day, rivals=tuple((code, spread(facts, EACH)) for code, facts in rivals[:RIVALS] if facts))


def is_state(code: str) -> bool:
    """Whether a code is a state's, or a body's that acts as one."""
    return code in load_names("en").states or code.startswith("IGO-")


def gather_deed(ledger: Ledger, asked: str, as_of: date | None = None) -> Gathered:
    """One deed, told by each of its tellings, and in what they differ."""
    story = find_story(ledger, asked, as_of)
    deed, rows = make_deed(story.deed), list(story.tellings)
    day = find_day(ledger, as_of)
    codes = tuple(code for code in deed.codes if code in load_names("en").states or "-" in code)
    chooser = make_chooser(ledger, codes, day, {deed.deed_id: rows})
    known = {key for key, report in chooser.reports.items() if report["language"] in known_languages()}
    readable = [row for row in rows if row["document_id"] in known]
    if not readable:
        raise LedgerError(f"no report of deed {asked} is in a language that can be told. `rawabit deed {asked}` shows its tellings.")
    facts = tuple(chooser.tell(deed, row) for row in readable)
    return Gathered("deed", codes, day, tellings=spread(drop_alike(facts, []), 12, 12),
                    clashes=find_clashes(chooser, [deed], {deed.deed_id: rows}))
