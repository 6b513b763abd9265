"""Briefs: what the ledger holds of two states, of a region and its rivals, or of one deed, in sentences that cite their records.

Order of work: `gather` asks the ledger and chooses (`choose`, `ground`); `sentences` says it in a language by its
`rawabit.catalogue`; `render_md`, `render_html`, `render_docx` set it. Refuses to say what no record proves.
"""
from rawabit.brief.gather import gather_pair
from rawabit.brief.gather_others import gather_deed, gather_target
from rawabit.brief.parts import Brief
from rawabit.brief.sentences import make_brief

__all__ = ["Brief", "gather_deed", "gather_pair", "gather_target", "make_brief"]
