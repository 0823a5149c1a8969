"""`make check`: every quality gate but the tests, each named with its time; all run, however many fail."""

import subprocess
import sys
import time
from collections.abc import Sequence

from scripts import bootstrap
from scripts.clean import FLOORS
from scripts.paths import LOGS, ROOT, VENV
from scripts.progress import duration
from scripts.stops import Stop, guarded

BESIDE = ("demo", "scripts", "benchmarks")
"""Packages beside the floors that are typed as strictly."""

Gate = tuple[str, Sequence[str]]


def gates() -> dict[str, list[Gate]]:
    """The gates by kind."""
    typed = [name for name in (*FLOORS, *BESIDE) if any((ROOT / name).glob("*.py"))]
    floors = [name for name in (*FLOORS, "demo") if (ROOT / name).is_dir()]
    templates = [name for name in floors if (ROOT / name / "templates").is_dir()]
    return {
        "lint": [
            ("ruff check", ["ruff", "check", "."]),
            ("ruff format", ["ruff", "format", "--check", "."]),
            ("import-linter", ["lint-imports"]),
            ("djlint", ["djlint", "--lint", "--quiet", *templates]),
        ],
        "types": [("mypy", ["mypy", *(argument for name in typed for argument in ("-p", name))])],
        "rest": [
            ("translations", ["python", "-m", "scripts.messages", "check"]),
            ("lock files", ["python", "-m", "scripts.locks", "check"]),
        ],
    }


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run one gate with the environment's own program; all it says is in ``stdout``."""
    return subprocess.run(
        [str(VENV / "bin" / command[0]), *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def passes(name: str, command: Sequence[str]) -> bool:
    """Run one gate; its output is shown when it fails, else only its time."""
    started = time.monotonic()
    done = run(command)
    word = "failed" if done.returncode else "ok"
    print(f"{name:<16} {word:<7} {duration(time.monotonic() - started)}", flush=True)
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return not done.returncode


def main() -> int:
    """Run the kinds of gate that are named, or all."""
    known = gates()
    wanted = sys.argv[1:] or list(known)
    if unknown := [kind for kind in wanted if kind not in known]:
        message = f"There is no kind of gate {unknown[0]!r}; there are {', '.join(known)}."
        raise Stop(message)
    bootstrap.ensure(dev=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    results = [passes(name, command) for kind in wanted for name, command in known[kind]]
    failed = results.count(False)
    print(f"{failed} of {len(results)} gates failed." if failed else "Every gate passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(guarded(main))
