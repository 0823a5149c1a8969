"""`make clean`: remove everything set-up and the tools made. The data in DATA_DIR stays."""

import shutil
import sys

from scripts.paths import BUILD, FRONTEND, ROOT, VENV
from scripts.stops import guarded

MADE = (
    VENV,
    BUILD,
    FRONTEND / "node_modules",
    ROOT / ".mypy_cache",
    ROOT / ".ruff_cache",
    ROOT / ".pytest_cache",
    ROOT / ".hypothesis",
    ROOT / ".import_linter_cache",
    ROOT / "weike.egg-info",
)
FLOORS = ("app", "spaces", "recommender", "homework", "learning", "library", "accounts", "core")
COMPILED_IN = (*FLOORS, "demo", "scripts", "tests", "benchmarks", "migrations")


def main() -> int:
    """Remove what was made and say so."""
    for folder in MADE:
        shutil.rmtree(folder, ignore_errors=True)
    for name in COMPILED_IN:
        for folder in (ROOT / name).rglob("__pycache__"):
            shutil.rmtree(folder, ignore_errors=True)
        for compiled in (ROOT / name).rglob("*.mo"):
            compiled.unlink()
    print("Clean. The data folder was left as it is; the next make run sets up again.")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
