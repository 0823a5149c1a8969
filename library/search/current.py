"""The engine of the running application."""

from pathlib import Path

from flask import Flask, current_app

from core.database import db
from library.search.engine import Engine
from library.search.postgres_engine import PostgresEngine
from library.search.whoosh_engine import WhooshEngine

_EXTENSION = "weike.search"


def engine() -> Engine:
    """The one engine of this process."""
    found: Engine = current_app.extensions[_EXTENSION]
    return found


def init_app(app: Flask) -> None:
    """Keep the index where the setting says: in the data directory, or in the database."""
    app.extensions[_EXTENSION] = (
        PostgresEngine(lambda: db.engine)
        if app.config["SEARCH_ENGINE"] == "postgresql"
        else WhooshEngine(Path(app.config["DATA_DIR"]) / "search")
    )
