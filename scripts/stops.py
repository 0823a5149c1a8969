"""The reasons set-up can end early, each as one sentence for the person at the keyboard."""

import errno
import re
import shutil
import socket
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

MEGABYTE = 1_000_000

# What pip, uv, npm and apt-get print for the same few causes.
NETWORK_SIGNS = (
    "temporary failure in name resolution",
    "name or service not known",
    "could not resolve",
    "temporary failure resolving",
    "network is unreachable",
    "no route to host",
    "newconnectionerror",
    "connection refused",
    "connection timed out",
    "read timed out",
    "dns error",
    "error sending request",
    "client error (connect)",
    "enotfound",
    "eai_again",
    "econnrefused",
    "etimedout",
)
DISK_SIGNS = ("no space left on device", "enospc", "disk quota exceeded")
RIGHTS_SIGNS = ("permission denied", "eacces", "read-only file system", "erofs")
# What pip and uv say where the package index has nothing for this Python or this kind of machine.
UNFIT_SIGNS = re.compile(
    r"no matching distribution found for ([\w.-]+)"
    r"|because there is no version of ([\w.-]+)"
    r"|because ([\w.-]+?)(?:==\S+)? has no (?:usable )?wheels"
    r"|satisfy python\S+ and ([\w.-]+?)(?:==\S+)? depends on python"
)
HASH_SIGNS = ("do not match the hashes", "hash mismatch", "eintegrity")


class Stop(Exception):
    """Set-up ends here; the message is the one sentence that is shown."""


def full_disk(place: Path) -> Stop:
    """The sentence for a disk without room at *place*."""
    free = shutil.disk_usage(existing(place)).free // MEGABYTE
    return Stop(f"The disk is full: {free} MB are left at {place}; free some room and start again.")


def no_permission(place: object) -> Stop:
    """The sentence for a place that may not be written."""
    return Stop(f"No permission to write {place}: change its owner, or run this as the user who owns it.")


def no_network(what: str) -> Stop:
    """The sentence for a download that could not reach its source."""
    return Stop(f"No network: {what} could not be downloaded; check the connection and start again.")


def unfit(package: str) -> Stop:
    """The sentence for a package of which there is nothing to install here."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    here = f"Python {version} on {sysconfig.get_platform()}"
    return Stop(
        f"The package index offers no {package} for {here}; start again with another Python "
        "(PYTHON=python3.12 make run), or with an index that has it."
    )


def cause_of(output: str, *, what: str, place: Path) -> Stop | None:
    """Recognise in a tool's *output* why it failed, or return None when the cause is another."""
    text = output.lower()
    if any(sign in text for sign in DISK_SIGNS):
        return full_disk(place)
    if any(sign in text for sign in HASH_SIGNS):
        return Stop(f"A download of {what} does not match its locked hash, so nothing was installed from it.")
    if any(sign in text for sign in NETWORK_SIGNS):
        return no_network(what)
    if unfit_here := UNFIT_SIGNS.search(text):
        return unfit(next(filter(None, unfit_here.groups()), what))
    if any(sign in text for sign in RIGHTS_SIGNS):
        return no_permission(place)
    return None


def existing(place: Path) -> Path:
    """*place*, or its nearest parent that exists already."""
    while not place.exists():
        place = place.parent
    return place


def require_room(place: Path, megabytes: int) -> None:
    """See to it, before anything long starts, that *place* has *megabytes* free.

    Raises:
        Stop: it has less.
    """
    free = shutil.disk_usage(existing(place)).free // MEGABYTE
    if free < megabytes:
        message = f"The disk is too full: {place} needs {megabytes} MB and has {free} MB; free some room."
        raise Stop(message)


def require_port(host: str, port: int) -> None:
    """See to it, before anything long starts, that the web server can have its address.

    Raises:
        Stop: *port* is taken, may not be used, or *host* is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server does it, so that connections still closing from the last run are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(port_sentence(host, port, error)) from error


def port_sentence(host: str, port: int, error: OSError) -> str:
    """Why *host*:*port* cannot be had."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: choose another, as in PORT={port + 1} make run."
    if error.errno == errno.EACCES:
        return f"Port {port} is for the administrator only: choose one above 1023, as in PORT=8000 make run."
    return f"This machine cannot listen on {host}:{port} ({error.strerror}): check HOST and PORT."


def port_from(text: str) -> int:
    """Read a port number.

    Raises:
        Stop: *text* is not one.
    """
    if not text.isdecimal() or not 0 < int(text) < 65536:  # noqa: PLR2004 - the range of TCP ports
        message = f"PORT must be a number from 1 to 65535, not {text!r}."
        raise Stop(message)
    return int(text)


def guarded(program: Callable[[], int]) -> int:
    """Run *program* and turn every foreseeable failure into one sentence on the error stream.

    Returns:
        The exit status: the program's own, 1 for a Stop, 130 when the person pressed Ctrl-C.
    """
    try:
        return program()
    except Stop as stop:
        sentence: object = stop
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            sentence = full_disk(Path(error.filename or Path.cwd()))
        elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            sentence = no_permission(error.filename or Path.cwd())
        else:
            raise
    print(f"\n{sentence}" if sys.stderr.isatty() else sentence, file=sys.stderr)
    return 1
