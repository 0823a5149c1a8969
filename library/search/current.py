"""The engine of the running application."""

from pathlib import Path

from flask import Flask, current_app

from library.search.engine import Engine
from library.search.whoosh_engine import WhooshEngine

_EXTENSION = "weike.search"


def engine() -> Engine:
    """The one engine of this process."""
    found: Engine = current_app.extensions[_EXTENSION]
    return found


def init_app(app: Flask) -> None:
    """Keep the index in the data directory."""
    app.extensions[_EXTENSION] = WhooshEngine(Path(app.config["DATA_DIR"]) / "search")
