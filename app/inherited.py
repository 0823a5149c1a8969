"""What a child process inherits from the supervisor: a lifeline, and the web process the open socket."""

import os
import signal
import socket
import threading

LIFELINE = "WEIKE_LIFELINE"
"""Names the file descriptor of a pipe that ends with the supervisor; unset where there is none."""
SOCKET = "WEIKE_SOCKET"
"""Names the file descriptor of the listening socket."""


def follow_supervisor() -> None:
    """End this process, and what it started, once the supervisor is gone. Does nothing without one."""
    text = os.environ.pop(LIFELINE, "")
    if text:
        threading.Thread(target=_end_with, args=[int(text)], name="lifeline", daemon=True).start()


def _end_with(descriptor: int) -> None:
    # Nothing is ever written: the read returns when the last holder of the other end is gone.
    os.read(descriptor, 1)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def listening_socket() -> socket.socket:
    """The socket that the supervisor opened, so that a new web process takes over its waiting connections."""
    return socket.socket(fileno=int(os.environ[SOCKET]))
