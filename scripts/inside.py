"""Run a program of the environment, setting up first what is missing: `inside weike db upgrade`."""

import os
import sys

from scripts import bootstrap
from scripts.paths import ROOT, VENV, data_dir
from scripts.stops import Stop, guarded


def main() -> int:
    """Set up, and become the named program."""
    arguments = sys.argv[1:]
    dev = arguments[:1] == ["--dev"]
    if dev:
        del arguments[0]
    if not arguments:
        message = "Name the program to run, for example: weike --help."
        raise Stop(message)
    bootstrap.ensure(dev=dev)
    os.environ["DATA_DIR"] = str(data_dir())
    os.chdir(ROOT)
    program = VENV / "bin" / arguments[0]
    if not program.exists():
        message = f"There is no program {arguments[0]!r} in the environment."
        raise Stop(message)
    os.execv(program, [str(program), *arguments[1:]])  # noqa: S606 - becomes the program: signals reach it itself


if __name__ == "__main__":
    sys.exit(guarded(main))
