"""A reading in the codebook's form: plain JSON objects, evidence as `{"start", "end", "text"}`."""
from __future__ import annotations

from typing import Any

import msgspec

from rawabit.model import DateRange, Reading, Span


def to_codebook(reading: Reading) -> dict[str, Any]:
    """The reading as a JSON-able object."""
    doc = reading.document

    def proof(span: Span) -> dict[str, Any]:
        return {"start": span.start, "end": span.end, "text": doc.content[span.start : span.end]}

    def day(dates: DateRange | None, last: bool = False) -> str | None:
        return None if dates is None else (dates.end if last else dates.start).isoformat()

    return {
        "document": {"id": doc.id, "source": doc.source, "language": doc.language, "published": doc.published and doc.published.isoformat(),
                     "title": doc.title, **({"url": doc.url} if doc.url else {})},
        "people": [{"name": reading.surface(p.name), "english": p.english, "code": p.code, "sector": p.sector, "role": p.role}
                   for p in reading.people],
        "events": [{
            "id": e.id, "type": e.type, "mode": e.mode, "modality": e.modality, "actors": [str(a) for a in e.actors],
            "recipients": [str(a) for a in e.recipients], "start": day(e.date), "end": day(e.date, True),
            "precision": e.date.precision.value if e.date else None, "dated_by": proof(e.date.span) if e.date and e.date.span else None,
            "place": e.place, "country": e.country, "attribution": str(e.attribution) if e.attribution else None, "same_as": e.same_as,
            "quad": e.quad, "score": e.score, "cameo": e.cameo, "contexts": list(e.contexts),
            "trigger": proof(e.trigger), "evidence": proof(e.evidence)} for e in reading.events],
        "statements": [{"speaker": str(s.speaker), "quoted": s.quoted, "about": list(s.about), "stance": s.stance,
                        "text": proof(s.text)} for s in reading.statements],
        "figures": [{"measure": f.measure, "subject": str(f.subject), "partner": f.partner, "value": f.value, "unit": f.unit,
                     "bound": f.bound, "period": f.period, "attribution": str(f.attribution) if f.attribution else None,
                     "evidence": proof(f.evidence)} for f in reading.figures],
        "ties": [{"relation": t.relation, "subject": str(t.subject), "object": str(t.object), "start": day(t.date),
                  "end": day(t.date, True), "modality": t.modality, "evidence": proof(t.evidence)} for t in reading.ties],
        "abstentions": [{"reason": a.reason, "evidence": proof(a.evidence)} for a in reading.abstentions],
        "issues": list(reading.issues),
    }


def to_json(reading: Reading) -> bytes:
    """The reading as one line of JSON: the same reading gives the same bytes."""
    return msgspec.json.encode(to_codebook(reading))
