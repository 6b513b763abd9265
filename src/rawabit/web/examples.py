"""Addresses of every kind of page with ids that a ledger holds: for those who try or measure all pages, also ones made after this."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from rawabit.ledger.ledger import Ledger
from rawabit.lexicon.world import load_world
from rawabit.web.pages import Page

ASKED = {
    "/deed/{id}": "SELECT deed_id AS id FROM deeds ORDER BY hash(deed_id) LIMIT ?",
    "/report/{id}": "SELECT document_id AS id FROM documents ORDER BY hash(document_id) LIMIT ?",
    "/review/{id}": "SELECT event_id AS id FROM tellings ORDER BY hash(event_id) LIMIT ?",
    "/pair/{a}/{b}": "SELECT split_part(pair, '|', 1) AS a, split_part(pair, '|', 2) AS b FROM dyads "
                     "WHERE pair NOT LIKE '%UNK%' AND pair NOT LIKE '%-%' AND split_part(pair, '|', 1) <> split_part(pair, '|', 2) "
                     "GROUP BY ALL ORDER BY count(*) DESC, a, b LIMIT ?",
    "/state/{code}": "SELECT code FROM (SELECT unnest(codes) AS code FROM tellings) WHERE code <> 'UNK' GROUP BY code "
                     "ORDER BY count(*) DESC, code LIMIT ?"}
"""What fills the gaps of a path: ids at random but always the same, pairs and states those of whom most is told. A state is
no pair with a body that it belongs to, so pairs are of states."""


def find_paths(ledger: Ledger, pages: Iterable[Page], count: int) -> Iterator[tuple[str, list[str]]]:
    """The path of each page, with up to `count` addresses behind the language. Raises KeyError for a page whose ids are not known here."""
    for page in pages:
        if "{" not in page.path:
            yield page.path, [page.path]
        elif page.path == "/format/{code}":
            yield page.path, [f"/format/{row.id}" for row in islice(load_world().formats, count)]
        else:
            yield page.path, [page.path.format(**row) for row in ledger.query(ASKED[page.path], [count]).to_pylist()]
