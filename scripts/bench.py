"""`make bench NAME=search`: run one benchmark of `benchmarks/`; without a name, list them."""

import ast
import os
import sys
from pathlib import Path

from scripts import bootstrap, environment
from scripts.paths import PYTHON, ROOT
from scripts.stops import Stop, guarded

HARNESS = "harness"


def known() -> dict[str, str]:
    """The benchmarks: name, and the first line of what it says about itself."""
    found = {}
    programs = [*(ROOT / "benchmarks").glob("*.py"), *(ROOT / "benchmarks").glob("*/__main__.py")]
    for path in sorted(programs, key=_name):
        if _name(path) not in {HARNESS, "__init__"}:
            said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            found[_name(path).removesuffix("_")] = said.partition("\n")[0]
    return found


def _name(path: Path) -> str:
    """A benchmark is a module, or a package with a program."""
    return path.parent.name if path.stem == "__main__" else path.stem


def main() -> int:
    """Become the named benchmark, or say which there are."""
    benchmarks = known()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in benchmarks:
        listed = "\n".join(f"  make bench NAME={each:<10} {said}" for each, said in benchmarks.items())
        message = f"Name one of the benchmarks:\n{listed}"
        raise Stop(message)
    bootstrap.ensure()
    environment.install_benchmarks()
    os.chdir(ROOT)
    module = "import_" if name == "import" else name
    program = [str(PYTHON), "-m", f"benchmarks.{module}", *sys.argv[2:]]
    os.execv(program[0], program)  # noqa: S606 - becomes the benchmark: signals reach it itself


if __name__ == "__main__":
    sys.exit(guarded(main))
