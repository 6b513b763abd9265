"""`rawabit serve`: the observatory, the ledger in the browser."""
from __future__ import annotations

import secrets
import webbrowser
from contextlib import suppress
from urllib.parse import quote

import click

from rawabit.cli.ledger_option import with_ledger
from rawabit.ledger import Ledger
from rawabit.web import Settings, make_app

EPILOG = "Exit status: 0 stopped with Ctrl-C, 1 no ledger, 2 wrong usage."
PORT = 8765


@click.command(epilog=EPILOG)
@with_ledger
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen. Beyond this machine a token is asked for.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes a free one.")
@click.option("--token", envvar="RAWABIT_TOKEN", help="What readers must give.  [default: made anew beyond this machine, else none]")
@click.option("--read-only", is_flag=True, help="No page writes to the ledger.")
@click.option("--open/--no-open", "opened", default=False, help="Open the browser.")
def serve(ledger: str, host: str, port: int, token: str | None, read_only: bool, opened: bool) -> None:
    """Serve the ledger as pages for the browser, in Arabic and English."""
    Ledger(ledger)
    run_server(Settings(ledger=ledger, host=host, port=port, token=token, read_only=read_only), opened)


def run_server(settings: Settings, opened: bool, path: str = "") -> None:
    """Serves until it is stopped. Says where on standard error; `path` of the page that the browser opens."""
    import socket

    import uvicorn

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named by its protocol, a socket sends at once (asyncio sets TCP_NODELAY for these alone): else each page takes 40 ms longer.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
            listening.listen()  # so that a browser which is quicker than the server waits for it
        except OSError as error:
            told = f"cannot listen on {settings.host} port {settings.port}: {error.strerror}. Choose another with --port."
            raise click.UsageError(told) from error
        settings = find_settings(settings, listening.getsockname()[1])
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        address = f"http://{host}:{settings.port}/{path}" + (f"?token={quote(settings.token)}" if settings.token else "")
        click.echo(f"Rawabit is at {address}  (Ctrl-C stops it)", err=True)
        if opened:
            webbrowser.open(address)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(uvicorn.Config(make_app(settings), log_level="warning", server_header=False)).run(sockets=[listening])


def find_settings(settings: Settings, port: int) -> Settings:
    """The settings with the port that was got, and a token where others than this machine can listen."""
    import msgspec

    token = settings.token or (None if settings.is_local else secrets.token_urlsafe(16))
    return msgspec.structs.replace(settings, port=port, token=token)
