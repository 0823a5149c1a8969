"""Where set-up puts things; all of it ignored by git."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = ROOT / "build"
LOGS = BUILD / "logs"
STATIC = BUILD / "static"
FRONTEND = ROOT / "frontend"


def data_dir() -> Path:
    """The folder of the database, the uploads and the search index: DATA_DIR, or ./instance."""
    return (ROOT / os.environ.get("DATA_DIR", "instance")).resolve()
