"""The application factory: the one place that knows every package."""

from pathlib import Path

from apiflask import APIFlask
from flask_migrate import Migrate
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

import accounts.wiring
import app.assets
import app.charts
import app.errors
import app.language
import app.layout
import app.openapi
import app.preferences
import app.queue
import app.security
import app.status
import app.style
import core.access
import core.audit.models
import core.database
import core.files
import core.jobs.models
import homework.wiring
import learning.wiring
import library.wiring
import recommender.wiring
import spaces.wiring
from app.extensions import extensions
from app.settings import Settings

ROOT = Path(__file__).parent.parent
PARTS = (
    app.security,
    app.language,
    app.errors,
    app.queue,
    app.status,
    app.assets,
    app.layout,
    app.charts,
    app.preferences,
    app.style,
)
PACKAGES = (accounts, library, learning, homework, recommender, spaces)
"""Lower floors first: an upper one may subscribe to what a lower one publishes."""


def create_app(settings: Settings | None = None) -> APIFlask:
    """Build the application. Nothing connects or computes before this is called."""
    settings = settings or Settings.from_environment()
    made = APIFlask(
        "app",
        title="Weike",
        version="1",
        static_folder=None,  # type: ignore[arg-type] # Flask takes None: our own route serves assets
        docs_path=None,
        spec_path=None,
        json_errors=False,
    )
    made.config.from_mapping(settings.flask_config())
    made.jinja_env.undefined = StrictUndefined
    made.jinja_env.trim_blocks = made.jinja_env.lstrip_blocks = True
    made.jinja_loader = ChoiceLoader(
        [FileSystemLoader(ROOT / name / "templates") for name in ("app", *(one.__name__ for one in PACKAGES))]
    )
    core.database.init_app(made)
    core.files.init_app(made)
    core.access.init_app(made)
    Migrate(made, core.database.db, directory=str(ROOT / "migrations"))
    for part in PARTS:
        part.init_app(made)
    for package in PACKAGES:
        package.wiring.init_app(made)
    for extension in extensions():
        extension.load().init_app(made)
    app.security.check_requests(made)
    app.openapi.init_app(made)
    return made
