"""Programs the tests need that are not Python packages: found on the machine, or installed from Debian."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from scripts.stops import Stop
from scripts.tools import run

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SECONDS_PER_PACKAGE = 20


def require(packages: Sequence[str], *, why: str) -> None:
    """Install Debian *packages*, as root or through sudo where that asks no password.

    Raises:
        Stop: this machine has no apt-get, or no right to use it.
    """
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        message = f"{why} needs {names}, and this machine has no apt-get: install them by its own means."
        raise Stop(message)
    if os.geteuid() == 0:
        before = []
    elif (
        shutil.which("sudo")
        and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        before = ["sudo", "-n"]
    else:
        message = f"{why} needs {names}: run sudo apt-get install {names} once, and start again."
        raise Stop(message)
    # RUNLEVEL=1 keeps Debian from starting servers of its own: the tests start theirs, and stop them.
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-y", "-q"]
    run("Debian package lists", [*before, *quiet, "update"], expected_seconds=15)
    run(
        "Debian packages",
        [*before, *quiet, "-o", "APT::Status-Fd=1", "--no-install-recommends", "install", *packages],
        expected_seconds=SECONDS_PER_PACKAGE * len(packages),
        measure=apt_share,
    )


def apt_share(line: str) -> float | None:
    """The share done in one status line of apt: fetching is the first half, unpacking the second."""
    if found := re.match(r"(dlstatus|pmstatus):[^:]*:([\d.]+):", line):
        half = float(found[2]) / 200
        return half if found[1] == "dlstatus" else 0.5 + half
    return None


def chromium() -> Path | None:
    """The Chromium of this machine."""
    return next((Path(path) for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Whether pages can show Chinese here; without a font every character is an empty box."""
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def postgres_programs() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest where there are several."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


def redis_program() -> Path | None:
    """The Redis server of this machine."""
    return next(
        (Path(path) for name in ("redis-server", "valkey-server") if (path := shutil.which(name))), None
    )
