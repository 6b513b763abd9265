"""Names of people in the letters of a language, as reports of the ledger write them: the commonest full form of each."""
from __future__ import annotations

from datetime import date

from rawabit.ledger import Ledger


def find_people(ledger: Ledger, language: str, as_of: date | None) -> dict[str, str]:
    """By usual English spelling; of reports in the language."""
    sql = ("SELECT p.english, p.name, count(*) AS times FROM people p JOIN documents d USING (document_id) "
           "WHERE d.language = ? AND contains(p.name, ' ') GROUP BY p.english, p.name ORDER BY p.english, times, length(p.name), p.name")
    return {row["english"]: row["name"] for row in ledger.query(sql, (language,), as_of).to_pylist()}
