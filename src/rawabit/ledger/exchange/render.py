"""A flat deed as a line of PLOVER JSON, POLECAT or ICEWS. A column for which the ledger holds no value stays empty."""
from __future__ import annotations

import re
from typing import Any

import msgspec

from rawabit import __version__
from rawabit.ledger.exchange.columns import ICEWS, POLECAT, QUADS
from rawabit.ledger.exchange.flat import Flat
from rawabit.ledger.exchange.vocabulary import SECTORS, find_cameo, find_quad, find_score, load_countries
from rawabit.model import Actor

JOIN = "; "
"""Between the parties of one side, as in POLECAT's files."""
BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
VERSION = f"rawabit {__version__}"


def render_plover(deed: Flat) -> bytes:
    """One JSON object. `was` and `modality` are fields beside PLOVER's, which allows them: type and modality as the ledger holds them."""
    first, last = (deed.day, None) if deed.planned else (deed.start, deed.end)
    record = {
        "id": deed.id, "date": first, "enddate": last, "actor": [_entity(actor) for actor in deed.actors],
        "recipient": [_entity(actor) for actor in deed.recipients], "event": [deed.type],
        "event_loc": _filled({"resolved_place": deed.place, "country_code": deed.country}), "event_text": [deed.evidence],
        "quad_code": find_quad(deed.type), "event_scale": find_score(deed.type, deed.mode), "mode": [deed.mode] if deed.mode else None,
        "context": list(deed.contexts), "cite_info": _filled({"publication": deed.outlet, "url": deed.url, "language": deed.language}),
        "coder": VERSION, "coded_date": deed.recorded, "was": deed.was if deed.planned else None, "modality": deed.modality}
    return msgspec.json.encode({"date": None, **_filled(record), "actor": record["actor"]}) + b"\n"


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def _entity(actor: Actor) -> dict[str, Any]:
    """PLOVER's entity: `code` is the top-level code of three characters, so that a body's own name stands in `identifier_text`."""
    head, _, tail = actor.code.partition("-")
    return _filled({"code": head, "sector": actor.sector or None, "identifier_text": f"{tail} {actor.name}".strip() or None})


def make_line(values: dict[str, object], columns: tuple[str, ...]) -> bytes:
    """A tab-separated line: empty where a column has no value, a space where a value holds a tab or a line end."""
    told = ("" if (value := values.get(name)) is None else BREAKS.sub(" ", str(value)) for name in columns)
    return ("\t".join(told) + "\n").encode()


def render_polecat(deed: Flat) -> bytes:
    """One row of POLECAT's 40 columns; parties of one side are joined."""
    return make_line({
        "Event ID": deed.id, "Event Date": deed.day, "Event Type": deed.type, "Event Mode": deed.mode,
        "Intensity": find_score(deed.type, deed.mode), "Quad Code": QUADS.get(find_quad(deed.type) or 0), "Contexts": _join(deed.contexts),
        **_side("Actor", deed.actors), **_side("Recipient", deed.recipients), "Placename": deed.place, "Country": deed.country,
        "Source": deed.outlet, "Publication Date": deed.published, "Story People": _join(deed.people), "Language": deed.language,
        "Version": VERSION}, POLECAT)


def _join(values: tuple[str, ...] | list[str]) -> str | None:
    return JOIN.join(values) or None


def _side(side: str, parties: tuple[Actor, ...]) -> dict[str, object]:
    known = [party for party in parties if party.code != "UNK"]
    sectors = list(dict.fromkeys(party.sector for party in parties if party.sector))
    return {f"{side} Name": _join([name for party in known if (name := find_name(party))]),
            f"{side} Country": _join([party.code.partition("-")[0] for party in known]),
            f"Primary {side} Sector": sectors[0] if sectors else None, f"{side} Sectors": _join(sectors)}


def find_name(actor: Actor) -> str | None:
    """The name of a party: its own (after that of its body), that of its country, or its code; None for one that is not known."""
    tail = actor.code.partition("-")[2]
    return f"{tail} {actor.name}".strip() or load_countries().spelled.get(actor.code) or (actor.code if actor.code != "UNK" else None)


def render_icews(deed: Flat) -> bytes:
    """One row of ICEWS's 20 columns for a dyad. `Intensity` stays empty: it is Goldstein's scale there, which Rawabit does not use."""
    countries = load_countries().spelled
    (source,), (target,) = deed.actors, deed.recipients
    return make_line({
        "Event ID": deed.id, "Event Date": deed.day, "Source Name": find_name(source), "Source Sectors": SECTORS.get(source.sector),
        "Source Country": countries.get(source.code), "Event Text": find_cameo(deed.cameo)[1], "CAMEO Code": deed.cameo,
        "Target Name": find_name(target), "Target Sectors": SECTORS.get(target.sector), "Target Country": countries.get(target.code),
        "Story ID": deed.document_id, "Sentence Number": None if deed.sentence is None else deed.sentence + 1, "Publisher": deed.outlet,
        "Country": countries.get(deed.country or "")}, ICEWS)

