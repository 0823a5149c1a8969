"""`make test`: set up, start real services, and run every test in one go that ends with pytest's summary."""

import contextlib
import os
import signal
import subprocess
import sys
from types import FrameType

from scripts import bootstrap, services
from scripts.paths import PYTHON, ROOT
from scripts.stops import Stop, guarded

MOST_WORKERS = 4


def main() -> int:
    """Run pytest with the given arguments, beside the services unless WEIKE_TEST_SERVICES=skip."""
    signal.signal(signal.SIGTERM, interrupted)
    choice = os.environ.get("WEIKE_TEST_SERVICES", "run")
    if choice not in {"run", "skip"}:
        message = f"WEIKE_TEST_SERVICES is run or skip, not {choice!r}."
        raise Stop(message)
    bootstrap.ensure(dev=True)
    if choice == "skip":
        print("Without services: nothing runs on PostgreSQL, on Redis or in a browser.")
        return pytest({}, "--ignore=tests/browser")
    services.install_missing()
    with services.running() as found:
        return pytest(found.environment())


def pytest(settings: dict[str, str], *options: str) -> int:
    """Run pytest and return its exit status."""
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    command = [
        str(PYTHON),
        "-m",
        "pytest",
        f"--numprocesses={workers}",
        "--dist=worksteal",
        *options,
        *sys.argv[1:],
    ]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings})
    try:
        return process.wait()
    except KeyboardInterrupt:
        # A terminal's Ctrl-C has reached pytest too; a bare TERM has not. Either way it tidies up by itself.
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        process.wait()
        raise


def interrupted(_signal: int, _frame: FrameType | None) -> None:
    """Treat TERM as Ctrl-C, so that the services are stopped."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(guarded(main))
