"""Whether the application lives, and whether it can work."""

import shutil

from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from core.access import allow, everyone
from core.database import db

LEAST_FREE_BYTES = 200 << 20
bp = Blueprint("status", __name__)


@bp.get("/healthz")
@allow(everyone)
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return {"status": "ok"}


@bp.get("/readyz")
@allow(everyone)
def readyz() -> ResponseReturnValue:
    """Say whether hand-ins would be taken: database readable, room on the disk."""
    checks = {"database": _database_answers(), "disk": _disk_has_room()}
    ready = all(checks.values())
    return {"status": "ok" if ready else "degraded", "checks": checks}, 200 if ready else 503


def _database_answers() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _disk_has_room() -> bool:
    return shutil.disk_usage(current_app.config["DATA_DIR"]).free >= LEAST_FREE_BYTES


def init_app(app: Flask) -> None:
    """Answer at ``/healthz`` and ``/readyz``."""
    app.register_blueprint(bp)
