"""The web process of ``weike serve``: waitress on the socket that the supervisor opened."""

import logging
import signal
import sys
from types import FrameType

import waitress

from app.factory import create_app
from app.inherited import follow_supervisor, listening_socket
from app.settings import WEB_THREADS

CONNECTIONS = 1_000
"""Phones of a whole school at the end of a lesson; each waits for a thread, none is refused."""
RECEIVED_BYTES = 1 << 17
"""So much is read from a connection at once: a photograph in two steps rather than in twenty-five."""
SWITCH_SECONDS = 0.0005
"""Who waits for a turn in Python gets one so soon. One thread reads all connections and waits for a turn
after each piece: with Python's own five milliseconds it reads forty photographs a second at most."""


def main() -> None:
    """Serve until told to stop; requests under way are answered first."""
    follow_supervisor()
    sys.setswitchinterval(SWITCH_SECONDS)
    signal.signal(signal.SIGTERM, _leave)
    app = create_app()
    # That requests wait for a thread is what the queue is for; it is no news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.create_server(
        app,
        sockets=[listening_socket()],
        threads=WEB_THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,  # select() ends at file descriptor 1023
        recv_bytes=RECEIVED_BYTES,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
        ident=None,
        clear_untrusted_proxy_headers=not app.config["TRUSTED_PROXIES"],
    )
    server.run()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit()


if __name__ == "__main__":
    main()
