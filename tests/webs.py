"""A real web server around an application, inside the test's own process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress
from flask import Flask


@contextmanager
def served(app: Flask, *, threads: int = 2) -> Iterator[str]:
    """Serve *app* on loopback while the block runs; yields its address."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=threads)
    is_closing = threading.Event()

    def run() -> None:
        try:
            server.run()
        except OSError:
            # It may be waiting for a socket at the moment when that is closed.
            if not is_closing.is_set():
                raise

    thread = threading.Thread(target=run, name="web", daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    is_closing.set()
    server.close()
    thread.join(timeout=5)
