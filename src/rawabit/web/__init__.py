"""The observatory: the ledger in the browser, in Arabic and English. Pages in, nothing out but what the ledger holds.

Order of a request: `guard` lets it in, `readers` lends it a ledger, a function of `views` finds what is asked (a typed, immutable answer),
`pages` gives that as HTML by its template or as JSON: the two are twins. Refuses inline script and style, assets of other machines, and to
take any text of a report for HTML.
"""
from rawabit.web.app import make_app
from rawabit.web.settings import Settings

__all__ = ["Settings", "make_app"]
