"""Every page and form asked with made-up values, by its own description: no fault, and answers as described."""
from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import integers
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient
from tests.web.forms import sign

from rawabit.ledger import Ledger
from rawabit.source import WebClient
from rawabit.web import Settings, make_app
from rawabit.web.app import PAGES
from rawabit.web.asked import Asked, Digits, Language
from rawabit.web.examples import find_paths

EXAMPLES = 50
"""Made-up requests of each page and form: some 60 s for all on two cores. 400, described for each, is what the ledger may answer to a
question that its description allows (days in the wrong order, an id of another kind), so that check is left out."""
FORBIDDEN = re.compile(r"<script>|onerror=|Traceback")


def refuse(host: str, port: int) -> list[str]:
    """No name is known: nothing is fetched."""
    raise OSError(host)


@pytest.fixture(scope="module")
def app(demo_place: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The observatory over a copy of the dispatches, without a limit of rate."""
    place = str(shutil.copytree(demo_place, tmp_path_factory.mktemp("fuzz") / "ledger"))
    made = make_app(Settings(place, most_requests=1_000_000))
    made.state.desk.open_client = lambda: WebClient(resolve=refuse)
    return made


@pytest.fixture(scope="module")
def visitor(app: Any) -> Iterator[TestClient]:
    """Who has opened a form here: her forms are signed."""
    with TestClient(app, follow_redirects=False) as made:
        made.headers["x-csrf"] = sign(made)
        yield made


@pytest.fixture(scope="module")
def described(app: Any) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.fixture(scope="module")
def ids(demo_ledger: Ledger) -> dict[str, list[dict[str, str]]]:
    """What may fill the gaps of a path, so that half of the questions are about something."""
    filled = {}
    for path, addresses in find_paths(demo_ledger, PAGES, 4):
        pattern = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))
        filled[path] = [found.groupdict() for one in addresses if (found := pattern.fullmatch(one))]
    return filled


OPERATIONS = [(method, path) for path, item in make_app(Settings("nowhere")).openapi()["paths"].items() for method in item]


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda value: value)
def test_every_operation(method: str, path: str, described: Any, visitor: TestClient, ids: dict[str, list[dict[str, str]]]) -> None:
    own = ids.get(re.sub(r"^/\{language\}|\.json$", "", path), [])

    @given(case=described[path][method.upper()].as_strategy(), chosen=integers(0, 7))
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate], database=None,
              suppress_health_check=list(HealthCheck))
    def ask(case: Any, chosen: int) -> None:
        if chosen < len(own):
            case.path_parameters = {**case.path_parameters, **own[chosen]}
        if method == "post" and isinstance(case.body, dict) and chosen % 4:
            case.body["csrf"] = visitor.headers["x-csrf"]
        case.cookies = dict(visitor.cookies)
        answer = case.call(headers={"host": "localhost"}, timeout=60)
        assert answer.status_code < 500
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])
        assert "html" not in answer.headers.get("content-type", [""])[0] or not FORBIDDEN.search(answer.text)

    ask()


def test_hostile_values_come_back_as_text(visitor: TestClient, tmp_path: Path) -> None:
    hostile = "\"'><script>alert(1)</script>\u202e{{7*7}}"
    for path in ("/en/review", "/en/search", "/ar/formats", "/en/pair/RUS/AZE", "/en/add"):
        answer = visitor.get(path, params={"contains": hostile, "actor": hostile, "x": hostile, "kind": hostile, "as_of": hostile})
        assert answer.status_code in (200, 404, 422) and "<script>alert" not in answer.text and "'>49" not in answer.text


def test_days_to_come_are_as_today(demo_ledger: Ledger) -> None:
    asked = {year: Asked(Language.EN, date(year, 12, 31), Digits.LATN, "/today").find_day(demo_ledger) for year in (2020, 4477)}
    assert asked[2020] == date(2020, 12, 31) and asked[4477] <= datetime.now(UTC).date() + timedelta(days=1)
