"""A real web server around an application, inside the test's own process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress
from flask import Flask

PATIENCE_SECONDS = 30.0


@contextmanager
def served(app: Flask, *, threads: int = 2) -> Iterator[str]:
    """Serve *app* on loopback while the block runs; yields its address.

    At the end nothing is waited for but requests under way: one that still reads the database, such as that
    of a picture which no browser waits for any more, would hold its old file under the next test.
    """
    watched: dict[int, object] = {}
    server = waitress.create_server(app, map=watched, host="127.0.0.1", port=0, threads=threads)
    thread = threading.Thread(target=server.run, name="web", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(watched.clear)  # the server runs while there is something to watch
        thread.join()
        for connection in [*server.active_channels.values()]:
            connection.handle_close()
        server.task_dispatcher.shutdown(timeout=PATIENCE_SECONDS)
        assert not server.task_dispatcher.threads, "a request does not come to its end"
        # Last: whoever answers a request wakes the server through what is closed here.
        server.close()
