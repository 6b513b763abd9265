"""Forms of the observatory, as one who fills them in has them."""
from __future__ import annotations

import re

from starlette.testclient import TestClient


def sign(client: TestClient, path: str = "/en/add") -> str:
    """The signature that the forms of a visitor carry."""
    found = re.search(r'name="csrf" value="(\w+)"', client.get(path).text)
    assert found
    return found[1]
