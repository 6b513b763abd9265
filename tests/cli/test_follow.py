"""`rawabit follow`, run as a user runs it."""
from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from tests.source.makers import TEXT, TITLE
from tests.source.server import LocalServer, open_server

from rawabit.cli import main
from rawabit.ledger import Ledger

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><link>http://x.example</link>
<item><title>{title}</title><description>{text}</description><pubDate>Wed, 08 Oct 2025 10:00:00 GMT</pubDate></item></channel></rss>"""


def follow(server: LocalServer, ledger: Path, *words: str) -> tuple[int, str]:
    arguments = ["follow", server.url("/feed"), "--ledger", str(ledger), "--once", "--allow-private", *words]
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def test_what_is_new_is_added_once(tmp_path: Path) -> None:
    with open_server() as server:
        server.routes["/feed"] = FEED.format(title=TITLE, text=TEXT)
        assert follow(server, tmp_path / "ledger")[0] == 0
        assert follow(server, tmp_path / "ledger")[0] == 0
    (row,) = Ledger(str(tmp_path / "ledger")).documents().to_pylist()
    assert (row["title"], row["text"], str(row["published"])) == (TITLE, TEXT, "2025-10-08")


def test_a_day_of_publication_is_no_option_of_following(tmp_path: Path) -> None:
    with open_server() as server:
        code, output = follow(server, tmp_path / "ledger", "--published", "2025-10-09")
    assert code == 2 and "--published" in output and not (tmp_path / "ledger").exists()
