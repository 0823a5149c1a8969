"""Set-up: what a clone needs before a command of its own can run. Each step is skipped while it is fresh."""

import argparse
import sys

from scripts import assets, bytecode, environment
from scripts.paths import BUILD, PYTHON, ROOT, VENV
from scripts.stamps import Stamp
from scripts.stops import guarded, require_room
from scripts.tools import run

FIRST_SETUP_MEGABYTES = 2_000
"""Environment 900, front-end packages 250, and what building them needs for a moment."""


def ensure(*, dev: bool = False) -> None:
    """Make environment, front-end files and message catalogues ready; with *dev*, the test tools too.

    Raises:
        Stop: something is missing that set-up cannot provide; the message says what.
    """
    if not VENV.exists():
        require_room(ROOT, FIRST_SETUP_MEGABYTES)
    bytecode.keep()
    environment.ensure(dev=dev)
    assets.ensure()
    compile_messages()


def compile_messages() -> None:
    """Compile the translations of every package."""
    catalogues = sorted(ROOT.glob("*/translations/*/LC_MESSAGES/messages.po"))
    compiled = [path.with_suffix(".mo") for path in catalogues]
    stamp = Stamp(BUILD / "stamps" / "messages", catalogues)
    if stamp.is_fresh() and all(path.is_file() for path in compiled):
        return
    stamp.spoil()
    if catalogues:
        run("Translations", [PYTHON, "-m", "scripts.messages", "compile"], expected_seconds=2)
    stamp.renew()


def main() -> int:
    """Run set-up alone."""
    parser = argparse.ArgumentParser(prog="scripts.bootstrap", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also the linters, type checker and test packages")
    ensure(dev=parser.parse_args().dev)
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
